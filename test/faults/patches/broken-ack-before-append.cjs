// A deliberate fault: answers before the message is in the log.
const { RedisLogPartition } = require('../../../dist/adapters/redis/redis-log-partition.js');

const { append } = RedisLogPartition.prototype;
RedisLogPartition.prototype.append = async function (draft) {
  const { epoch, offset } = await this.head();
  setTimeout(() => append.call(this, draft).catch(() => undefined), 200);
  return { duplicate: false, chat: { ...draft, epoch, offset: offset + 1, sentAt: Date.now(), hidden: false } };
};
