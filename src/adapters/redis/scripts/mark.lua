#!lua flags=allow-oom
-- Publishes the state of the log to a channel of the caller, behind everything that was appended before.
-- KEYS: state, entries
-- ARGV: channel, token
-- Returns 1; 0 without an epoch
-- include newest
local stateKey, entriesKey = KEYS[1], KEYS[2]
local channel, token = ARGV[1], ARGV[2]

local epoch, offset, start, run, published, unpublished = unpack(
  redis.call('HMGET', stateKey, 'epoch', 'offset', 'start', 'run', 'published', 'unpublished'))
if not epoch then return 0 end
if published ~= offset then unpublished = offset end
redis.call('PUBLISH', channel,
  table.concat({ token, epoch, offset, start, run, unpublished, newestId(entriesKey, offset) }, '\n'))
return 1
