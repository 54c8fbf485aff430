-- Drops the oldest committed entries, at most one chunk of them, and sets when their ids expire.
-- KEYS: state, entries, changed
-- ARGV: number of entries to retain, time (ms since 1970) before which entries are dropped anyway, chunk, prefix of id keys, idempotency window in ms
-- Returns the number of entries dropped from the stream
-- include text
local stateKey, entriesKey, changedKey = KEYS[1], KEYS[2], KEYS[3]
local retain, olderThan, chunk, idPrefix, windowMs = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3], ARGV[4], tonumber(ARGV[5])

local offset, committed = unpack(redis.call('HMGET', stateKey, 'offset', 'committed'))
if not offset or committed == '0' then return 0 end
local notRetained = math.min(tonumber(committed), tonumber(offset) - retain)

local function expireId(id, sentAt) redis.call('PEXPIREAT', idPrefix .. id, text(sentAt + windowMs)) end
local function oldestUpTo(limit, count)
  if limit <= 0 then return {} end
  return redis.call('XRANGE', entriesKey, '-', text(limit) .. '-0', 'COUNT', count)
end

local oldest = oldestUpTo(notRetained, chunk)
if #oldest == 0 then
  local first = oldestUpTo(tonumber(committed), 1)[1]
  if first and tonumber(first[2][6]) < olderThan then oldest = oldestUpTo(tonumber(committed), chunk) end
end
local upTo, dropped = 0, 0
for _, entry in ipairs(oldest) do
  local entryOffset, id, sentAt = tonumber(string.match(entry[1], '^%d+')), entry[2][2], tonumber(entry[2][6])
  if entryOffset > notRetained and sentAt >= olderThan then break end
  expireId(id, sentAt)
  upTo, dropped = entryOffset, dropped + 1
end
if #oldest == 0 then upTo = notRetained end
if dropped > 0 then redis.call('XTRIM', entriesKey, 'MINID', text(upTo + 1) .. '-0') end
if redis.call('HLEN', changedKey) > 0 then
  for _, changedOffset in ipairs(redis.call('HKEYS', changedKey)) do
    if tonumber(changedOffset) <= upTo then
      local id, _, sentAt = unpack(cjson.decode(redis.call('HGET', changedKey, changedOffset)))
      expireId(id, sentAt)
      redis.call('HDEL', changedKey, changedOffset)
    end
  end
end
return dropped
