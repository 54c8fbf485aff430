// Kills this process with SIGKILL at a point of `repartition`: KILL_AT=draining, drained, recorded or removing.
const { MongoChatStore } = require('../../../dist/adapters/mongo/mongo-chat-store.js');
const { MongoPartitionStore } = require('../../../dist/adapters/mongo/mongo-partition-store.js');
const { Redis } = require('ioredis');

function killAt(point, target, name, isAfter = false) {
  const original = target[name];
  target[name] = async function (...args) {
    const kill = () => process.env.KILL_AT === point && process.kill(process.pid, 'SIGKILL');
    if (!isAfter) kill();
    const result = await original.apply(this, args);
    if (isAfter) kill();
    return result;
  };
}
// The first batch is stored and not committed; other partitions wait.
killAt('draining', MongoChatStore.prototype, 'insertBatch', true);
killAt('drained', MongoPartitionStore.prototype, 'replace');
killAt('recorded', MongoPartitionStore.prototype, 'replace', true);
killAt('removing', Redis.prototype, 'unlink', true);
