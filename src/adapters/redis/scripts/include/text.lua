-- Lua writes 1e15 as "1e+15", which is no stream id and no integer for Redis.
local function text(n) return string.format('%.0f', n) end
