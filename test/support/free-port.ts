import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';

/**
 * A port of 127.0.0.1 that was free a moment ago. Only for programs that cannot use port 0 and report the port
 * (redis-server, a second process of ours): another process may take it first, so whoever uses it retries with a new one.
 */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
