import { createServer } from 'node:http';
import { promisify } from 'node:util';
import { tempDir } from '../temp-dir';

/** Not among the project's tests: leak-guard.test.ts runs it to see what the guard lets pass. */
const server = createServer();
afterAll(() => server.close());

test('closes in afterAll what it opened', () => void server.listen(0, '127.0.0.1'));

test('has only timers that have fired, were cleared or keep nothing alive', async () => {
  for (let i = 0; i < 3_000; i++) clearTimeout(setTimeout(() => undefined, 60_000));
  await promisify(setTimeout)(1);
  setInterval(() => undefined, 60_000).unref();
});

test('has a folder', () => console.error(`folder ${tempDir()}`));
