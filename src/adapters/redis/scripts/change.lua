#!lua flags=allow-oom
-- Moves an entry from the stream to the changed ones, or changes it there, if it is still what the caller has read.
-- KEYS: entries, changed
-- ARGV: offset, the changed entry that was read ('' for one in the stream), the changed entry that replaces it
-- Returns 1, or 0 if the entry is not what was read
local entriesKey, changedKey = KEYS[1], KEYS[2]
local offset, before, after = ARGV[1], ARGV[2], ARGV[3]

if before == '' then
  if redis.call('XDEL', entriesKey, offset .. '-0') == 0 then return 0 end
elseif redis.call('HGET', changedKey, offset) ~= before then
  return 0
end
redis.call('HSET', changedKey, offset, after)
return 1
