import { TestApp, type Person } from '../support/app';
import {
  CreateRoomDocument,
  InsightReadyDocument,
  LogoutDocument,
  MoodChangedDocument,
  NewChatDocument,
  RecentChatsDocument,
  RoomActivityDocument,
  RoomsDocument,
  SetTypingDocument,
} from '../support/generated/graphql';
import { until } from '../support/until';

let app: TestApp;
let person: Person;
const DAY = 86_400_000;

beforeAll(async () => {
  app = await TestApp.start({ FLUSH_INTERVAL_MS: '50' });
  person = await app.person();
});

const texts = (stream: { items: { newChat: { text: string } }[] }) => stream.items.map(({ newChat }) => newChat.text);

describe('newChat', () => {
  test('without a cursor delivers new messages, also to clients without a token', async () => {
    await app.send(person, 'before');
    const stream = app.subscribe(NewChatDocument, {});
    await until(async () => (await app.ask(RoomsDocument, {})).rooms[0]?.online, 'the reader is online');
    const sent = await app.send(person, 'after');
    await until(() => stream.items.length > 0, 'a message arrives');
    expect(stream.items).toEqual([{ newChat: sent }]);
    stream.stop();
  });

  test('after a cursor delivers missed messages and then new ones, without gaps or duplicates', async () => {
    const { recentChats } = await app.ask(RecentChatsDocument, {});
    const wanted: string[] = [];
    const say = async (text: string) => {
      wanted.push(text);
      await app.send(person, text);
    };
    for (let i = 0; i < 30; i++) await say(`missed ${i}`);
    const stream = app.subscribe(NewChatDocument, { after: recentChats.cursor });
    for (let i = 0; i < 30; i++) await say(`live ${i}`);
    await until(() => stream.items.length >= 60, 'all messages have arrived');
    expect(texts(stream)).toEqual(wanted);
    const middle = stream.items[20]?.newChat.cursor ?? '';
    const again = app.subscribe(NewChatDocument, { after: middle });
    await until(() => again.items.length >= 39, 'the rest has arrived again');
    expect(texts(again)).toEqual(wanted.slice(21));
    stream.stop();
    again.stop();
  });

  test('delivers the messages of its room only', async () => {
    await app.ask(CreateRoomDocument, { input: { id: 'pond', title: 'Pond' } }, person.accessToken);
    const { recentChats } = await app.ask(RecentChatsDocument, { room: 'pond' });
    const stream = app.subscribe(NewChatDocument, { room: 'pond', after: recentChats.cursor });
    await app.send(person, 'in main');
    await app.send(person, 'in the pond', 'pond');
    await until(() => stream.items.length > 0, 'a message arrives');
    expect(texts(stream)).toEqual(['in the pond']);
    stream.stop();
  });

  test.each([
    ['an unknown room', { room: 'nowhere' }, 'NOT_FOUND'],
    ['the room __proto__', { room: '__proto__' }, 'NOT_FOUND'],
    ['an invalid cursor', { after: 'garbage' }, 'BAD_USER_INPUT'],
    ['an empty cursor', { after: '' }, 'BAD_USER_INPUT'],
  ])('for %s is an error for that subscription', async (_, variables, code) => {
    const stream = app.subscribe(NewChatDocument, variables);
    await until(() => stream.ended, 'it is refused');
    expect(stream.errors).toEqual([expect.objectContaining({ extensions: expect.objectContaining({ code }) as object })]);
  });

  test('with a cursor of another room is refused', async () => {
    const { recentChats } = await app.ask(RecentChatsDocument, {});
    const stream = app.subscribe(NewChatDocument, { room: 'pond', after: recentChats.cursor });
    await until(() => stream.ended, 'it is refused');
    expect(stream.errors).toEqual([
      expect.objectContaining({ extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }) as object }),
    ]);
  });

  test('with a cursor of another installation is refused with CURSOR_EXPIRED', async () => {
    const other = await TestApp.start();
    const { recentChats } = await other.ask(RecentChatsDocument, {});
    const stream = app.subscribe(NewChatDocument, { after: recentChats.cursor });
    await until(() => stream.ended, 'it is refused');
    expect(stream.errors).toEqual([expect.objectContaining({ extensions: { code: 'CURSOR_EXPIRED' } })]);
  });
});

test('roomActivity of an anonymous room publishes who types by alias, and nobody’s name when people come and leave', async () => {
  const activity = app.subscribe(RoomActivityDocument, {});
  await until(() => activity.items.length > 0, 'the watcher sees itself come');
  const alias = (await app.send(person, 'who am I')).author;
  const presence = app.subscribe(NewChatDocument, {}, person.accessToken);
  const seen = (kind: string, author: string | null) =>
    activity.items.some(({ roomActivity }) => roomActivity.kind === kind && roomActivity.author === author);
  await until(() => activity.items.some(({ roomActivity }) => roomActivity.online === 2), 'the writer comes');
  await app.ask(SetTypingDocument, { typing: true }, person.accessToken);
  await until(() => seen('TYPING', alias), 'the writer writes');
  await app.ask(SetTypingDocument, { typing: false }, person.accessToken);
  await until(() => seen('STOPPED_TYPING', alias), 'the writer has stopped');
  presence.stop();
  await until(() => seen('LEFT', null), 'the writer leaves');
  expect(seen('JOINED', alias) || seen('LEFT', alias)).toBe(false);
  const { errors } = await app.post(SetTypingDocument, { room: 'nowhere', typing: true }, person.accessToken);
  expect(errors[0]?.extensions).toEqual({ code: 'NOT_FOUND', field: 'room' });
  activity.stop();
});

test('moodChanged publishes the mood of the last hour when a message changes it', async () => {
  const moods = app.subscribe(MoodChangedDocument, { room: 'pond' });
  await until(async () => {
    await app.send(person, '정말 행복하고 기뻐요', 'pond');
    return moods.items.length > 0;
  }, 'the mood changes');
  expect(moods.items[0]?.moodChanged).toMatchObject({ room: 'pond' });
  expect(moods.items.at(-1)?.moodChanged.messageCount).toBeGreaterThan(0);
  moods.stop();
});

test('insightReady publishes a scheduled insight as it is stored', async () => {
  const ready = app.subscribe(InsightReadyDocument, {});
  let now = Date.now();
  await until(async () => {
    await app.app.runInsights((now += DAY));
    return ready.items.length > 0;
  }, 'a letter comes');
  expect(ready.items[0]?.insightReady).toMatchObject({ room: 'main', scheduled: true, source: 'LOCAL' });
  ready.stop();
});

test('a logout closes the sockets of its session only', async () => {
  const leaver = await app.person();
  const [own, other] = [app.wsClient(leaver.accessToken), app.wsClient(person.accessToken)];
  const closed: number[] = [];
  own.on('closed', (event) => closed.push((event as { code: number }).code));
  other.on('closed', () => closed.push(0));
  for (const client of [own, other]) {
    client.subscribe(
      { query: 'subscription { newChat { id } }' },
      { next: () => undefined, error: () => undefined, complete: () => undefined },
    );
    await new Promise<void>((resolve) =>
      client.on('connected', () => {
        resolve();
      }),
    );
  }
  await app.ask(LogoutDocument, {}, leaver.accessToken);
  await until(() => closed.length > 0, 'the socket closes');
  expect(closed).toEqual([4403]);
});
