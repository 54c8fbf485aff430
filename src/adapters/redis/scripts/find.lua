#!lua flags=no-writes
-- Looks an id up.
-- KEYS: state, entries, changed, the key of the id
-- ARGV: none
-- Returns nil for an unknown id; else { offset, its entry in the stream or nil, its changed entry or nil }; both nil once trimmed
-- include text
local stateKey, entriesKey, changedKey, idKey = KEYS[1], KEYS[2], KEYS[3], KEYS[4]

local offset = tonumber(redis.call('GET', idKey) or '0')
local start, stored = unpack(redis.call('HMGET', stateKey, 'start', 'stored'))
if not start or offset == 0 or (offset <= tonumber(start) and offset > tonumber(stored)) then return false end
local entryId = text(offset) .. '-0'
local entry = redis.call('XRANGE', entriesKey, entryId, entryId)[1]
return { offset, entry or false, redis.call('HGET', changedKey, text(offset)) }
