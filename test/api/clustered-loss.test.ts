import type { Logger } from '../../src/ports/logger';
import type { Collected, Person, TestApp } from '../support/app';
import { Cluster } from '../support/cluster';
import { NewChatDocument, RecentChatsDocument, type NewChatSubscription } from '../support/generated/graphql';
import { withServices } from '../support/services';
import type { Unmasked } from '../support/unmasked';
import { until } from '../support/until';

/** A logger that collects its errors. */
function alarms(kept: Record<string, unknown>[]): Logger {
  const ignore = () => undefined;
  const logger: Logger = {
    debug: ignore,
    info: ignore,
    warn: ignore,
    error: (fields, message) => kept.push({ ...fields, message }),
    child: () => logger,
  };
  return logger;
}

withServices(['redis', 'mongo'], (services) => {
  const alarmed: Record<string, unknown>[] = [];
  let cluster: Cluster;
  let api1: TestApp, api2: TestApp, live1: TestApp, live2: TestApp;
  let mina: Person;
  let streams: Collected<Unmasked<NewChatSubscription>>[];
  let oldCursor: string;

  const expired = [expect.objectContaining({ extensions: expect.objectContaining({ code: 'CURSOR_EXPIRED' }) as unknown })];
  const recent = async (api: TestApp) => (await api.ask(RecentChatsDocument, { first: 10 })).recentChats;

  beforeAll(async () => {
    cluster = await Cluster.on(services);
    const start = (roles: string) => cluster.start(roles, {}, alarms(alarmed));
    const [first, ...others] = await Promise.all([start('worker'), start('api'), start('api'), start('live'), start('live')]);
    [api1, api2, live1, live2] = others;
    mina = await api1.person();
    await api1.send(mina, 'stored');
    // A stop stores what waits; from here on nothing is.
    await first.stop();
    oldCursor = (await recent(api1)).cursor;
    streams = [live1, live2].map((live) => live.subscribe(NewChatDocument, { after: oldCursor }));
    await api1.send(mina, 'lost 1');
    await api2.send(mina, 'lost 2');
    await until(() => streams.every(({ items }) => items.length === 2), 'both are delivered');
    const { redis } = services;
    await redis.ask(cluster.env['REDIS_URL'] ?? '', (client) => client.flushdb());
  });

  test('a flush of Redis ends every open newChat with CURSOR_EXPIRED on every process', async () => {
    await until(() => streams.every(({ ended }) => ended), 'both streams end');
    for (const { errors, items } of streams) {
      expect(errors).toEqual(expired);
      expect(items).toHaveLength(2);
    }
  });

  test('one process logs an error with the number of lost messages', async () => {
    await until(() => alarmed.length > 0, 'the alarm');
    expect(alarmed).toEqual([expect.objectContaining({ lost: 2, message: expect.stringContaining('new epoch') as unknown })]);
  });

  test('messages sent after a flush follow the stored ones in one order', async () => {
    const send = (api: TestApp, text: string) => until(() => api.send(mina, text, 'main', text).catch(() => undefined), text);
    await send(api1, 'after 1');
    await send(api2, 'after 2');
    for (const api of [api1, api2]) {
      expect((await recent(api)).items.map(({ text }) => text)).toEqual(['stored', 'after 1', 'after 2']);
    }
  });

  test('a cursor of the previous epoch is expired on every process, and a new one is valid', async () => {
    for (const live of [live1, live2]) {
      const old = live.subscribe(NewChatDocument, { after: oldCursor });
      await until(() => old.ended, 'the old cursor is refused');
      expect(old.errors).toEqual(expired);
      const fresh = live.subscribe(NewChatDocument, { after: (await recent(api1)).items[1]?.cursor ?? '' });
      await until(() => fresh.items.length > 0, 'the new one is taken');
      expect(fresh.items[0]?.newChat.text).toBe('after 2');
      fresh.stop();
    }
  });
});
