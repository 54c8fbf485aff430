#!lua flags=no-writes
-- Reads a range of entries, changed ones included, and the state at the same moment.
-- KEYS: state, entries, changed
-- ARGV: run, offset before the range ('' for the newest entries before `before`), offset behind the range ('' for the oldest entries), number of entries
-- Returns nil without an epoch or in another run; else { epoch, start, offset of the head, entries of the stream, offset and entry of each changed one }
-- include text
local stateKey, entriesKey, changedKey = KEYS[1], KEYS[2], KEYS[3]
local expectedRun, after, before, count = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])

local epoch, start, offset, run, trimmed = unpack(
  redis.call('HMGET', stateKey, 'epoch', 'start', 'offset', 'run', 'trimmed'))
if not epoch or run ~= expectedRun then return false end

local first, last
if after then
  first, last = after + 1, math.min(after + count, tonumber(offset))
else
  last = math.min(before - 1, tonumber(offset))
  first = last - count + 1
end
first = math.max(first, tonumber(start) + 1, tonumber(trimmed or '0') + 1)

local entries, changed = {}, {}
if first <= last then
  entries = redis.call('XRANGE', entriesKey, text(first) .. '-0', text(last) .. '-0')
  -- Offsets are contiguous, so each one that the stream lacks is a changed entry.
  local i = 1
  for entryOffset = first, #entries < last - first + 1 and last or first - 1 do
    if entries[i] and tonumber(string.match(entries[i][1], '^%d+')) == entryOffset then
      i = i + 1
    else
      local entry = redis.call('HGET', changedKey, text(entryOffset))
      if entry then
        changed[#changed + 1] = text(entryOffset)
        changed[#changed + 1] = entry
      end
    end
  end
end
return { epoch, start, offset, entries, changed }
