import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';

/** Not among the project's tests: leak-guard.test.ts runs it to see the guard at work. Leaves one of each kind open. */
test('leaves a socket open at both ends, its server, a timer and a process', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  await once(connect((server.address() as AddressInfo).port, '127.0.0.1'), 'connect');
  setInterval(() => undefined, 60_000);
  await once(spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20_000)'], { stdio: 'ignore' }), 'spawn');
});
