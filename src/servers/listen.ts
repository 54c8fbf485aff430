import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartupError } from '../domain/startup-error';

/**
 * Connections that may wait to be accepted. The system lowers it to its own limit (on Linux `net.core.somaxconn`). Further ones are
 * dropped silently, and the client's system retries after 1, 3, 7 and 15 s. When thousands of clients reconnect at once, a small
 * backlog would delay them by that much.
 */
const BACKLOG = 65_535;

/**
 * @param setting the setting that contains the port, for the error message
 * @returns the port; the system chooses one for 0
 * @throws StartupError if the port cannot be opened
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
