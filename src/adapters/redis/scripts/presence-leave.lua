#!lua flags=allow-oom
-- Removes a member of this process from a room.
-- KEYS: members, processes, prefix of the member sets of processes
-- ARGV: process, member
-- Returns 1 if no process has the member any more, else 0
-- include now
-- include presence
local process, member = ARGV[1], ARGV[2]

if redis.call('SREM', memberPrefix .. process, member) == 0 then return 0 end
if redis.call('HINCRBY', membersKey, member, -1) > 0 then return 0 end
redis.call('HDEL', membersKey, member)
return 1
