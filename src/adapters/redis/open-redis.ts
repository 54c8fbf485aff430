import type { Redis } from 'ioredis';
import { StartupError } from '../../domain/startup-error';
import type { ChatLog, LogPartition } from '../../ports/chat-log';
import type { ChatStore } from '../../ports/chat-store';
import type { Clock } from '../../ports/clock';
import type { Engine } from '../../ports/engine';
import type { NewId } from '../../ports/ids';
import type { LogChangeStore } from '../../ports/log-change-store';
import type { Logger } from '../../ports/logger';
import type { RoomStore } from '../../ports/room-store';
import type { SessionStore } from '../../ports/session-store';
import { Channels } from './channels';
import { checkServer } from './check-server';
import { connect, isForbidden, unusable } from './connect';
import { LogChanges } from './log-changes';
import { LogHealth } from './log-health';
import { logKeys } from './log-keys';
import { MirroredRoomStore } from './mirrored-room-store';
import { MirroredSessionStore } from './mirrored-session-store';
import { RedisAliasStore } from './redis-alias-store';
import { RedisBus } from './redis-bus';
import { RedisChatLog } from './redis-chat-log';
import { RedisPresence } from './redis-presence';

export interface RedisOptions {
  readonly url: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly newId: NewId;
  /** Messages that may wait for the store; `append` refuses more. */
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
  'chatLog' | 'aliasStore' | 'bus' | 'presence' | 'roomStore' | 'sessionStore' | 'isReady' | 'losses' | 'tailAgeMs' | 'close';

/** The ports of the clustered engine that are implemented on Redis. */
export interface RedisEngine extends Pick<Engine, RedisPorts> {
  readonly chatLog: ChatLog & LogPartition;
  /** The connection for commands; the rate limiter shares it. */
  readonly commands: Redis;
}

/**
 * Checks that this Redis can be used, before anything that takes longer is opened.
 * @throws StartupError one line that names REDIS_URL and says what to change
 */
export async function checkRedis({ url, logger }: Pick<RedisOptions, 'url' | 'logger'>): Promise<void> {
  const verify = async (redis: Redis): Promise<void> => {
    const { keepsFile } = await checkServer(redis, url);
    if (keepsFile) return;
    logger.warn(
      {},
      'Redis keeps no append-only file, so a crash of Redis loses acknowledged messages. Set its appendonly to yes.',
    );
  };
  const redis = await connect({ url, logger, name: 'start', waitsForData: false, verify });
  redis.disconnect();
}

/** @throws StartupError as checkRedis does */
export async function openRedis(options: RedisOptions): Promise<RedisEngine> {
  const { url, logger, clock, newId } = options;
  await checkRedis(options);
  const opened: Redis[] = [];
  const open = async (name: string, onDemoted?: () => void): Promise<Redis> => {
    const redis = await connect({ url, logger, name, ...(onDemoted && { onDemoted }) });
    opened.push(redis);
    return redis;
  };
  try {
    // The other connections only read, so they would stay with a server that has become a replica.
    const redis = await open('main', () => {
      for (const other of opened.slice(1)) other.disconnect(true);
    });
    const subscriber = await open('channels');
    const channels = new Channels(subscriber, logger);
    const keys = logKeys(0);
    const { logMaxBacklog: maxBacklog, idempotencyWindowMs, chatStore: store } = options;
    const changes = new LogChanges({ redis, keys, store: options.logChangeStore, clock });
    const repeatChanges = () => changes.repeat();
    const health = new LogHealth({
      ...{ redis, keys, store, clock, newId, logger, maxBacklog, idempotencyWindowMs, repeatChanges },
    });
    await health.check();
    if (isForbidden(health.lastError)) throw unusable(url, health.lastError);
    const chatLog = new RedisChatLog({
      ...{ redis, channels, keys, health, changes, store, clock, newId, logger, maxBacklog, idempotencyWindowMs },
    });
    const bus = await RedisBus.open({ redis, channels, logger });
    const presence = new RedisPresence({ redis, process: newId(), logger });
    return {
      chatLog,
      aliasStore: new RedisAliasStore(redis),
      bus,
      presence,
      roomStore: new MirroredRoomStore(options.roomStore, redis, bus),
      sessionStore: new MirroredSessionStore({ sessions: options.sessionStore, redis, logger, keptMs: options.accessTtlMs }),
      commands: redis,
      isReady: () => health.current !== undefined,
      losses: () => health.losses,
      tailAgeMs: () => chatLog.tailAgeMs,
      close: async () => {
        await presence.close();
        await chatLog.close();
        subscriber.disconnect();
        await health.close();
        redis.disconnect();
      },
    };
  } catch (error) {
    for (const redis of opened) redis.disconnect();
    if (error instanceof StartupError) throw error;
    throw unusable(url, error);
  }
}
