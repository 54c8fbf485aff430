import { Script } from './script';

/** Lua shows 1e15 as "1e+15". */
const TEXT = `local function text(n) return string.format('%.0f', n) end\n`;

/**
 * Appends drafts in order, each at most once. Refused whole unless epoch and run are the current ones.
 * KEYS state, log. ARGV epoch, run, backlog limit, prefix of id keys, then id and content of each.
 * @returns 'moved', or 'ok', sentAt, and for each draft its offset, 0 if it was appended before, -1 if the backlog is full
 */
export const APPEND = new Script(`${TEXT}
local epoch, run, offset, committed, sentAt, start, stored = unpack(
  redis.call('HMGET', KEYS[1], 'epoch', 'run', 'offset', 'committed', 'sentAt', 'start', 'stored'))
if epoch ~= ARGV[1] or run ~= ARGV[2] then return { 'moved' } end
local time = redis.call('TIME')
local now = math.max(time[1] * 1000 + math.floor(time[2] / 1000), tonumber(sentAt))
offset, start, stored = tonumber(offset), tonumber(start), tonumber(stored)
local limit = tonumber(committed) + tonumber(ARGV[3])
local first = offset
local answer = { 'ok', now }
for i = 5, #ARGV, 2 do
  local key = ARGV[4] .. ARGV[i]
  local known = tonumber(redis.call('GET', key) or '0')
  if known > start or (known > 0 and known <= stored) then
    answer[#answer + 1] = 0
  elseif offset >= limit then
    answer[#answer + 1] = -1
  else
    offset = offset + 1
    redis.call('XADD', KEYS[2], text(offset) .. '-0', 'i', ARGV[i], 'e', epoch, 't', text(now), 'c', ARGV[i + 1])
    redis.call('SET', key, text(offset))
    answer[#answer + 1] = offset
  end
end
if offset > first then redis.call('HSET', KEYS[1], 'offset', text(offset), 'sentAt', text(now)) end
return answer`);

/**
 * KEYS state, log, tombs, the id's key.
 * @returns nil for an unknown id; offset, and the entry or tombstone if it is still in the log
 */
export const FIND = new Script(`${TEXT}
local known = tonumber(redis.call('GET', KEYS[4]) or '0')
local start, stored = unpack(redis.call('HMGET', KEYS[1], 'start', 'stored'))
if not start or known == 0 or (known <= tonumber(start) and known > tonumber(stored)) then return false end
local entry = redis.call('XRANGE', KEYS[2], text(known) .. '-0', text(known) .. '-0')[1]
return { known, entry or false, redis.call('HGET', KEYS[3], text(known)) }`);

/** KEYS state. @returns now, below which no entry will be; nil without an epoch */
export const SETTLED = new Script(`${TEXT}
local sentAt = redis.call('HGET', KEYS[1], 'sentAt')
if not sentAt then return false end
local time = redis.call('TIME')
local now = math.max(time[1] * 1000 + math.floor(time[2] / 1000), tonumber(sentAt))
redis.call('HSET', KEYS[1], 'sentAt', text(now))
return now`);

/** KEYS state. ARGV upTo, fence. @returns 1, 0 if fenced, nil without an epoch */
export const COMMIT = new Script(`${TEXT}
local offset, committed, fence = unpack(redis.call('HMGET', KEYS[1], 'offset', 'committed', 'fence'))
if not offset then return false end
if tonumber(ARGV[2]) < tonumber(fence) then return 0 end
local upTo = math.max(tonumber(committed), math.min(tonumber(ARGV[1]), tonumber(offset)))
redis.call('HSET', KEYS[1], 'committed', text(upTo), 'fence', ARGV[2])
return 1`);

/**
 * Drops the oldest committed entries, at most a chunk, and gives their ids an end.
 * KEYS state, log, tombs. ARGV retain, olderThan, chunk, prefix of id keys, idempotency window in ms.
 * @returns the number of entries dropped
 */
export const TRIM = new Script(`${TEXT}
local offset, committed = unpack(redis.call('HMGET', KEYS[1], 'offset', 'committed'))
if not offset or committed == '0' then return 0 end
local beyond = math.min(tonumber(committed), tonumber(offset) - tonumber(ARGV[1]))
local oldest = {}
local function look(upTo)
  if upTo > 0 then oldest = redis.call('XRANGE', KEYS[2], '-', text(upTo) .. '-0', 'COUNT', ARGV[3]) end
end
look(beyond)
if #oldest == 0 then
  local first = redis.call('XRANGE', KEYS[2], '-', committed .. '-0', 'COUNT', 1)[1]
  if first and tonumber(first[2][6]) < tonumber(ARGV[2]) then look(tonumber(committed)) end
end
local upTo, dropped = 0, 0
for _, entry in ipairs(oldest) do
  local at, sentAt = tonumber(string.match(entry[1], '^%d+')), tonumber(entry[2][6])
  if at > beyond and sentAt >= tonumber(ARGV[2]) then break end
  redis.call('PEXPIREAT', ARGV[4] .. entry[2][2], text(sentAt + tonumber(ARGV[5])))
  upTo, dropped = at, dropped + 1
end
if #oldest == 0 then upTo = beyond end
if dropped > 0 then redis.call('XTRIM', KEYS[2], 'MINID', text(upTo + 1) .. '-0') end
if redis.call('HLEN', KEYS[3]) > 0 then
  for _, at in ipairs(redis.call('HKEYS', KEYS[3])) do
    if tonumber(at) <= upTo then
      local tomb = cjson.decode(redis.call('HGET', KEYS[3], at))
      redis.call('PEXPIREAT', ARGV[4] .. tomb[1], text(tomb[3] + tonumber(ARGV[5])))
      redis.call('HDEL', KEYS[3], at)
    end
  end
end
return dropped`);

