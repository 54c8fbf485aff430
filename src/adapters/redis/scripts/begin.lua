-- Begins an epoch, unless another process has moved the log meanwhile. Entries that are not in the store are kept: they are
-- appended again, in their order, under new offsets.
-- KEYS: state, entries, changed, reports
-- ARGV: expected epoch, expected offset, new epoch, start, highest offset stored, doubt, run, prefix of id keys, idempotency window in ms, then the offsets of uncommitted entries that are in the store
-- Returns the number of entries kept, -1 if the log has moved
-- include text
local stateKey, entriesKey, changedKey, reportsKey = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local expectedEpoch, expectedOffset, newEpoch, start, stored, doubt, run, idPrefix, windowMs =
  ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7], ARGV[8], tonumber(ARGV[9])
local FIRST_STORED, PAGE = 10, 1000

local epoch, offset, committed, sentAt, fence = unpack(
  redis.call('HMGET', stateKey, 'epoch', 'offset', 'committed', 'sentAt', 'fence'))
if (epoch or '') ~= expectedEpoch or (offset or '0') ~= expectedOffset then return -1 end

local isStored = {}
for i = FIRST_STORED, #ARGV do isStored[ARGV[i]] = true end
local kept, from = {}, '-'
repeat
  local page = redis.call('XRANGE', entriesKey, from, '+', 'COUNT', PAGE)
  for _, entry in ipairs(page) do
    local entryOffset, id, entrySentAt = string.match(entry[1], '^%d+'), entry[2][2], tonumber(entry[2][6])
    from = '(' .. entry[1]
    if tonumber(entryOffset) > tonumber(committed or '0') and not isStored[entryOffset] then kept[#kept + 1] = entry[2]
    else redis.call('PEXPIREAT', idPrefix .. id, text(entrySentAt + windowMs)) end
  end
until #page < PAGE

redis.call('DEL', entriesKey, changedKey, reportsKey)
local last = tonumber(start)
for _, fields in ipairs(kept) do
  local id, entrySentAt, content = fields[2], fields[6], fields[8]
  last = last + 1
  redis.call('XADD', entriesKey, text(last) .. '-0', 'i', id, 'e', newEpoch, 't', entrySentAt, 'c', content)
  redis.call('SET', idPrefix .. id, text(last))
end
redis.call('HSET', stateKey, 'epoch', newEpoch, 'start', start, 'stored', stored, 'doubt', doubt, 'run', run,
  'offset', text(last), 'committed', start, 'sentAt', sentAt or '0', 'fence', fence or '0')
return #kept
