#!lua flags=no-writes
-- Reads where the log ends.
-- KEYS: state, entries
-- ARGV: none
-- Returns nil without an epoch; else { epoch, offset, run, id of the newest entry or '' if it was changed }
-- include newest
local stateKey, entriesKey = KEYS[1], KEYS[2]

local epoch, offset, run = unpack(redis.call('HMGET', stateKey, 'epoch', 'offset', 'run'))
if not epoch then return false end
return { epoch, offset, run, newestId(entriesKey, offset) }
