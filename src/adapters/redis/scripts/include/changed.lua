-- Decodes a changed entry (see log-codec.ts). Returns nil for none, and an entry without id for one that is damaged.
local function decodeChanged(json)
  if not json then return nil end
  local isValid, fields = pcall(cjson.decode, json)
  if not isValid or type(fields) ~= 'table' then return { sentAt = 0 } end
  local id, epoch, sentAt, content, hidden = unpack(fields)
  return { id = id, sentAt = tonumber(sentAt) or 0, content = content, hidden = hidden or 1 }
end
