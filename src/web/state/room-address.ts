import { MAIN_ROOM } from '../../domain/room-title';

/**
 * A room's address at the public URL of the server, which may differ from the one that was opened.
 * @param api address of the API
 * @param server any address at the server, as it was reached
 */
export function roomAddress(api: string, room: string, server = location.href): string {
  const { origin, host } = new URL(api);
  const reached = new URL(server);
  // Behind a proxy the server may not know that it is reached by HTTPS.
  return new URL(room === MAIN_ROOM ? '/' : `/rooms/${room}`, host === reached.host ? reached.origin : origin).href;
}
