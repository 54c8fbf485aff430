// A deliberate fault: answers before the message is in the log.
const { RedisChatLog } = require('../../../dist/adapters/redis/redis-chat-log.js');

const { append } = RedisChatLog.prototype;
RedisChatLog.prototype.append = async function (draft) {
  const { epoch, offset } = await this.head();
  setTimeout(() => append.call(this, draft).catch(() => undefined), 200);
  return { duplicate: false, chat: { ...draft, epoch, offset: offset + 1, sentAt: Date.now(), hidden: false } };
};
