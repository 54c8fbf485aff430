import type { Presence } from '../../ports/presence';
import type { Places } from './places';
import { RedisPresence, type RedisPresenceOptions } from './redis-presence';
import type { RedisServer } from './redis-server';

/** The presence of each room on the server of the room. */
export class PresenceByRoom implements Presence {
  private readonly byServer: ReadonlyMap<RedisServer, RedisPresence>;

  constructor(
    private readonly places: Places,
    options: Omit<RedisPresenceOptions, 'server'>,
  ) {
    this.byServer = new Map(places.servers.map((server) => [server, new RedisPresence({ ...options, server })]));
  }

  join(room: string, memberId: string): Promise<boolean> {
    return this.of(room).join(room, memberId);
  }

  leave(room: string, memberId: string): Promise<boolean> {
    return this.of(room).leave(room, memberId);
  }

  online(room: string): Promise<number> {
    return this.of(room).online(room);
  }

  /** Removes this process from all rooms. */
  async close(): Promise<void> {
    await Promise.all([...this.byServer.values()].map((presence) => presence.close()));
  }

  private of(room: string): RedisPresence {
    return this.byServer.get(this.places.ofRoom(room)) as RedisPresence;
  }
}
