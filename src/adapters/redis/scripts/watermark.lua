#!lua flags=allow-oom
-- Moves the log's clock to now.
-- KEYS: state
-- ARGV: none
-- Returns the time below which no entry will be appended any more, in ms since 1970; nil without an epoch
-- include text
-- include now
local stateKey = KEYS[1]

local sentAt = redis.call('HGET', stateKey, 'sentAt')
if not sentAt then return false end
local now = math.max(serverTime(), tonumber(sentAt))
redis.call('HSET', stateKey, 'sentAt', text(now))
return now
