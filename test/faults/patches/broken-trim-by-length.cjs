// A deliberate fault: trims the stream by its length, even if entries are not stored.
const { RedisLogPartition } = require('../../../dist/adapters/redis/redis-log-partition.js');

const { append } = RedisLogPartition.prototype;
RedisLogPartition.prototype.append = async function (draft) {
  const appended = await append.call(this, draft);
  await this.options.redis.xtrim(this.options.keys.entries, 'MAXLEN', 100);
  return appended;
};
