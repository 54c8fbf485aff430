#!lua flags=allow-oom
-- Drops the oldest committed entries, at most one chunk of them, and sets when their ids expire.
-- KEYS: state, entries, changed
-- ARGV: number of entries to retain, time (ms since 1970) before which entries are dropped anyway, chunk, prefix of id keys, idempotency window in ms
-- Returns the number of entries dropped
-- include text
-- include changed
local stateKey, entriesKey, changedKey = KEYS[1], KEYS[2], KEYS[3]
local retain, olderThan, chunk, idPrefix, windowMs =
  tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4], tonumber(ARGV[5])

local offset, committed, trimmed = unpack(redis.call('HMGET', stateKey, 'offset', 'committed', 'trimmed'))
if not offset or committed == '0' then return 0 end
offset, committed, trimmed = tonumber(offset), tonumber(committed), tonumber(trimmed)
if not trimmed then
  -- Older versions did not record it: found once.
  local oldest = redis.call('XRANGE', entriesKey, '-', '+', 'COUNT', 1)[1]
  trimmed = oldest and tonumber(string.match(oldest[1], '^%d+')) - 1 or offset
  for _, changedOffset in ipairs(redis.call('HKEYS', changedKey)) do trimmed = math.min(trimmed, tonumber(changedOffset) - 1) end
end
local notRetained = math.min(committed, offset - retain)
local last = math.min(committed, trimmed + chunk)

-- Entries of the stream by offset.
local function read(count)
  local found = {}
  if trimmed >= last then return found end
  for _, entry in ipairs(redis.call('XRANGE', entriesKey, text(trimmed + 1) .. '-0', text(last) .. '-0', 'COUNT', count)) do
    found[tonumber(string.match(entry[1], '^%d+'))] = { id = entry[2][2], sentAt = tonumber(entry[2][6]) or 0 }
  end
  return found
end
local function entryAt(found, entryOffset)
  return found[entryOffset] or decodeChanged(redis.call('HGET', changedKey, text(entryOffset)))
end
local function isDropped(entry, entryOffset)
  return entryOffset <= notRetained or (entry ~= nil and entry.sentAt < olderThan)
end

if trimmed >= last or not isDropped(entryAt(read(1), trimmed + 1), trimmed + 1) then return 0 end
local found, upTo = read(chunk), trimmed
for entryOffset = trimmed + 1, last do
  local entry = entryAt(found, entryOffset)
  if not isDropped(entry, entryOffset) then break end
  if entry and entry.id then redis.call('PEXPIREAT', idPrefix .. entry.id, text(entry.sentAt + windowMs)) end
  if not found[entryOffset] then redis.call('HDEL', changedKey, text(entryOffset)) end
  upTo = entryOffset
end
redis.call('XTRIM', entriesKey, 'MINID', text(upTo + 1) .. '-0')
redis.call('HSET', stateKey, 'trimmed', text(upTo))
return upTo - trimmed
