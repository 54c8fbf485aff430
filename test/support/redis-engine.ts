import { openRedis, type RedisEngine, type RedisOptions } from '../../src/adapters/redis/open-redis';
import type { Chat } from '../../src/domain/chat';
import type { OffsetRange } from '../../src/ports/chat-store';
import type { Room } from '../../src/domain/room';
import { systemClock } from '../../src/ports/clock';
import type { LogChange, LogChangeStore } from '../../src/ports/log-change-store';
import { randomId } from '../../src/ports/ids';
import { silentLogger } from '../../src/ports/logger';
import type { RoomStore } from '../../src/ports/room-store';
import type { SessionStore } from '../../src/ports/session-store';

/** The methods of the store that the Redis adapters use, in memory; all of them reject with `failure` while it is set. */
export class StoredChats {
  readonly chats = new Map<string, Chat>();
  readonly epochs = new Set<string>();
  readonly changes = new RecordedChanges();
  failure: Error | undefined;

  put(chats: readonly Chat[]): void {
    for (const chat of chats) this.chats.set(chat.id, chat);
  }

  async highestOffset({ after = 0, before = Infinity }: OffsetRange = {}): Promise<number> {
    this.failIfAsked();
    const offsets = [...this.chats.values()].map(({ offset }) => offset);
    return Math.max(0, ...offsets.filter((offset) => offset > after && offset < before));
  }

  async byId(id: string): Promise<Chat | undefined> {
    this.failIfAsked();
    return this.chats.get(id);
  }

  async recordEpoch(epoch: string): Promise<void> {
    this.failIfAsked();
    this.epochs.add(epoch);
  }

  private failIfAsked(): void {
    if (this.failure) throw this.failure;
  }
}

const nothing = () => Promise.resolve(undefined);
const noRooms: RoomStore = {
  create: async (_room: Room) => 'created',
  byId: nothing,
  update: nothing,
  remove: nothing,
  list: async () => [],
  removedIds: async () => [],
};
const noSessions: SessionStore = {
  create: nothing,
  byId: nothing,
  rotate: async () => ({ outcome: 'invalid' }),
  end: async () => false,
  endAll: async () => [],
  activeSessions: async () => [],
  endedSince: async () => [],
};

/** Changes of log entries, in memory. */
export class RecordedChanges implements LogChangeStore {
  readonly changes = new Map<string, LogChange>();

  async record(change: LogChange): Promise<void> {
    const before = this.changes.get(change.id);
    const authorship = change.authorship ?? before?.authorship;
    const later = (change.feeling?.revision ?? 0) > (before?.feeling?.revision ?? 0) ? change : before;
    this.changes.set(change.id, {
      ...change,
      authorship,
      feeling: later?.feeling,
      hidden: change.hidden || before?.hidden === true,
    });
  }

  async page(partition: number, after: string, limit: number): Promise<readonly LogChange[]> {
    const own = [...this.changes.values()].filter((change) => change.partition === partition);
    const sorted = own.sort((a, b) => (a.id < b.id ? -1 : 1));
    return sorted.filter(({ id }) => id > after).slice(0, limit);
  }

  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.changes.delete(id);
  }
}

const open = new Set<RedisEngine>();

export async function openRedisEngine(
  urls: string | readonly string[],
  store: StoredChats = new StoredChats(),
  rest: Partial<RedisOptions> = {},
): Promise<RedisEngine> {
  const engine = await openRedis({
    urls: [urls].flat(),
    clock: systemClock,
    logger: silentLogger,
    newId: randomId,
    logMaxBacklog: 1_000,
    idempotencyWindowMs: 86_400_000,
    accessTtlMs: 3_600_000,
    chatStore: store,
    logChangeStore: store.changes,
    roomStore: noRooms,
    sessionStore: noSessions,
    ...rest,
  });
  open.add(engine);
  return engine;
}

export async function closeRedisEngine(engine: RedisEngine): Promise<void> {
  open.delete(engine);
  await engine.close();
}

afterAll(async () => {
  await Promise.all([...open].map((engine) => engine.close()));
});
