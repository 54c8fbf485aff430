import { connect } from 'node:net';

const GREETING_MS = 2_000;

/**
 * Whether Redis is in protected mode and closes every connection from another machine. It says so at once, before any command, so that
 * ioredis reports nothing but a lost connection.
 */
export function isInProtectedMode(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname.replaceAll(/[[\]]/g, ''), port: Number(port || 6379), timeout: GREETING_MS });
    const end = (answer = false): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', (greeting) => end(greeting.toString().startsWith('-DENIED')));
    for (const event of ['timeout', 'error', 'close']) socket.once(event, () => end());
  });
}
