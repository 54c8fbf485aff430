import { partitionOf, type Partitions } from '../../domain/partition';
import type { RedisServer } from './redis-server';

/** Which server has what. The order of the servers is part of an installation: its partitions are dealt out in it. */
export class Places {
  constructor(
    readonly servers: readonly RedisServer[],
    readonly partitions: Partitions,
  ) {}

  /** The server of a partition. */
  ofPartition(number: number): RedisServer {
    return this.at((number - this.partitions.first) % this.servers.length);
  }

  /** The server of the room's partition. What belongs to a room is there, and so depends on no other server. */
  ofRoom(room: string): RedisServer {
    return this.servers.length === 1 ? this.at(0) : this.ofPartition(partitionOf(room, this.partitions));
  }

  /** Spreads what belongs to no room. */
  ofKey(key: string): RedisServer {
    return this.at(partitionOf(key, { first: 0, count: this.servers.length }));
  }

  /** Numbers of the partitions of a server. */
  numbersOf(server: RedisServer): number[] {
    const { first, count } = this.partitions;
    return Array.from({ length: count }, (_, i) => first + i).filter((number) => this.ofPartition(number) === server);
  }

  /** Copies in Redis of what is in the store are of these partitions: those of before may be on other servers, and out of date. */
  keyOfCopies(name: string): string {
    return this.partitions.first === 0 ? name : `${name}:${this.partitions.first}`;
  }

  private at(index: number): RedisServer {
    const server = this.servers[index];
    if (!server) throw new Error(`there is no Redis server ${index}`);
    return server;
  }
}
