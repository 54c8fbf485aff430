import type { RedisEngine } from '../../src/adapters/redis/open-redis';
import type { Chat } from '../../src/domain/chat';
import type { LogPosition } from '../../src/domain/position';
import type { ChatLog, RoomTail } from '../../src/ports/chat-log';
import { draft, offsets } from '../contracts/samples';
import { closeRedisEngine, openRedisEngine, StoredChats } from '../support/redis-engine';
import { RedisService } from '../support/redis-service';
import { withServices } from '../support/services';
import { until } from '../support/until';

const ENTRIES = 'jb:{log0}:entries';
const STATE = 'jb:{log0}:state';
const channelOf = (room: string): string => `jb:log:0:${room}`;

withServices(['redis'], () => {
  let redis: RedisService;
  let store: StoredChats;
  let engines: RedisEngine[];
  beforeEach(async () => {
    redis = await RedisService.start();
    store = new StoredChats();
    engines = [];
  });
  afterEach(async () => {
    for (const engine of engines) await closeRedisEngine(engine);
    await redis.stop();
  });

  const open = async (): Promise<RedisEngine> => {
    const engine = await openRedisEngine(redis.url, store, { logMaxBacklog: 100_000 });
    engines.push(engine);
    return engine;
  };
  const follow = async (log: ChatLog, ...rooms: string[]) => {
    const chats: Chat[] = [];
    const epochs: LogPosition[] = [];
    const tail: RoomTail = await log.of('main').tailRooms({
      entries: (entries) => chats.push(...entries),
      epoch: (start) => epochs.push(start),
      following: () => undefined,
    });
    for (const room of rooms) await tail.follow(room);
    return { tail, chats, epochs };
  };
  const append = async (log: ChatLog, room: string, ...ids: string[]): Promise<void> => {
    await Promise.all(ids.map((id) => log.append(draft(id, { room }))));
  };
  /** As a version before room channels appends: without publishing. */
  const appendSilently = (epoch: string, offset: number, id: string, room: string) =>
    redis.ask(redis.url, async (client) => {
      const content = JSON.stringify([room, 'u', 'u', id, [1, 2, 3, 4, 5, 6, 7, 8], 0]);
      const multi = client.multi();
      multi.xadd(ENTRIES, `${offset}-0`, 'i', id, 'e', epoch, 't', '1700000000000', 'c', content);
      await multi.hset(STATE, 'offset', offset).exec();
    });
  const subscribers = (room: string) =>
    redis.ask(redis.url, async (client) => Number((await client.pubsub('NUMSUB', channelOf(room)))[1]));

  test('messages reach a process only if it follows their room', async () => {
    const [writer, reader] = [await open(), await open()];
    const { tail, chats } = await follow(reader.chatLog, 'own');
    expect([await subscribers('own'), await subscribers('other')]).toEqual([1, 0]);
    await append(writer.chatLog, 'other', 'o1', 'o2');
    await append(writer.chatLog, 'own', 'm1');
    await tail.head();
    expect(chats.map(({ id }) => id)).toEqual(['m1']);
    tail.unfollow('own');
    await until(async () => (await subscribers('own')) === 0, 'the channel is left');
  });

  test('a room has no gap, no duplicate and one order although the connection is cut again and again', async () => {
    const [writer, reader] = [await open(), await open()];
    const { tail, chats, epochs } = await follow(reader.chatLog, 'a', 'b');
    const stopping = new AbortController();
    let sent = 0;
    const sending = (async () => {
      while (!stopping.signal.aborted) {
        await append(writer.chatLog, ['a', 'b', 'c'][sent % 3] as string, `m${sent}`, `n${sent}`);
        sent++;
      }
    })();
    for (let round = 0; round < 5; round++) {
      const before = chats.length;
      await redis.ask(redis.url, (client) => client.client('KILL', 'TYPE', 'pubsub'));
      await until(() => chats.length > before + 20, 'messages arrive again');
    }
    stopping.abort();
    await sending;
    const { epoch, offset } = await tail.head();
    const all = (await writer.chatLog.of('main').read({ epoch, offset: 0 }, offset)) ?? [];
    expect(offsets(chats)).toEqual(offsets(all.filter(({ room }) => room !== 'c')));
    expect(epochs).toEqual([]);
  });

  test('a restart of Redis loses nothing of a followed room', async () => {
    const [writer, reader] = [await open(), await open()];
    const { chats, epochs } = await follow(reader.chatLog, 'a');
    await append(writer.chatLog, 'a', 'm1', 'm2');
    await redis.down();
    await redis.up();
    await until(() => writer.isReady(), 'the log is whole');
    await append(writer.chatLog, 'a', 'm3');
    await append(writer.chatLog, 'b', 'm4');
    await append(writer.chatLog, 'a', 'm5');
    await until(() => chats.length === 4, 'all are delivered');
    expect(chats.map(({ id }) => id)).toEqual(['m1', 'm2', 'm3', 'm5']);
    expect(epochs).toEqual([]);
  });

  test('a log that was lost begins a new epoch, whose entries are delivered', async () => {
    const [writer, reader] = [await open(), await open()];
    const { chats, epochs } = await follow(reader.chatLog, 'a');
    await append(writer.chatLog, 'a', 'm1');
    await until(() => chats.length === 1, 'the first is delivered');
    await redis.ask(redis.url, (client) => client.flushall());
    await until(() => epochs.length === 1, 'the epoch begins');
    await until(() => append(writer.chatLog, 'a', 'm2').then(() => true), 'the log is whole');
    await until(() => chats.length >= 2, 'the next is delivered');
    expect(chats.at(-1)).toMatchObject({ id: 'm2', epoch: epochs[0]?.epoch });
  });

  test('what an older version appends is delivered, and before what is appended after it', async () => {
    const [writer, reader] = [await open(), await open()];
    const { chats } = await follow(reader.chatLog, 'a');
    const { epoch } = await writer.chatLog.of('main').head();
    await append(writer.chatLog, 'a', 'new1');
    await appendSilently(epoch, 2, 'old2', 'a');
    await appendSilently(epoch, 3, 'old3', 'b');
    await append(writer.chatLog, 'a', 'new4');
    await until(() => chats.length === 3, 'the first three are delivered');
    await appendSilently(epoch, 5, 'old5', 'a');
    await until(() => chats.length === 4, 'the last is delivered without another append');
    await append(writer.chatLog, 'a', 'new6');
    await until(() => chats.length === 5, 'the next is delivered');
    expect(chats.map(({ id }) => id)).toEqual(['new1', 'old2', 'new4', 'old5', 'new6']);
  });

  test('a message that was erased while the process was cut off is delivered without its text', async () => {
    const [writer, reader] = [await open(), await open()];
    const { chats } = await follow(reader.chatLog, 'a');
    const { epoch } = await writer.chatLog.of('main').head();
    await appendSilently(epoch, 1, 'a secret', 'a');
    await writer.chatLog.erase(1);
    await redis.ask(redis.url, (client) => client.client('KILL', 'TYPE', 'pubsub'));
    await append(writer.chatLog, 'a', 'm2');
    await until(() => chats.length === 2, 'both are delivered');
    expect(chats.map(({ offset, hidden }) => ({ offset, hidden }))).toEqual([
      { offset: 1, hidden: true },
      { offset: 2, hidden: false },
    ]);
  });

  test('following fails with UNAVAILABLE while Redis is down, and works after its restart', async () => {
    const reader = await open();
    const { tail, chats } = await follow(reader.chatLog, 'a');
    await redis.down();
    await until(() => !reader.isReady(), 'the connection is lost');
    await expect(tail.follow('b')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(tail.head()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await redis.up();
    await until(() => reader.isReady(), 'the log is whole');
    await until(() => tail.follow('b').then(() => true), 'the room is followed');
    await append(reader.chatLog, 'b', 'm1');
    await tail.head();
    expect(chats.map(({ id }) => id)).toEqual(['m1']);
  });
});
