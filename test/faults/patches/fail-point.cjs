// Kills the process once at a point of writing a batch. A file with the name of the point arms it.
const { readFileSync, unlinkSync } = require('node:fs');
const { MongoChatStore } = require('../../../dist/adapters/mongo/mongo-chat-store.js');

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
