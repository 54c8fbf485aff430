#!lua flags=allow-oom
-- Begins an epoch, unless another process has moved the log meanwhile. Entries that are not in the store are kept: they are
-- appended again, in their order, under new offsets.
-- KEYS: state, entries, changed, reports
-- ARGV: expected epoch, expected offset, new epoch, start, highest offset stored, doubt, run, prefix of id keys, idempotency window in ms, then the offsets of uncommitted entries that are in the store
-- Returns the number of entries kept, -1 if the log has moved
-- include text
-- include changed
local stateKey, entriesKey, changedKey, reportsKey = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local expectedEpoch, expectedOffset, newEpoch, start, stored, doubt, run, idPrefix, windowMs =
  ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7], ARGV[8], tonumber(ARGV[9])
local FIRST_STORED, PAGE = 10, 1000

local epoch, offset, committed, sentAt, fence = unpack(
  redis.call('HMGET', stateKey, 'epoch', 'offset', 'committed', 'sentAt', 'fence'))
if (epoch or '') ~= expectedEpoch or (offset or '0') ~= expectedOffset then return -1 end

local isStored = {}
for i = FIRST_STORED, #ARGV do isStored[ARGV[i]] = true end
local kept = {}
local function keepUnlessStored(entryOffset, entry)
  if tonumber(entryOffset) > tonumber(committed or '0') and not isStored[entryOffset] then
    entry.offset = tonumber(entryOffset)
    kept[#kept + 1] = entry
  elseif entry.id then
    redis.call('PEXPIREAT', idPrefix .. entry.id, text(entry.sentAt + windowMs))
  end
end

local from = '-'
repeat
  local page = redis.call('XRANGE', entriesKey, from, '+', 'COUNT', PAGE)
  for _, entry in ipairs(page) do
    from = '(' .. entry[1]
    local fields = entry[2]
    keepUnlessStored(string.match(entry[1], '^%d+'), { id = fields[2], sentAt = tonumber(fields[6]) or 0, content = fields[8] })
  end
until #page < PAGE
local changed = redis.call('HGETALL', changedKey)
for i = 1, #changed, 2 do keepUnlessStored(changed[i], decodeChanged(changed[i + 1])) end
table.sort(kept, function(a, b) return a.offset < b.offset end)

redis.call('DEL', entriesKey, changedKey, reportsKey)
local last = tonumber(start)
for _, entry in ipairs(kept) do
  if entry.id and entry.content then
    last = last + 1
    if entry.hidden then
      redis.call('HSET', changedKey, text(last), cjson.encode({ entry.id, newEpoch, entry.sentAt, entry.content, entry.hidden }))
    else
      redis.call('XADD', entriesKey, text(last) .. '-0', 'i', entry.id, 'e', newEpoch, 't', text(entry.sentAt), 'c', entry.content)
    end
    redis.call('SET', idPrefix .. entry.id, text(last))
  end
end
redis.call('HSET', stateKey, 'epoch', newEpoch, 'start', start, 'stored', stored, 'doubt', doubt, 'run', run, 'trimmed', start,
  'offset', text(last), 'committed', start, 'sentAt', sentAt or '0', 'fence', fence or '0')
return last - tonumber(start)
