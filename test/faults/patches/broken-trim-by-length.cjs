// A mistake on purpose: bounds the stream by its length, stored or not.
const { RedisChatLog } = require('../../../dist/adapters/redis/redis-chat-log.js');

const { append } = RedisChatLog.prototype;
RedisChatLog.prototype.append = async function (draft) {
  const appended = await append.call(this, draft);
  await this.options.redis.xtrim(this.options.keys.log, 'MAXLEN', 100);
  return appended;
};
