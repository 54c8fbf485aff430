// Kills this process with SIGKILL before its n-th change to the disk: KILL_AT_STEP=n. Prints the number of changes at exit.
const fs = require('node:fs/promises');
const { Environment } = require('../../../dist/adapters/lmdb/environment.js');

let steps = 0;
function count(target, name) {
  const original = target[name];
  target[name] = function (...args) {
    if (++steps === Number(process.env.KILL_AT_STEP)) process.kill(process.pid, 'SIGKILL');
    return original.apply(this, args);
  };
}
for (const name of ['copyFile', 'rename', 'rm', 'mkdir']) count(fs, name);
for (const name of ['write', 'writeNow']) count(Environment.prototype, name);
process.on('exit', () => console.log(`steps ${steps}`));
