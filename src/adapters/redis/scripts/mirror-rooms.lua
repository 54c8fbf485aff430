-- Keeps copies of rooms, the highest version of each.
-- KEYS: hash of room ids to JSON
-- ARGV: for each room: id, version, JSON
for i = 1, #ARGV, 3 do
  local id, version, room = ARGV[i], tonumber(ARGV[i + 1]), ARGV[i + 2]
  local known = redis.call('HGET', KEYS[1], id)
  if not known or (cjson.decode(known).version or 0) <= version then redis.call('HSET', KEYS[1], id, room) end
end
