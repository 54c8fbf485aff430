import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartupError } from '../domain/startup-error';

/**
 * @param setting the variable that names the port, for the error
 * @returns the port, which the system chooses for 0
 * @throws StartupError in words for the operator
 */
export async function listen(server: Server, port: number, host: string, setting: string): Promise<number> {
  try {
    server.listen(port, host);
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
