import { decodeCursor, encodeCursor } from '../../src/domain/position';
import { TestApp, type Person } from '../support/app';
import {
  AuthorNameDocument,
  ChatLogsDocument,
  ChatsDocument,
  CreateRoomDocument,
  MeDocument,
  RecentChatsDocument,
  RoomsDocument,
  SendChatDocument,
  type ChatsQueryVariables,
} from '../support/generated/graphql';

/** Every read is tested from the log's tail, from the store after a flush, and with both in one page. */
describe.each([
  ['unflushed', { FLUSH_INTERVAL_MS: '60000' }],
  ['flushed at once', { FLUSH_INTERVAL_MS: '0' }],
  ['half flushed', { FLUSH_INTERVAL_MS: '60000', FLUSH_MAX_MESSAGES: '7' }],
])('reading messages that are %s', (_, env) => {
  let app: TestApp;
  let writer: Person;
  let other: Person;
  const texts = Array.from({ length: 25 }, (_, i) => `message ${i}`);

  beforeAll(async () => {
    app = await TestApp.start(env);
    writer = await app.person();
    other = await app.person();
    await app.ask(CreateRoomDocument, { input: { id: 'garden', title: 'Garden' } }, writer.accessToken);
    for (const [i, text] of texts.entries()) {
      await app.send(writer, text, 'garden');
      if (i % 3 === 0) await app.send(other, `aside ${i}`);
    }
  });

  const chats = async (args: ChatsQueryVariables) => {
    const { chats: connection } = await app.ask(ChatsDocument, { room: 'garden', ...args });
    return { texts: connection.edges.map(({ node }) => node.text), ...connection.pageInfo };
  };

  test('chatLogs returns the author’s messages, newest first, in pages of ten', async () => {
    const pages = [];
    for (let page = 1; ; page++) {
      const { chatLogs } = await app.ask(ChatLogsDocument, { page }, writer.accessToken);
      expect(chatLogs).toMatchObject({ page, pageSize: 10 });
      pages.push(chatLogs.items.map(({ text }) => text));
      if (!chatLogs.hasMore) break;
    }
    expect(pages.map((page) => page.length)).toEqual([10, 10, 5]);
    expect(pages.flat()).toEqual(texts.toReversed());
  });

  test('hasMore is false when the last message ends a page', async () => {
    const { chatLogs } = await app.ask(ChatLogsDocument, { page: 5, pageSize: 5 }, writer.accessToken);
    expect([chatLogs.items.length, chatLogs.hasMore]).toEqual([5, false]);
    const beyond = await app.ask(ChatLogsDocument, { page: 6, pageSize: 5 }, writer.accessToken);
    expect([beyond.chatLogs.items.length, beyond.chatLogs.hasMore]).toEqual([0, false]);
  });

  test('messageCount counts the messages of the author', async () => {
    expect((await app.ask(MeDocument, {}, writer.accessToken)).me?.messageCount).toBe(25);
    expect((await app.ask(MeDocument, {}, other.accessToken)).me?.messageCount).toBe(9);
  });

  test('recentChats returns the newest messages of the room, oldest first', async () => {
    const { recentChats } = await app.ask(RecentChatsDocument, { room: 'garden', first: 4 });
    expect(recentChats.items.map(({ text }) => text)).toEqual(texts.slice(-4));
  });

  test('chats pages back in time by first and after', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    for (;;) {
      const page: Awaited<ReturnType<typeof chats>> = await chats({ first: 7, after });
      expect(page.hasPreviousPage).toBe(after !== null);
      seen.push(...page.texts);
      if (!page.hasNextPage) break;
      after = page.endCursor ?? null;
    }
    expect(seen).toEqual(texts.toReversed());
  });

  test('chats pages forward in time by last and before', async () => {
    const seen: string[] = [];
    let before: string | null = null;
    for (;;) {
      const page: Awaited<ReturnType<typeof chats>> = await chats({ last: 6, before });
      expect(page.hasNextPage).toBe(before !== null);
      seen.unshift(...page.texts);
      if (!page.hasPreviousPage) break;
      before = page.startCursor ?? null;
    }
    expect(seen).toEqual(texts.toReversed());
  });

  test('chats returns the messages between two cursors', async () => {
    const all = await app.ask(ChatsDocument, { room: 'garden', first: 25 });
    const cursor = (i: number) => all.chats.edges[i]?.cursor as string;
    const between = texts.toReversed().slice(4, 20);
    expect((await chats({ first: 100, after: cursor(3), before: cursor(20) })).texts).toEqual(between);
    expect((await chats({ first: 5, after: cursor(3), before: cursor(20) })).texts).toEqual(between.slice(0, 5));
    expect((await chats({ last: 5, after: cursor(3), before: cursor(20) })).texts).toEqual(between.slice(-5));
  });

  test('chats reports a neighbouring page on the side of the given cursor', async () => {
    const [newest] = (await app.ask(ChatsDocument, { room: 'garden', first: 1 })).chats.edges;
    expect(await chats({ first: 1, after: newest?.cursor ?? null })).toMatchObject({
      texts: ['message 23'],
      hasPreviousPage: true,
    });
    const [oldest] = (await app.ask(ChatsDocument, { room: 'garden', last: 1 })).chats.edges;
    expect(await chats({ last: 1, before: oldest?.cursor ?? null })).toMatchObject({ texts: ['message 1'], hasNextPage: true });
  });

  test('chats returns twenty messages without first and last', async () => {
    expect((await chats({})).texts).toEqual(texts.toReversed().slice(0, 20));
  });

  test('chats returns the same messages and cursors after a restart', async () => {
    const before = await app.ask(ChatsDocument, { room: 'garden', first: 100 });
    app = await app.restart();
    expect(await app.ask(ChatsDocument, { room: 'garden', first: 100 })).toEqual(before);
  });
});

