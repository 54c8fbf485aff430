local membersKey, processesKey, memberPrefix = KEYS[1], KEYS[2], KEYS[3]
local now = serverTime()

-- Removes a process with its members.
local function drop(process)
  for _, member in ipairs(redis.call('SMEMBERS', memberPrefix .. process)) do
    if redis.call('HINCRBY', membersKey, member, -1) <= 0 then redis.call('HDEL', membersKey, member) end
  end
  redis.call('DEL', memberPrefix .. process)
  redis.call('ZREM', processesKey, process)
end
local function keep(process, keptMs)
  for _, key in ipairs({ membersKey, processesKey, memberPrefix .. process }) do redis.call('PEXPIRE', key, keptMs) end
end
-- Dead processes are removed by whoever comes next.
for _, process in ipairs(redis.call('ZRANGEBYSCORE', processesKey, '-inf', now)) do drop(process) end
