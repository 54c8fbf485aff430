#!lua flags=allow-oom
-- Records that everything up to an offset is stored.
-- KEYS: state
-- ARGV: offset, fencing number of the writer's lease
-- Returns 1; 0 if a higher fencing number has been seen; nil without an epoch
-- include text
local stateKey = KEYS[1]
local upTo, writerFence = tonumber(ARGV[1]), ARGV[2]

local offset, committed, fence = unpack(redis.call('HMGET', stateKey, 'offset', 'committed', 'fence'))
if not offset then return false end
if tonumber(writerFence) < tonumber(fence) then return 0 end
local newCommitted = math.max(tonumber(committed), math.min(upTo, tonumber(offset)))
redis.call('HSET', stateKey, 'committed', text(newCommitted), 'fence', writerFence)
return 1
