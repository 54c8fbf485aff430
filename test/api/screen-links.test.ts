import { randomUUID } from 'node:crypto';
import { TestApp } from '../support/app';
import { NewChatDocument } from '../support/generated/graphql';
import { until } from '../support/until';

const DAY_MS = 24 * 3_600_000;
let later = 0;

test('a screen link reads one private room for a day, does nothing else, and is revoked by the next', async () => {
  const app = await TestApp.start({ RATE_LIMITS: 'off' }, { clock: { now: () => Date.now() + later } });
  const host = await app.person();
  const stranger = await app.person();
  const ask = (query: string, token: string) => app.postRaw<Record<string, never>>({ query }, token);
  const codeOf = async (query: string, token: string) => (await ask(query, token)).errors[0]?.extensions['code'];
  const create = await app.postRaw<{ createRoom: { id: string } }>(
    { query: 'mutation { createRoom(input: { title: "den", visibility: PRIVATE }) { id } }' },
    host.accessToken,
  );
  const room = create.data?.createRoom.id ?? '';
  await app.send(host, 'only for us', room);
  const link = async () => {
    const query = `mutation { createScreenLink(room: "${room}") { url expiresAt } }`;
    const { data } = await app.postRaw<{ createScreenLink: { url: string } }>({ query }, host.accessToken);
    return new URL(data?.createScreenLink.url ?? '');
  };
  expect(await codeOf(`mutation { createScreenLink(room: "${room}") { url } }`, stranger.accessToken)).toBe('NOT_FOUND');
  expect(await codeOf('mutation { createScreenLink(room: "main") { url } }', host.accessToken)).toBe('FORBIDDEN');
  const { pathname, hash } = await link();
  expect(pathname).toBe(`/rooms/${room}/screen`);
  const token = hash.slice(1);

  const recent = `{ recentChats(room: "${room}") { items { text } } room(id: "${room}") { title } main: room(id: "main") { title } }`;
  expect((await ask(recent, token)).data).toEqual({
    recentChats: { items: [{ text: 'only for us' }] },
    room: { title: 'den' },
    main: null,
  });
  expect(await codeOf('{ recentChats { items { text } } }', token)).toBe('NOT_FOUND');
  const input = `{ clientMessageId: "${randomUUID()}", room: "${room}", text: "no" }`;
  for (const query of [
    `mutation { sendChat(input: ${input}) { id } }`,
    `{ chats(room: "${room}", first: 1) { edges { node { id } } } }`,
    `{ insight(room: "${room}") { id } }`,
    '{ me { username } }',
    '{ myRooms { id } }',
    'mutation { logout }',
    `mutation { createScreenLink(room: "${room}") { url } }`,
  ]) {
    expect([query, await codeOf(query, token)]).toEqual([query, 'FORBIDDEN']);
  }
  expect(await codeOf(recent, `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).toBe('UNAUTHENTICATED');

  const live = app.subscribe(NewChatDocument, { room }, token);
  await until(async () => {
    await app.send(host, 'live', room);
    return live.items.length > 0;
  });
  // The screen is nobody in the room.
  expect((await ask(`{ room(id: "${room}") { online } }`, host.accessToken)).data).toEqual({ room: { online: 0 } });
  const next = (await link()).hash.slice(1);
  await until(() => live.ended);
  expect(JSON.stringify(live.errors)).toContain('FORBIDDEN');
  expect(await codeOf(recent, token)).toBe('NOT_FOUND');
  expect((await ask(recent, next)).errors).toEqual([]);
  later = DAY_MS;
  expect(await codeOf(recent, next)).toBe('UNAUTHENTICATED');
}, 30_000);
