import { PASSWORD, type Collected, type Person, type TestApp } from '../support/app';
import { Cluster } from '../support/cluster';
import {
  ChatLogsDocument,
  InsightDocument,
  InsightReadyDocument,
  LoginDocument,
  LogoutDocument,
  MoodDocument,
  NewChatDocument,
  RecentChatsDocument,
  RoomActivityDocument,
  RoomsDocument,
  SetTypingDocument,
  type NewChatSubscription,
} from '../support/generated/graphql';
import { withServices } from '../support/services';
import type { Unmasked } from '../support/unmasked';
import { until } from '../support/until';

const DAY = 86_400_000;

const texts = (stream: Collected<Unmasked<NewChatSubscription>>) => stream.items.map(({ newChat }) => newChat.text);
const cursorAt = async (api: TestApp) => (await api.ask(RecentChatsDocument, { first: 1 })).recentChats.cursor;

withServices(['redis', 'mongo'], (services) => {
  let cluster: Cluster;
  let api1: TestApp, api2: TestApp, live1: TestApp, live2: TestApp, worker: TestApp;
  let mina: Person;

  beforeAll(async () => {
    // Nothing is stored before the worker stops: what is read is in the log alone.
    // And a second text of the same words would be refused.
    cluster = await Cluster.on(services, { FLUSH_INTERVAL_MS: '60000', RATE_SAME_TEXT: '1/1h' });
    [api1, api2, live1, live2, worker] = await Promise.all([
      cluster.start('api'),
      cluster.start('api'),
      cluster.start('live'),
      cluster.start('live'),
      cluster.start('worker'),
    ]);
    mina = await api1.person('mina');
  });

  test('each process opens only the ports of its roles, and shows its roles on /readyz', async () => {
    expect([api1.app.urls.ws, live1.app.urls.http, worker.app.urls.ws]).toEqual(['', '', '']);
    const readyz = async (url: string) => (await fetch(new URL('/readyz', url.replace('ws:', 'http:')))).text();
    expect(await readyz(api1.app.urls.http)).toBe('ready\nroles: api\nengine: clustered\n');
    expect(await readyz(live1.app.urls.ws)).toBe('ready\nroles: live\nengine: clustered\n');
    expect(await readyz(worker.app.urls.http)).toBe('ready\nroles: worker\nengine: clustered\n');
    expect((await fetch(worker.app.urls.http, { method: 'POST' })).status).toBe(404);
  });

  test('a user registered on one process logs in and sends on another, and every live process delivers in one order', async () => {
    const { login } = await api2.ask(LoginDocument, { input: { login: 'mina', password: PASSWORD } });
    const after = await cursorAt(api2);
    const heard = [live1, live2].map((live) => live.subscribe(NewChatDocument, { after }));
    const again = { ...mina, accessToken: login.accessToken };
    const sent = await Promise.all(Array.from({ length: 40 }, (_, i) => (i % 2 ? api1 : api2).send(again, `message ${i}`)));
    await until(() => heard.every(({ items }) => items.length >= 40), 'all have come');
    const [one, two] = heard.map(({ items }) => items.map(({ newChat }) => newChat.id));
    expect(one?.toSorted()).toEqual(sent.map(({ id }) => id).toSorted());
    expect(two).toEqual(one);
    expect(new Set(sent.map(({ author }) => author)).size).toBe(1);
    for (const stream of heard) stream.stop();
  });

  test('a reader resumes at another live process from its last cursor', async () => {
    const first = live1.subscribe(NewChatDocument, { after: await cursorAt(api1) });
    for (const text of ['a', 'b', 'c']) await api1.send(mina, text);
    await until(() => first.items.length === 3, 'three have come');
    first.stop();
    for (const text of ['d', 'e']) await api2.send(mina, text);
    const second = live2.subscribe(NewChatDocument, { after: first.items[1]?.newChat.cursor ?? '' });
    await api1.send(mina, 'f');
    await until(() => second.items.length >= 4, 'the rest has come');
    expect(texts(second)).toEqual(['c', 'd', 'e', 'f']);
    second.stop();
  });

  test('a message sent many times at once over two processes is stored once', async () => {
    const sends = Array.from({ length: 50 }, (_, i) => (i % 2 ? api1 : api2).send(mina, 'once', 'main', 'the-same'));
    const ids = new Set((await Promise.all(sends)).map(({ id }) => id));
    expect(ids.size).toBe(1);
    const { recentChats } = await api1.ask(RecentChatsDocument, { first: 20 });
    expect(recentChats.items.filter(({ text }) => text === 'once')).toHaveLength(1);
  });

  test('history, own messages and mood are readable on every process before the worker stores them', async () => {
    const sent = await api1.send(mina, '오늘 정말 행복해요, what a lovely day');
    const { chatLogs } = await api2.ask(ChatLogsDocument, { page: 1, pageSize: 100 }, mina.accessToken);
    expect(chatLogs.items[0]).toEqual(sent);
    expect(chatLogs.items).toHaveLength(48);
    expect((await api2.ask(MoodDocument, {})).mood.messageCount).toBe(48);
  });

  test('presence and typing reach subscribers on other processes', async () => {
    const activity = live1.subscribe(RoomActivityDocument, {});
    await until(() => activity.items.length > 0, 'the watcher sees itself come');
    const { author: alias } = await api1.send(mina, 'who am I');
    const present = live2.subscribe(NewChatDocument, {}, mina.accessToken);
    const seen = (kind: string, author: string | null) =>
      activity.items.some(({ roomActivity }) => roomActivity.kind === kind && roomActivity.author === author);
    await until(() => activity.items.some(({ roomActivity }) => roomActivity.online === 2), 'the writer comes');
    expect((await api1.ask(RoomsDocument, {})).rooms[0]?.online).toBe(2);
    await api2.ask(SetTypingDocument, { typing: true }, mina.accessToken);
    await until(() => seen('TYPING', alias), 'the writer writes');
    present.stop();
    await until(() => seen('LEFT', null), 'the writer leaves');
    activity.stop();
  });

  test("the worker's letter is published by every live process and readable on every api process", async () => {
    const announced = [live1, live2].map((live) => live.subscribe(InsightReadyDocument, {}));
    // One letter a day until both subscriptions are active.
    let now = Date.now();
    await worker.app.runInsights(now);
    await until(async () => {
      await worker.app.runInsights((now += DAY));
      expect(announced.flatMap(({ errors }) => errors)).toEqual([]);
      return announced.every(({ items }) => items.length > 0);
    }, 'letters are announced');
    const { insight } = await api2.ask(InsightDocument, {});
    await until(() => announced.every(({ items }) => items.at(-1)?.insightReady.id === insight?.id), 'the last one is announced');
    for (const { items } of announced) expect(items.at(-1)?.insightReady).toEqual(insight);
    for (const stream of announced) stream.stop();
  });

  test('a logout on one process closes the sockets and refuses the token on all others', async () => {
    const guest = await api1.person();
    const client = live1.wsClient(guest.accessToken);
    const codes: number[] = [];
    client.on('closed', (event) => codes.push((event as { code: number }).code));
    client.subscribe(
      { query: 'subscription { newChat { id } }' },
      { next: () => undefined, error: () => undefined, complete: () => undefined },
    );
    await until(async () => (await api1.ask(RoomsDocument, {})).rooms[0]?.online === 1, 'the socket is open');
    await api2.ask(LogoutDocument, {}, guest.accessToken);
    await until(() => codes.length > 0, 'the socket is closed');
    expect(codes).toEqual([4403]);
    const { errors } = await api1.post(RoomsDocument, {}, guest.accessToken);
    expect(errors[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' });
  });

  describe('while MongoDB is down', () => {
    let gone: Person;
    let stream: Collected<Unmasked<NewChatSubscription>>;
    let later: TestApp[];

    const refusedBy = async (answer: Promise<{ errors: readonly { extensions: Record<string, unknown> }[] }>) =>
      (await answer).errors[0]?.extensions;
    const UNAVAILABLE = { code: 'UNAVAILABLE', retryAfter: expect.any(Number) as number };

    beforeAll(async () => {
      gone = await api1.person();
      await api1.ask(LogoutDocument, {}, gone.accessToken);
      stream = live1.subscribe(NewChatDocument, { after: await cursorAt(api1) });
      await services.mongo.down();
    });

    test('messages are sent, delivered and replayed, and recentChats answers', async () => {
      await Promise.all([api1.send(mina, 'away 1'), api2.send(mina, 'away 2')]);
      await until(() => stream.items.length >= 2, 'both have come');
      expect(texts(stream).toSorted()).toEqual(['away 1', 'away 2']);
      const { recentChats } = await api2.ask(RecentChatsDocument, { first: 2 });
      expect(recentChats.items.map(({ text }) => text)).toEqual(texts(stream));
    });

    test('operations that need the store answer UNAVAILABLE with retryAfter', async () => {
      const input = { username: 'late', password: PASSWORD };
      const register = {
        query: 'mutation ($input: RegisterInput!) { register(input: $input) { accessToken } }',
        variables: { input },
      };
      expect(await refusedBy(api1.postRaw(register))).toEqual(UNAVAILABLE);
      expect(await refusedBy(api1.post(LoginDocument, { input: { login: 'mina', password: PASSWORD } }))).toEqual(UNAVAILABLE);
    });

    test('api and live start: tokens, rooms and cursors are valid, ended sessions stay ended', async () => {
      later = await Promise.all([cluster.start('api'), cluster.start('live')]);
      const [api, live] = later as [TestApp, TestApp];
      await api.send(mina, 'away 3');
      const replayed = live.subscribe(NewChatDocument, { after: stream.items[0]?.newChat.cursor ?? '' });
      await until(() => replayed.items.length >= 2, 'the rest has come');
      expect(texts(replayed)).toEqual([texts(stream)[1], 'away 3']);
      replayed.stop();
      const send = (room: string) => ({
        query: 'mutation ($input: SendChatInput!) { sendChat(input: $input) { id } }',
        variables: { input: { clientMessageId: 'x', room, text: 'x' } },
      });
      expect(await refusedBy(api.postRaw(send('nowhere'), mina.accessToken))).toEqual({ ...UNAVAILABLE, stored: 'unknown' });
      expect(await refusedBy(api.postRaw(send('main'), gone.accessToken))).toEqual({
        code: 'UNAUTHENTICATED',
        reason: 'SESSION_ENDED',
      });
    });

    test('everything works again once MongoDB is up, and the log is stored', async () => {
      await services.mongo.up();
      await until(() => api1.person().catch(() => undefined), 'somebody registers');
      await worker.stop();
      const state = () => services.redis.ask(cluster.env['REDIS_URL'] ?? '', (redis) => redis.hgetall('jb:{log0}:state'));
      const drainer = await cluster.start('worker', { FLUSH_INTERVAL_MS: '100' });
      const { offset } = await state();
      await until(async () => (await state())['committed'] === offset, 'all is stored');
      const { chatLogs } = await api2.ask(ChatLogsDocument, { page: 1, pageSize: 3 }, mina.accessToken);
      expect(chatLogs.items.map(({ text }) => text)).toEqual(['away 3', ...texts(stream).slice(0, 2).toReversed()]);
      await Promise.all([...later, drainer].map((app) => app.stop()));
    });
  });
});
