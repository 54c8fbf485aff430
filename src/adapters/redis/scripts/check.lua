#!lua flags=allow-oom
-- Finds out whether the log is whole, as far as this process and those that report at the same time know.
-- KEYS: state, entries, reports
-- ARGV: run of the server, highest offset seen, its epoch, its id, highest offset stored ('' if not read yet), time for reports in ms, run that this process has followed, 1 if the server loses no acknowledged write in a crash, 1 once changes have been repeated
-- Returns { status, epoch, start, offset, committed, doubt, highest offset known to have existed, time left for reports in ms }.
--   Status: 'ok'; 'lost'; 'unwitnessed': nobody knows whether the newest entries are lost; 'store-needed': call again with the
--   highest offset stored; 'reporting': other processes may still report; 'changes-needed': repeat the changes, then call again
-- include text
-- include now
local stateKey, entriesKey, reportsKey = KEYS[1], KEYS[2], KEYS[3]
local serverRun, seen, seenEpoch, seenId, stored, reportMs, followedRun, isDurable, areChangesRepeated =
  ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4], ARGV[5], tonumber(ARGV[6]), ARGV[7], ARGV[8] == '1', ARGV[9] == '1'

local epoch, start, offset, committed, doubt, run = unpack(
  redis.call('HMGET', stateKey, 'epoch', 'start', 'offset', 'committed', 'doubt', 'run'))

-- Adds what this process knows to the reports. Returns the time left for the others.
local function report()
  local now = serverTime()
  if redis.call('HGET', reportsKey, 'run') ~= serverRun then
    redis.call('HSET', reportsKey, 'run', serverRun, 'until', text(now + reportMs), 'seen', '0', 'witness', '0')
  end
  local reportsEnd, reported = unpack(redis.call('HMGET', reportsKey, 'until', 'seen'))
  seen = math.max(seen, tonumber(reported), tonumber(stored))
  redis.call('HSET', reportsKey, 'seen', text(seen))
  if run and followedRun == run then redis.call('HSET', reportsKey, 'witness', '1') end
  return tonumber(reportsEnd) - now
end

if not epoch then
  if stored == '' then return { 'store-needed', '', 0, 0, 0, 0, seen } end
  local isFirstStart = seen == 0 and stored == '0' and redis.call('EXISTS', reportsKey) == 0
  local left = isFirstStart and 0 or report()
  return { left > 0 and 'reporting' or 'lost', '', 0, 0, 0, 0, seen, left }
end

local function reply(status, left)
  return { status, epoch, tonumber(start), tonumber(offset), tonumber(committed), tonumber(doubt), seen, left }
end
if epoch == seenEpoch and seenId ~= '' then
  local entry = redis.call('XRANGE', entriesKey, text(seen) .. '-0', text(seen) .. '-0')[1]
  if entry and entry[2][2] ~= seenId then return reply('lost') end
end
if run == serverRun then return reply(tonumber(offset) < seen and 'lost' or 'ok') end
if stored == '' then return reply('store-needed') end
local left = report()
if left > 0 then return reply('reporting', left) end
if tonumber(offset) < seen then return reply('lost') end
if not isDurable and redis.call('HGET', reportsKey, 'witness') ~= '1' then return reply('unwitnessed') end
if not areChangesRepeated then return reply('changes-needed') end
redis.call('HSET', stateKey, 'run', serverRun)
redis.call('DEL', reportsKey)
return reply('ok')
