import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartupError } from '../domain/startup-error';

/**
 * Connections that may wait to be accepted; the system lowers it to its own limit (on Linux `net.core.somaxconn`). One that finds
 * no place is dropped without a word, and its client's system asks again after 1 s, 3 s, 7 s, 15 s: where thousands come back at
 * once, that is what they would wait for.
 */
const BACKLOG = 65_535;

/**
 * @param setting the variable that names the port, for the error
 * @returns the port, which the system chooses for 0
 * @throws StartupError in words for the operator
 */
export async function listen(server: Server, port: number, host: string, setting: string): Promise<number> {
  try {
    server.listen(port, host, BACKLOG);
    await once(server, 'listening');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why =
      code === 'EADDRINUSE'
        ? 'is in use; stop the other process or choose another port'
        : `cannot be opened (${code ?? message})`;
    throw new StartupError(`${setting}=${port} ${why}.`);
  }
  return (server.address() as AddressInfo).port;
}