/**
 * Moves an entry from the stream to the changed ones, or changes it there again, if it is still what it was.
 * KEYS log, changed. ARGV offset, the changed entry until now ('' for one in the stream), the changed entry from now on.
 * @returns 1 if it was
 */
export const CHANGE = new Script(`
if ARGV[2] == '' then
  if redis.call('XDEL', KEYS[1], ARGV[1] .. '-0') == 0 then return 0 end
elseif redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[2] then
  return 0
end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
return 1`);

/**
 * Whether the log is whole, as far as this process and those that report meanwhile know.
 * KEYS state, log, settle. ARGV run of the server, highest offset seen, its epoch, its id, highest offset stored ('' if not asked),
 * time to settle in ms.
 * @returns status, epoch, start, offset, committed, doubt, seen, and for 'settling' the time left in ms. 'ok'; 'lost'; 'unasked':
 *   the highest stored is needed; 'settling': other processes may still report
 */
export const CHECK = new Script(`${TEXT}
local epoch, start, offset, committed, doubt, run = unpack(
  redis.call('HMGET', KEYS[1], 'epoch', 'start', 'offset', 'committed', 'doubt', 'run'))
local seen = tonumber(ARGV[2])
local function settling()
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  if redis.call('HGET', KEYS[3], 'run') ~= ARGV[1] then
    redis.call('HSET', KEYS[3], 'run', ARGV[1], 'until', text(now + tonumber(ARGV[6])), 'seen', '0')
  end
  local till, reported = unpack(redis.call('HMGET', KEYS[3], 'until', 'seen'))
  seen = math.max(seen, tonumber(reported), tonumber(ARGV[5]))
  redis.call('HSET', KEYS[3], 'seen', text(seen))
  return tonumber(till) - now
end
if not epoch then
  if ARGV[5] == '' then return { 'unasked', '', 0, 0, 0, 0, seen } end
  local nobodyLoses = seen == 0 and ARGV[5] == '0' and redis.call('EXISTS', KEYS[3]) == 0
  local left = nobodyLoses and 0 or settling()
  return { left > 0 and 'settling' or 'lost', '', 0, 0, 0, 0, seen, left }
end
local function answer(status, left)
  return { status, epoch, tonumber(start), tonumber(offset), tonumber(committed), tonumber(doubt), seen, left }
end
if epoch == ARGV[3] and ARGV[4] ~= '' then
  local entry = redis.call('XRANGE', KEYS[2], ARGV[2] .. '-0', ARGV[2] .. '-0')[1]
  if entry and entry[2][2] ~= ARGV[4] then return answer('lost') end
end
if run == ARGV[1] then return answer(tonumber(offset) < seen and 'lost' or 'ok') end
if ARGV[5] == '' then return answer('unasked') end
local left = settling()
if left > 0 then return answer('settling', left) end
if tonumber(offset) < seen then return answer('lost') end
redis.call('HSET', KEYS[1], 'run', ARGV[1])
redis.call('DEL', KEYS[3])
return answer('ok')`);

/**
 * Begins an epoch, unless another process has moved the log meanwhile. Entries that are not in the store are kept: they come
 * again, in their order, under new offsets.
 * KEYS state, log, tombs, settle. ARGV expected epoch, expected offset, new epoch, start, highest stored, doubt, run, prefix of id
 * keys, idempotency window in ms, then the offsets of uncommitted entries that are in the store.
 * @returns number of entries kept, -1 if the log has moved
 */
export const BEGIN = new Script(`${TEXT}
local epoch, offset, committed, sentAt, fence = unpack(
  redis.call('HMGET', KEYS[1], 'epoch', 'offset', 'committed', 'sentAt', 'fence'))
if (epoch or '') ~= ARGV[1] or (offset or '0') ~= ARGV[2] then return -1 end
local stored = {}
for i = 10, #ARGV do stored[ARGV[i]] = true end
local kept, from = {}, '-'
repeat
  local page = redis.call('XRANGE', KEYS[2], from, '+', 'COUNT', 1000)
  for _, entry in ipairs(page) do
    local at = string.match(entry[1], '^%d+')
    from = '(' .. entry[1]
    if tonumber(at) > tonumber(committed or '0') and not stored[at] then kept[#kept + 1] = entry[2]
    else redis.call('PEXPIREAT', ARGV[8] .. entry[2][2], text(tonumber(entry[2][6]) + tonumber(ARGV[9]))) end
  end
until #page < 1000
redis.call('DEL', KEYS[2], KEYS[3], KEYS[4])
local at = tonumber(ARGV[4])
for _, fields in ipairs(kept) do
  at = at + 1
  redis.call('XADD', KEYS[2], text(at) .. '-0', 'i', fields[2], 'e', ARGV[3], 't', fields[6], 'c', fields[8])
  redis.call('SET', ARGV[8] .. fields[2], text(at))
end
redis.call('HSET', KEYS[1], 'epoch', ARGV[3], 'start', ARGV[4], 'stored', ARGV[5], 'doubt', ARGV[6], 'run', ARGV[7],
  'offset', text(at), 'committed', ARGV[4], 'sentAt', sentAt or '0', 'fence', fence or '0')
return #kept`);
