#!lua flags=allow-oom
-- Renews a process in a room, and corrects its members there.
-- KEYS: members, processes, prefix of the member sets of processes
-- ARGV: process, time to live in ms, time kept in ms, then its members
-- Returns nil
-- include now
-- include presence
local process, ttlMs, keptMs = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local FIRST_MEMBER = 4

local known = redis.call('SMEMBERS', memberPrefix .. process)
local isSame = #known == #ARGV - FIRST_MEMBER + 1
if isSame then
  local isKnown = {}
  for _, member in ipairs(known) do isKnown[member] = true end
  for i = FIRST_MEMBER, #ARGV do isSame = isSame and isKnown[ARGV[i]] ~= nil end
end
if not isSame then
  drop(process)
  for i = FIRST_MEMBER, #ARGV do
    redis.call('SADD', memberPrefix .. process, ARGV[i])
    redis.call('HINCRBY', membersKey, ARGV[i], 1)
  end
end
if #ARGV >= FIRST_MEMBER then redis.call('ZADD', processesKey, now + ttlMs, process) end
keep(process, keptMs)
