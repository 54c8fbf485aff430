/**
 * Appends messages to the log of an installation at a fixed rate, past the api, in a process of its own. It reads its order from the
 * parent's first message and answers with one result.
 */
import { join } from 'node:path';
import type { openRedis, RedisOptions } from '../../../src/adapters/redis/open-redis';
import type { ChatDraft } from '../../../src/domain/chat';
import { randomId } from '../../../src/ports/ids';
import { silentLogger } from '../../../src/ports/logger';
import { openLoop } from '../support/open-loop';

export interface LogLoadOrder {
  /** Folder of the project whose build appends. */
  readonly root: string;
  readonly redisUrl: string;
  /** Message i goes to rooms[i mod n]. */
  readonly rooms: readonly string[];
  readonly perSecond: number;
  readonly seconds: number;
  /** Of the log; one if undefined. */
  readonly partitions?: number;
}

export interface LogLoadResult {
  readonly appended: number;
  readonly errors: readonly string[];
}

const TEXTS = [
  '오늘 하루도 정말 행복했어요',
  'what a lovely morning on the wall',
  '조금 지치지만 괜찮아',
  'cannot wait for the weekend',
];

const draft = (i: number, room: string): ChatDraft => ({
  id: randomId(),
  room,
  authorId: `author-${i % 1_000}`,
  author: '고요한 수달',
  text: `${TEXTS[i % TEXTS.length]} ${i}`,
  emotions: [81, 0, 12, 30, 0, 0, 100, 5],
  dominant: 'JOY',
  feeling: null,
  answers: null,
});

async function run({ root, redisUrl, rooms, perSecond, seconds, partitions = 1 }: LogLoadOrder): Promise<LogLoadResult> {
  const path = join(root, 'dist/adapters/redis/open-redis.js');
  const { openRedis: open } = (await import(path)) as { openRedis: typeof openRedis };
  const nothing = () => Promise.resolve();
  const unused = {} as unknown as RedisOptions['roomStore'] & RedisOptions['sessionStore'];
  const engine = await open({
    // Older versions take one address.
    ...{ url: redisUrl },
    urls: [redisUrl],
    findPartitions: () => Promise.resolve({ first: 0, count: partitions }),
    clock: { now: Date.now },
    logger: silentLogger,
    newId: randomId,
    logMaxBacklog: 10_000_000,
    idempotencyWindowMs: 86_400_000,
    accessTtlMs: 3_600_000,
    chatStore: { highestOffset: () => Promise.resolve(0), recordEpoch: nothing, byId: () => Promise.resolve(undefined) },
    logChangeStore: { record: nothing, page: () => Promise.resolve([]), remove: nothing },
    roomStore: unused,
    sessionStore: unused,
  });
  const errors: string[] = [];
  const appends: Promise<unknown>[] = [];
  await openLoop(perSecond, seconds, (i) => {
    const append = engine.chatLog.append(draft(i, rooms[i % rooms.length] as string));
    appends.push(append.catch((error: unknown) => errors.push(String(error))));
  });
  await Promise.all(appends);
  await engine.close();
  return { appended: appends.length - errors.length, errors };
}

process.once('message', (order: LogLoadOrder) => {
  void run(order).then((result) => process.send?.(result, () => process.disconnect()));
});
