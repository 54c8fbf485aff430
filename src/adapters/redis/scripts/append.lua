#!lua
-- Appends drafts in order, each at most once. Appends nothing unless epoch and run are the current ones.
-- KEYS: state, entries
-- ARGV: epoch, run, backlog limit, prefix of id keys, then id and content of each draft
-- Returns { 'moved' }, or { 'ok', sentAt, then for each draft: its offset, 0 if it was appended before, -1 if the backlog is full }
-- include text
-- include now
local stateKey, entriesKey = KEYS[1], KEYS[2]
local expectedEpoch, expectedRun, maxBacklog, idPrefix = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local FIRST_DRAFT = 5

local epoch, run, offset, committed, sentAt, start, stored = unpack(
  redis.call('HMGET', stateKey, 'epoch', 'run', 'offset', 'committed', 'sentAt', 'start', 'stored'))
if epoch ~= expectedEpoch or run ~= expectedRun then return { 'moved' } end
offset, committed, start, stored = tonumber(offset), tonumber(committed), tonumber(start), tonumber(stored)

local now = math.max(serverTime(), tonumber(sentAt))
local before = offset
local reply = { 'ok', now }
for i = FIRST_DRAFT, #ARGV, 2 do
  local id, content = ARGV[i], ARGV[i + 1]
  local known = tonumber(redis.call('GET', idPrefix .. id) or '0')
  if known > start or (known > 0 and known <= stored) then
    reply[#reply + 1] = 0
  elseif offset >= committed + maxBacklog then
    reply[#reply + 1] = -1
  else
    offset = offset + 1
    redis.call('XADD', entriesKey, text(offset) .. '-0', 'i', id, 'e', epoch, 't', text(now), 'c', content)
    redis.call('SET', idPrefix .. id, text(offset))
    reply[#reply + 1] = offset
  end
end
if offset > before then redis.call('HSET', stateKey, 'offset', text(offset), 'sentAt', text(now)) end
return reply
