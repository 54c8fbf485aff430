// Kills the process once, at a point of writing a batch or after an id has been claimed. A file with the name of the point arms it.
const { readFileSync, unlinkSync } = require('node:fs');
const { MongoChatStore } = require('../../../dist/adapters/mongo/mongo-chat-store.js');
const { Claims } = require('../../../dist/adapters/redis/claims.js');

function reach(point) {
  try {
    if (readFileSync(process.env.FAULT_FILE, 'utf8') !== point) return;
    unlinkSync(process.env.FAULT_FILE);
  } catch {
    return;
  }
  process.kill(process.pid, 'SIGKILL');
}

const { insertBatch } = MongoChatStore.prototype;
MongoChatStore.prototype.insertBatch = async function (chats) {
  reach('before insert');
  const rejected = await insertBatch.call(this, chats);
  reach('after insert');
  return rejected;
};

const { claim } = Claims.prototype;
Claims.prototype.claim = async function (id, partition) {
  const claimed = await claim.call(this, id, partition);
  reach(`after the claim of ${id}`);
  return claimed;
};
