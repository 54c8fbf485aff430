import type { RedisServers } from './redis-servers';

/** Rooms of an installation with several Redis servers, on each of them. */
const ROOMS_PER_SERVER = 2;
const ROOM_NAMES = ['north', 'east', 'west', 'south', 'hill', 'lake'];

/**
 * Room ids that are unique for each trial, in different partitions: three where there is one partition, one in each partition of one
 * Redis, or as many on each of several servers.
 */
export function roomsFor(servers: RedisServers, trial: number): string[] {
  const { count } = servers.partitions;
  if (count === 1) return ROOM_NAMES.slice(0, 3).map((name) => `${name}-${trial}`);
  const perServer = servers.all.length === 1 ? count : ROOMS_PER_SERVER;
  const rooms: string[] = [];
  for (const server of servers.all.keys()) {
    const partitions = servers.partitionsOn(server);
    for (let i = 0; i < perServer; i++) {
      const name = ROOM_NAMES[rooms.length % ROOM_NAMES.length] ?? '';
      const partition = partitions[(trial + i) % partitions.length];
      for (let n = 1; ; n++) {
        const room = `${name}-${trial}-${n}`;
        if (servers.partitionOf(room) !== partition) continue;
        rooms.push(room);
        break;
      }
    }
  }
  return rooms;
}
