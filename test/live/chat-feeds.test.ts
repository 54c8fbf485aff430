import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Chat } from '../../src/domain/chat';
import { ChatFeeds } from '../../src/live/chat-feeds';
import { silentLogger } from '../../src/ports/logger';
import { MemoryLog } from '../support/memory-log';
import { until } from '../support/until';

/** Two partitions: one has the rooms whose names begin with a, the other one the rest. */
class TwoPartitions {
  readonly first = new MemoryLog();
  readonly second = new MemoryLog();
  readonly tailed: MemoryLog[] = [];
  readonly feeds: ChatFeeds;

  constructor(ringBytes = 1 << 20) {
    for (const log of [this.first, this.second]) {
      const tailRooms = log.tailRooms.bind(log);
      log.tailRooms = (listener) => {
        this.tailed.push(log);
        return tailRooms(listener);
      };
    }
    this.feeds = new ChatFeeds({
      log: { partitions: [this.first, this.second], of: (room) => (room.startsWith('a') ? this.first : this.second) },
      store: { byRoom: () => Promise.resolve([]) },
      replayMax: 100,
      ringBytes,
      logger: silentLogger,
    });
  }

  /** Everything of the room after an offset. */
  async after(room: string, offset: number): Promise<readonly Chat[]> {
    return this.feeds.after({ epoch: 'e1', room, offset }, 100);
  }
}

const texts = (chats: readonly Chat[]): string[] => chats.map(({ text }) => text);

test('delivers the rooms of each partition, and replays them from their own log', async () => {
  const { feeds, first, second } = new TwoPartitions();
  const seen: string[] = [];
  feeds.onChats((room, chats) => seen.push(...chats.map(({ text }) => `${room}: ${text}`)));
  first.put('apple', 'before');
  await feeds.follow('apple');
  await feeds.follow('berry');
  first.put('apple', 'one');
  second.put('berry', 'two');
  first.put('avocado', 'of a room that nobody follows');
  expect(seen).toEqual(['apple: one', 'berry: two']);
  expect(await feeds.head('apple')).toEqual(first.top);
  expect(await feeds.head('berry')).toEqual(second.top);
});

test('replays a room from its partition alone', async () => {
  const two = new TwoPartitions();
  two.first.put('apple', 'one', 'two');
  two.second.put('berry', 'three');
  expect(texts(await two.after('apple', 0))).toEqual(['one', 'two']);
  expect(two.tailed).toEqual([two.first]);
  expect(two.second.reads).toBe(0);
});

test('a room may use the memory of all partitions, and those share it', async () => {
  const messages = Array.from({ length: 100 }, (_, i) => String(i));
  const two = new TwoPartitions(60_000);
  two.first.put('apple', ...messages);
  two.second.put('berry', ...messages);
  expect(texts(await two.after('apple', 0))).toEqual(messages);
  const { reads } = two.first;
  await two.after('apple', 0);
  expect(two.first.reads).toBe(reads);
  expect(texts(await two.after('berry', 0))).toEqual(messages);
  await two.after('apple', 0);
  expect(two.first.reads).toBeGreaterThan(reads);
});

test('follows a partition from its first reader on, and no longer when its rooms are unused', async () => {
  const two = new TwoPartitions();
  expect(two.tailed).toEqual([]);
  await two.feeds.follow('berry');
  expect(two.tailed).toEqual([two.second]);
  two.feeds.unfollowUnused([]);
  await two.feeds.follow('berry');
  expect(two.tailed).toEqual([two.second]);
  two.feeds.unfollowUnused([]);
  two.feeds.unfollowUnused([]);
  two.second.put('berry', 'while nobody reads');
  await two.feeds.follow('berry');
  expect(two.tailed).toEqual([two.second, two.second]);
  expect(texts(await two.after('berry', 0))).toEqual(['while nobody reads']);
});

test('keeps a partition whose rooms are in use', async () => {
  const two = new TwoPartitions();
  await two.feeds.follow('berry');
  for (let i = 0; i < 3; i++) two.feeds.unfollowUnused(['berry']);
  await two.feeds.follow('berry');
  expect(two.tailed).toEqual([two.second]);
});

test('keeps a partition whose first room is about to be followed', async () => {
  const two = new TwoPartitions();
  const tailRooms = two.first.tailRooms.bind(two.first);
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  two.first.tailRooms = async (listener) => {
    const tail = await tailRooms(listener);
    return { ...tail, follow: (room) => released.then(() => tail.follow(room)) };
  };
  const following = two.feeds.follow('apple');
  await until(() => two.tailed.length === 1, 'the partition is followed');
  await nextTurn();
  two.feeds.unfollowUnused([]);
  release();
  await following;
  two.first.put('apple', 'one');
  expect(texts(await two.after('apple', 0))).toEqual(['one']);
  expect(two.tailed).toEqual([two.first]);
});

test('a new epoch of one partition expires the cursors of its rooms alone', async () => {
  const two = new TwoPartitions();
  await two.feeds.follow('apple');
  await two.feeds.follow('berry');
  const expired: boolean[][] = [];
  two.feeds.onEpoch((isExpired) => expired.push([isExpired('apple'), isExpired('berry')]));
  two.second.recreate('e2');
  expect(expired).toEqual([[false, true]]);
});

test('a partition that could not be followed is tried again for the next reader', async () => {
  const two = new TwoPartitions();
  const tailRooms = two.first.tailRooms.bind(two.first);
  two.first.tailRooms = () => Promise.reject(new Error('down'));
  await expect(two.feeds.follow('apple')).rejects.toThrow('down');
  two.first.tailRooms = tailRooms;
  await two.feeds.follow('apple');
  expect(texts(await two.after('apple', 0))).toEqual([]);
});
