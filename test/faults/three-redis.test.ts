import { type Collected, type Person, type TestApp } from '../support/app';
import { Cluster } from '../support/cluster';
import {
  CreateRoomDocument,
  NewChatDocument,
  RecentChatsDocument,
  SendChatDocument,
  type NewChatSubscription,
} from '../support/generated/graphql';
import { withServices } from '../support/services';
import type { Unmasked } from '../support/unmasked';
import { until } from '../support/until';
import { RedisServers } from './redis-servers';

const PARTITIONS = 16;
const LOST = 1;

withServices(['redis', 'mongo'], (services) => {
  let servers: RedisServers;
  let apis: readonly TestApp[];
  let mina: Person;
  /** One room on each Redis server. */
  let rooms: readonly string[];
  let streams: readonly Collected<Unmasked<NewChatSubscription>>[];
  const sent = new Map<string, string[]>();

  const [roomOfLost, roomsElsewhere] = [() => rooms[LOST] ?? '', () => rooms.filter((_, server) => server !== LOST)];
  /** Sends through both processes. @returns the codes of the refusals */
  const send = async (room: string, text: string): Promise<readonly unknown[]> => {
    const answers = await Promise.all(
      apis.map((api) =>
        api.post(SendChatDocument, { input: { clientMessageId: `${text} ${room}`, room, text } }, mina.accessToken),
      ),
    );
    if (answers.some(({ errors }) => errors.length === 0)) sent.get(room)?.push(text);
    return answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions['code']));
  };
  const delivered = (room: string) => streams[rooms.indexOf(room)]?.items.map(({ newChat }) => newChat.text);

  beforeAll(async () => {
    servers = await RedisServers.start(3, PARTITIONS);
    const cluster = await Cluster.on(services, { REDIS_URL: servers.url, LOG_PARTITIONS: String(PARTITIONS) });
    apis = [await cluster.start('api,live,worker'), await cluster.start('api,live,worker')];
    const [first] = apis as [TestApp];
    mina = await first.person();
    rooms = servers.all.map((_, server) => {
      for (let n = 0; ; n++) if (servers.holding(`room-${n}`) === server) return `room-${n}`;
    });
    for (const id of rooms) {
      sent.set(id, []);
      await first.ask(CreateRoomDocument, { input: { id, title: id } }, mina.accessToken);
    }
    streams = await Promise.all(
      rooms.map(async (room, i) => {
        const app = apis[i % apis.length] ?? first;
        const { cursor: after } = (await app.ask(RecentChatsDocument, { room, first: 1 })).recentChats;
        return app.subscribe(NewChatDocument, { room, after });
      }),
    );
    for (const room of rooms) expect(await send(room, 'before')).toEqual([]);
  });
  afterAll(() => servers.stop());

  test('rooms on other servers are written and read while one Redis is down, and its own rooms answer UNAVAILABLE', async () => {
    await servers.at(LOST).service.down();
    for (let i = 0; i < 20; i++) {
      for (const room of roomsElsewhere()) expect([room, await send(room, `meanwhile ${i}`)]).toEqual([room, []]);
    }
    expect(await send(roomOfLost(), 'refused')).toEqual(['UNAVAILABLE', 'UNAVAILABLE']);
    for (const room of roomsElsewhere()) {
      await until(() => delivered(room)?.length === sent.get(room)?.length, `everything is delivered in ${room}`);
    }
  });

  test('its rooms go on by themselves when it is back', async () => {
    await servers.at(LOST).service.up();
    await until(async () => (await send(roomOfLost(), 'after')).length === 0, 'both processes accept messages again');
    for (const room of rooms) {
      await send(room, 'last');
      await until(() => delivered(room)?.includes('last'), `the last message is delivered in ${room}`);
    }
  });

  test('every room has its messages once and in the order of their acknowledgements, in its stream and in its history', async () => {
    for (const room of rooms) {
      const expected = [...new Set(sent.get(room))];
      expect([room, delivered(room)]).toEqual([room, expected]);
      for (const app of apis) {
        const { items } = (await app.ask(RecentChatsDocument, { room, first: 100 })).recentChats;
        expect(items.map(({ text }) => text)).toEqual(expected);
      }
    }
  });
});
