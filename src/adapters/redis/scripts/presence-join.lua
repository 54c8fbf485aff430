#!lua flags=allow-oom
-- Adds a member of this process to a room.
-- KEYS: members, processes, prefix of the member sets of processes
-- ARGV: process, time to live in ms, time kept in ms, member
-- Returns 1 if no process had the member, else 0
-- include now
-- include presence
local process, ttlMs, keptMs, member = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4]

redis.call('ZADD', processesKey, now + ttlMs, process)
local isNew = redis.call('SADD', memberPrefix .. process, member) == 1 and redis.call('HINCRBY', membersKey, member, 1) == 1
keep(process, keptMs)
return isNew and 1 or 0
