import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { compareClock, proxyClock } from '../../src/app/commands/clocks';
import { parseConfig } from '../../src/config/config';

const HOUR_MS = 3_600_000;

test('says by how much another clock is ahead or behind', () => {
  expect(compareClock('redis clock', Date.now())).toMatchObject({ state: 'ok', about: 'redis clock' });
  expect(compareClock('redis clock', Date.now() + HOUR_MS)).toMatchObject({
    state: 'warn',
    text: expect.stringMatching(/^is 3600 s ahead of this machine's/) as string,
  });
  expect(compareClock('redis clock', Date.now() - HOUR_MS).text).toMatch(/^is 3600 s behind this machine's/);
});

test('compares the clock with the Date header of the proxy, and says nothing if it cannot be reached', async () => {
  let date = new Date();
  const server = createServer((_, response) => response.setHeader('date', date.toUTCString()).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const config = parseConfig({ NODE_ENV: 'test', PUBLIC_URL: `http://127.0.0.1:${port}` });
  expect(await proxyClock(config)).toMatchObject([{ state: 'ok', about: 'proxy clock' }]);
  date = new Date(Date.now() - HOUR_MS);
  expect(await proxyClock(config)).toMatchObject([{ state: 'warn', about: 'proxy clock' }]);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(await proxyClock(config)).toEqual([]);
});
