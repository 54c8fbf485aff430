import { bandOf, ONE_PARTITION, type Partitions } from '../../domain/partition';
import type { ChatStore } from '../../ports/chat-store';
import type { Clock } from '../../ports/clock';
import type { Engine } from '../../ports/engine';
import type { NewId } from '../../ports/ids';
import type { LogChangeStore } from '../../ports/log-change-store';
import type { RoomStore } from '../../ports/room-store';
import type { SessionStore } from '../../ports/session-store';
import { Claims } from './claims';
import { isForbidden, unusable } from './connect';
import { LogChanges } from './log-changes';
import { LogHealth } from './log-health';
import { logKeys } from './log-keys';
import { MirroredRoomStore } from './mirrored-room-store';
import { MirroredSessionStore } from './mirrored-session-store';
import { checkRedis, openServers, type ServersOptions } from './open-servers';
import { PartitionCopies } from './partition-copies';
import { Places } from './places';
import { PresenceByRoom } from './presence-by-room';
import { RedisAliasStore } from './redis-alias-store';
import { RedisBus } from './redis-bus';
import { RedisChatLog } from './redis-chat-log';
import { RedisLogPartition } from './redis-log-partition';
import type { RedisServer } from './redis-server';

export { checkRedis } from './open-servers';

export interface RedisOptions extends ServersOptions {
  /** The partitions of the installation; one if undefined. */
  readonly findPartitions?: (servers: readonly RedisServer[]) => Promise<Partitions>;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Messages of a partition that may wait for the store; `append` refuses more. */
  readonly logMaxBacklog: number;
  /** How long a message that left the log is recognised when it is sent again, in milliseconds from its sentAt. */
  readonly idempotencyWindowMs: number;
  /** The longest life of an access token, in milliseconds. Ended sessions are kept for as long. */
  readonly accessTtlMs: number;
  /** The log is compared with it, and its epochs are recorded in it. */
  readonly chatStore: Pick<ChatStore, 'highestOffset' | 'recordEpoch' | 'byId'>;
  /** Changes of log entries are recorded in it. */
  readonly logChangeStore: LogChangeStore;
  /** Its rooms are mirrored in Redis. */
  readonly roomStore: RoomStore;
  /** Its ended sessions are mirrored in Redis. */
  readonly sessionStore: SessionStore;
}

type RedisPorts =
  | 'chatLog'
  | 'aliasStore'
  | 'bus'
  | 'presence'
  | 'roomStore'
  | 'sessionStore'
  | 'isReady'
  | 'partitionsWithoutLog'
  | 'losses'
  | 'tailAgeMs'
  | 'close';

/** The ports of the clustered engine that are implemented on Redis. */
export interface RedisEngine extends Pick<Engine, RedisPorts> {
  /** The rate limiter shares the servers. */
  readonly places: Places;
}

/** @throws StartupError as checkRedis does; the error of findPartitions */
export async function openRedis(options: RedisOptions): Promise<RedisEngine> {
  await checkRedis(options);
  const servers = await openServers(options);
  try {
    const partitions = (await options.findPartitions?.(servers)) ?? ONE_PARTITION;
    const places = new Places(servers, partitions);
    const copies = new PartitionCopies(places, options.logger);
    await copies.writeAll();
    return await openPorts(options, places, copies);
  } catch (error) {
    for (const server of servers) server.close();
    throw error;
  }
}

async function openPorts(options: RedisOptions, places: Places, copies: PartitionCopies): Promise<RedisEngine> {
  const { logger, newId, idempotencyWindowMs } = options;
  const { servers } = places;
  const partitions = Array.from({ length: places.partitions.count }, (_, i) =>
    openPartition(options, places, copies, places.partitions.first + i),
  );
  await Promise.all(partitions.map(({ health }) => health.check()));
  for (const { health, log } of partitions) {
    if (isForbidden(health.lastError)) throw unusable(places.ofPartition(log.number).url, health.lastError);
  }
  const claims = partitions.length > 1 ? new Claims(places, idempotencyWindowMs) : undefined;
  const logs = partitions.map(({ log }) => log);
  const chatLog = new RedisChatLog(logs, places.partitions, claims);
  const bus = await RedisBus.open({ places, logger });
  const presence = new PresenceByRoom(places, { process: newId(), logger });
  return {
    chatLog,
    aliasStore: new RedisAliasStore(places),
    bus,
    presence,
    roomStore: new MirroredRoomStore(options.roomStore, places, bus),
    sessionStore: new MirroredSessionStore({ sessions: options.sessionStore, servers, logger, keptMs: options.accessTtlMs }),
    places,
    isReady: () => partitions.some(({ health }) => health.current !== undefined),
    partitionsWithoutLog: () => partitions.filter(({ health }) => health.current === undefined).map(({ log }) => log.number),
    losses: () =>
      partitions.reduce(
        (sum, { health: { losses } }) => ({
          epochsBegun: sum.epochsBegun + losses.epochsBegun,
          lost: sum.lost + losses.lost,
        }),
        { epochsBegun: 0, lost: 0 },
      ),
    tailAgeMs: () => chatLog.tailAgeMs,
    close: async () => {
      await presence.close();
      await chatLog.close();
      await Promise.all(partitions.map(({ health }) => health.close()));
      for (const server of servers) server.close();
    },
  };
}

function openPartition(
  options: RedisOptions,
  places: Places,
  copies: PartitionCopies,
  number: number,
): { readonly log: RedisLogPartition; readonly health: LogHealth } {
  const { logger, clock, newId, logMaxBacklog: maxBacklog, idempotencyWindowMs, chatStore: store } = options;
  const server = places.ofPartition(number);
  const { commands: redis, channels } = server;
  const keys = logKeys(number);
  const band = bandOf(number, places.partitions);
  const changes = new LogChanges({ redis, keys, number, store: options.logChangeStore, clock });
  const health = new LogHealth({
    ...{ redis, keys, number, band, store, clock, newId, logger, maxBacklog, idempotencyWindowMs },
    repeatChanges: () => changes.repeat(),
    beforeEpoch: () => copies.write(server),
  });
  const log = new RedisLogPartition({
    ...{ redis, channels, number, band, keys, health, changes, store, newId, logger, maxBacklog, idempotencyWindowMs },
  });
  return { log, health };
}
