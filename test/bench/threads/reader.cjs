/** A worker thread: answers each message, or reads entries from the LMDB file that the main thread writes. */
const { parentPort, workerData } = require('node:worker_threads');
const { open } = require('lmdb');

const entries = open({ path: workerData.path, encoding: 'binary', readOnly: true });

parentPort.on('message', ({ reads, highest }) => {
  for (let i = 0; i < reads; i++) {
    const key = 1 + ((i * 7919) % highest);
    if (!entries.get(key)) throw new Error(`entry ${key} is missing`);
  }
  parentPort.postMessage(null);
});
