-- Id of the entry at the end of the stream, '' if it is not the one with this offset.
local function newestId(entriesKey, offset)
  local newest = redis.call('XREVRANGE', entriesKey, '+', '-', 'COUNT', 1)[1]
  return newest and newest[1] == offset .. '-0' and newest[2][2] or ''
end
