#!lua
-- Appends drafts in order, each at most once. Appends nothing unless epoch and run are the current ones. Publishes what it appended to
-- the channels of the rooms (see log-messages.ts).
-- KEYS: state, entries
-- ARGV: epoch, run, backlog limit, prefix of id keys, prefix of channels, then id, room and content of each draft
-- Returns { 'moved' }, or { 'ok', sentAt, then for each draft: its offset, 0 if it was appended before, -1 if the backlog is full }
-- include text
-- include now
local stateKey, entriesKey = KEYS[1], KEYS[2]
local expectedEpoch, expectedRun, maxBacklog, idPrefix, channelPrefix = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4], ARGV[5]
local FIRST_DRAFT = 6

local epoch, run, offset, committed, sentAt, start, stored, published, unpublished = unpack(
  redis.call('HMGET', stateKey, 'epoch', 'run', 'offset', 'committed', 'sentAt', 'start', 'stored', 'published', 'unpublished'))
if epoch ~= expectedEpoch or run ~= expectedRun then return { 'moved' } end
offset, committed, start, stored = tonumber(offset), tonumber(committed), tonumber(start), tonumber(stored)

local now = math.max(serverTime(), tonumber(sentAt))
local before = offset
-- Older versions append without publishing, and do not move `published`.
local gap = published == text(before) and unpublished or text(before)
local head = { epoch, gap, text(now) }
local room, message
local isPublished = true
local function publish()
  if not room then return end
  -- An entry that cannot be published is appended all the same: readers find it as a gap.
  local receivers = redis.pcall('PUBLISH', channelPrefix .. room, table.concat(message, '\n'))
  if type(receivers) == 'table' then isPublished = false end
end
local reply = { 'ok', now }
for i = FIRST_DRAFT, #ARGV, 3 do
  local id, content = ARGV[i], ARGV[i + 2]
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
    if room ~= ARGV[i + 1] then
      publish()
      room, message = ARGV[i + 1], { unpack(head) }
    end
    message[#message + 1] = text(offset)
    message[#message + 1] = id
    message[#message + 1] = content
  end
end
if offset > before then
  publish()
  if not isPublished then gap = text(offset) end
  redis.call('HSET', stateKey, 'offset', text(offset), 'sentAt', text(now), 'published', text(offset))
  if gap ~= unpublished then redis.call('HSET', stateKey, 'unpublished', gap) end
end
return reply
