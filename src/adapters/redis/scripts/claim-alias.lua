#!lua
-- Gives an owner an alias that nobody else has in the scope; always the same one.
-- KEYS: scope
-- ARGV: owner, nickname, seconds to keep the scope
-- Returns the owner's alias
local scopeKey = KEYS[1]
local owner, nickname, keptSeconds = 'o:' .. ARGV[1], ARGV[2], ARGV[3]

local known = redis.call('HGET', scopeKey, owner)
if known then return known end
local alias, number = nickname, 1
while redis.call('HEXISTS', scopeKey, 'a:' .. alias) == 1 do
  number = number + 1
  alias = nickname .. ' ' .. number
end
redis.call('HSET', scopeKey, owner, alias, 'a:' .. alias, '')
if redis.call('TTL', scopeKey) < 0 then redis.call('EXPIRE', scopeKey, keptSeconds) end
return alias
