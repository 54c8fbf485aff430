// A deliberate fault: trims the stream by its length, even if entries are not stored.
const { RedisChatLog } = require('../../../dist/adapters/redis/redis-chat-log.js');

const { append } = RedisChatLog.prototype;
RedisChatLog.prototype.append = async function (draft) {
  const appended = await append.call(this, draft);
  await this.options.redis.xtrim(this.options.keys.entries, 'MAXLEN', 100);
  return appended;
};