describe('sendChat', () => {
  let app: TestApp;
  let person: Person;
  beforeAll(async () => {
    app = await TestApp.start();
    person = await app.person();
  });
  const send = (input: Record<string, unknown>) =>
    app.postRaw<{ sendChat: { id: string } }>(
      {
        query: 'mutation ($input: SendChatInput!) { sendChat(input: $input) { id text sentAt cursor author } }',
        variables: { input },
      },
      person.accessToken,
    );
  const count = async () => (await app.ask(MeDocument, {}, person.accessToken)).me?.messageCount;

  test('returns the first message when it is repeated, at once and after a restart', async () => {
    const input = { clientMessageId: 'again', room: 'main', text: 'only once' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => app.ask(SendChatDocument, { input }, person.accessToken)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    app = await app.restart();
    expect(await app.ask(SendChatDocument, { input }, person.accessToken)).toEqual(answers[0]);
    expect(await count()).toBe(1);
  });

  test('fails with CONFLICT for another text or room under the same clientMessageId', async () => {
    await app.ask(CreateRoomDocument, { input: { id: 'elsewhere', title: 'Elsewhere' } }, person.accessToken);
    for (const change of [{ text: 'something else' }, { room: 'elsewhere' }]) {
      const answer = await send({ clientMessageId: 'again', room: 'main', text: 'only once', ...change });
      expect(answer.errors[0]?.extensions).toMatchObject({ code: 'CONFLICT', field: 'clientMessageId' });
    }
    expect(await count()).toBe(1);
  });

  test('stores the same clientMessageId of another account as another message', async () => {
    const stranger = await app.person();
    const first = await app.send(person, 'mine', 'main', 'shared-id');
    expect((await app.send(stranger, 'yours', 'main', 'shared-id')).id).not.toBe(first.id);
  });

  test.each([
    ['text', { text: '' }],
    ['text', { text: ' \u200b\n' }],
    ['text', { text: 'x'.repeat(1001) }],
    ['text', { text: 'a\0b' }],
    ['text', { text: 'a\ud800' }],
    ['clientMessageId', { clientMessageId: '' }],
    ['clientMessageId', { clientMessageId: 'x'.repeat(129) }],
  ])('names an invalid %s and stores nothing: %j', async (field, bad) => {
    const before = await count();
    const answer = await send({ clientMessageId: 'bad', text: 'fine', ...bad });
    expect(answer.status).toBe(200);
    expect(answer.errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', field });
    expect(await count()).toBe(before);
  });

  test.each(['unknown', '__proto__', 'constructor', '../..', 'a:b*', 'x'.repeat(10_000)])(
    'fails with NOT_FOUND for the room %.20s, as all reads do',
    async (room) => {
      expect((await send({ clientMessageId: 'r', text: 'hello', room })).errors[0]?.extensions).toEqual({
        code: 'NOT_FOUND',
        field: 'room',
      });
      for (const query of [
        'recentChats(room: $room) { cursor }',
        'chats(room: $room) { edges { cursor } }',
        'mood(room: $room) { valence }',
        'insight(room: $room) { id }',
        'insights(room: $room) { edges { cursor } }',
      ]) {
        const answer = await app.postRaw({ query: `query ($room: ID!) { ${query} }`, variables: { room } });
        expect(answer.errors[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
      }
    },
  );

  test('refuses a text that is a number or an object before it is executed', async () => {
    for (const text of [5, { $gt: '' }, ['a'], null]) {
      const answer = await send({ clientMessageId: 'n', text });
      expect(answer.errors[0]?.extensions['code']).toBe('BAD_USER_INPUT');
      expect(answer.errors[0]?.message).toContain('text');
    }
  });

  test('fails with UNAUTHENTICATED without a token', async () => {
    const { errors } = await app.post(SendChatDocument, { input: { clientMessageId: 'x', text: 'hello' } });
    expect(errors[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED', reason: 'NO_TOKEN' });
  });
});

describe('cursors and pages', () => {
  let app: TestApp;
  let cursor: string;
  beforeAll(async () => {
    app = await TestApp.start();
    const person = await app.person();
    await app.ask(CreateRoomDocument, { input: { id: 'side', title: 'Side' } }, person.accessToken);
    cursor = (await app.send(person, 'hello')).cursor;
  });

  test('a cursor of another installation is expired', async () => {
    const stranger = await TestApp.start();
    const { errors } = await stranger.post(ChatsDocument, { after: cursor });
    expect(errors[0]?.extensions).toEqual({ code: 'CURSOR_EXPIRED', field: 'after' });
  });

  test('a cursor beyond the newest message is expired', async () => {
    const beyond = encodeCursor({ ...decodeCursor(cursor, 'after', 'main'), offset: 1_000_000 });
    const { errors } = await app.post(ChatsDocument, { after: beyond });
    expect(errors[0]?.extensions).toEqual({ code: 'CURSOR_EXPIRED', field: 'after' });
  });

  test.each([
    ['after', { after: '' }],
    ['after', { after: 'garbage' }],
    ['before', { before: 'AAAA' }],
    ['first', { first: 0 }],
    ['first', { first: -1 }],
    ['first', { first: 101 }],
    ['last', { last: 101 }],
    ['last', { first: 1, last: 1 }],
  ])('the error for an invalid %s names it: %j', async (field, args) => {
    expect((await app.post(ChatsDocument, args)).errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', field });
  });

  test('a cursor of another room is refused', async () => {
    const { errors } = await app.post(ChatsDocument, { room: 'side', after: cursor });
    expect(errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', field: 'after' });
  });

  test.each([
    ['page', { page: 0 }],
    ['pageSize', { pageSize: 0 }],
    ['pageSize', { pageSize: 101 }],
  ])('the error for an invalid %s of chatLogs names it', async (field, args) => {
    const { accessToken } = await app.person();
    expect((await app.post(ChatLogsDocument, args, accessToken)).errors[0]?.extensions).toEqual({
      code: 'BAD_USER_INPUT',
      field,
    });
  });
});

describe('rooms', () => {
  let app: TestApp;
  let person: Person;
  beforeAll(async () => {
    app = await TestApp.start({ ROOMS_MAX: '3' });
    person = await app.person();
  });
  const create = (input: { id: string; title: string; anonymous?: boolean }) =>
    app.post(CreateRoomDocument, { input }, person.accessToken);

  test('the room main exists from the start and is anonymous', async () => {
    expect((await app.ask(RoomsDocument, {})).rooms).toEqual([
      expect.objectContaining({ id: 'main', anonymous: true, online: 0 }),
    ]);
  });

  test('createRoom creates each id once, up to ROOMS_MAX rooms', async () => {
    expect((await create({ id: 'tea', title: '차 마시는 방' })).data?.createRoom).toMatchObject({ id: 'tea', anonymous: false });
    expect((await create({ id: 'tea', title: 'Again' })).errors[0]?.extensions).toEqual({ code: 'CONFLICT', field: 'id' });
    expect((await create({ id: 'Bad Id', title: 'x' })).errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', field: 'id' });
    expect((await create({ id: 'good', title: ' ' })).errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', field: 'title' });
    expect((await create({ id: 'secret', title: 'Secret', anonymous: true })).errors).toEqual([]);
    expect((await create({ id: 'fourth', title: 'x' })).errors[0]?.extensions).toMatchObject({ code: 'UNAVAILABLE' });
    expect((await app.ask(RoomsDocument, {})).rooms.map(({ id }) => id)).toEqual(['main', 'tea', 'secret']);
  });

  test('an anonymous room shows one alias per account and day, Korean in main, and another alias in another room', async () => {
    const [first, second] = [await app.send(person, 'one'), await app.send(person, 'two')];
    expect(first.author).toMatch(/^[가-힣]+( [가-힣]+){1,2}$/);
    expect(second.author).toBe(first.author);
    const secret = await app.send(person, 'three', 'secret');
    expect(secret.author).toMatch(/^[a-z]+ [a-z]+$/);
    expect((await app.send(person, 'four', 'tea')).author).toBe(person.username);
    const other = await app.person();
    expect((await app.send(other, 'five')).author).not.toBe(first.author);
  });

  test('authorName is the name that the next message of the viewer shows', async () => {
    const nameIn = async (room: string) => (await app.ask(AuthorNameDocument, { room }, person.accessToken)).authorName;
    const alias = await nameIn('main');
    expect((await app.send(person, 'one')).author).toBe(alias);
    expect(await nameIn('tea')).toBe(person.username);
    expect((await app.post(AuthorNameDocument, { room: 'main' })).errors[0]?.extensions).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    const nowhere = await app.post(AuthorNameDocument, { room: 'nowhere' }, person.accessToken);
    expect(nowhere.errors[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('the alias changes on the next day and survives a restart', async () => {
    const today = (await app.send(person, 'today')).author;
    const day = 86_400_000;
    app = await app.restart({ clock: { now: () => Date.now() + day } });
    const { refreshToken: _, ...rest } = person;
    const again = await app.postRaw<{ login: { accessToken: string } }>({
      query: 'mutation ($l: LoginInput!) { login(input: $l) { accessToken } }',
      variables: { l: { login: person.username, password: 'test-password-1' } },
    });
    person = { ...rest, refreshToken: '', accessToken: again.data?.login.accessToken ?? '' };
    const tomorrow = (await app.send(person, 'tomorrow')).author;
    expect(tomorrow).not.toBe(today);
    app = await app.restart({ clock: { now: () => Date.now() + day } });
    expect((await app.send(person, 'later')).author).toBe(tomorrow);
  });
});
