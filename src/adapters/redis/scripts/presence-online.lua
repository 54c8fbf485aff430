#!lua flags=allow-oom
-- Counts the members of a room.
-- KEYS: members, processes, prefix of the member sets of processes
-- ARGV: none
-- Returns the number of members
-- include now
-- include presence
return redis.call('HLEN', membersKey)
