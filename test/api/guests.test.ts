import { PASSWORD, TestApp, type Person } from '../support/app';
import {
  ChangePasswordDocument,
  ClaimAccountDocument,
  CreateRoomDocument,
  DeleteAccountDocument,
  EnterAsGuestDocument,
  LoginDocument,
  MeDocument,
  RecentChatsDocument,
  RefreshDocument,
  RegisterDocument,
} from '../support/generated/graphql';
import { until } from '../support/until';

let app: TestApp;
let hour = 0;
/** Ahead by the hours that a test sets. */
const clock = { now: () => Date.now() + hour * 3_600_000 };
beforeAll(async () => {
  app = await TestApp.start({ ADMINS: 'chief', REFRESH_EXPIRES_IN: '1d' }, { clock });
});

const code = (answer: { errors: readonly { extensions: Record<string, unknown> }[] }) => answer.errors[0]?.extensions;
const enter = async (language = 'en'): Promise<Person & { id: string }> => {
  const { data } = await app.post(EnterAsGuestDocument, {}, undefined, { 'accept-language': language });
  if (!data) throw new Error('not entered');
  const { user, ...tokens } = data.enterAsGuest;
  return { ...tokens, ...user };
};
const claim = (input: { username: string; password: string; email?: string }, token?: string) =>
  app.post(ClaimAccountDocument, { input }, token);

test('a guest has a readable name in the language of the browser, writes, and keeps the session by refreshing', async () => {
  const [korean, english] = [await enter('ko-KR,ko;q=0.9'), await enter()];
  expect(korean.username).toMatch(/^[가-힣]+_\d{4}$/);
  expect(english.username).toMatch(/^[a-z]+_[a-z]+_\d{4}$/);
  await app.send(korean, '손님이 남긴 글');
  const { refresh } = await app.ask(RefreshDocument, { refreshToken: korean.refreshToken });
  expect((await app.ask(MeDocument, {}, refresh.accessToken)).me).toMatchObject({ username: korean.username, messageCount: 1 });
});

test('claimAccount keeps id, messages and sessions, and sets name, password and e-mail address', async () => {
  const guest = await enter();
  await app.send(guest, 'written as a guest');
  const { data } = await claim({ username: 'mina', password: PASSWORD, email: 'mina@example.org' }, guest.accessToken);
  expect(data?.claimAccount).toEqual({
    ...{ id: guest.id, username: 'mina', email: 'mina@example.org', isGuest: false, messageCount: 1 },
  });
  expect((await app.ask(MeDocument, {}, guest.accessToken)).me?.username).toBe('mina');
  const { refresh } = await app.ask(RefreshDocument, { refreshToken: guest.refreshToken });
  expect((await app.ask(MeDocument, {}, refresh.accessToken)).me?.username).toBe('mina');
  for (const login of ['mina', 'mina@example.org'])
    expect((await app.post(LoginDocument, { input: { login, password: PASSWORD } })).errors).toEqual([]);
  expect(code(await claim({ username: 'mina2', password: PASSWORD }, refresh.accessToken))).toEqual({ code: 'CONFLICT' });
});

test('claimAccount refuses names and e-mail addresses of others, and then changes nothing', async () => {
  await app.ask(RegisterDocument, { input: { username: 'taken', password: PASSWORD, email: 'taken@example.org' } });
  const guest = await enter();
  const refused = async (input: Parameters<typeof claim>[0]) => code(await claim(input, guest.accessToken));
  expect(await refused({ username: 'Taken', password: PASSWORD })).toEqual({ code: 'USERNAME_TAKEN', field: 'username' });
  expect(await refused({ username: 'free_name', password: PASSWORD, email: 'taken@example.org' })).toEqual({
    ...{ code: 'CONFLICT', field: 'email' },
  });
  expect(await refused({ username: 'free_name', password: 'short1' })).toEqual({ code: 'BAD_USER_INPUT', field: 'password' });
  expect((await app.ask(MeDocument, {}, guest.accessToken)).me?.username).toBe(guest.username);
  expect(code(await claim({ username: 'free_name', password: PASSWORD }))).toEqual({
    code: 'UNAUTHENTICATED',
    reason: 'NO_TOKEN',
  });
});

test('a guest has no password: none logs in, changes one, or is needed for deleting the account', async () => {
  const guest = await enter();
  for (const password of ['', '-', 'null', PASSWORD]) {
    const input = { login: guest.username, password };
    expect(code(await app.post(LoginDocument, { input }))).toMatchObject({ reason: 'WRONG_CREDENTIALS' });
  }
  const change = { currentPassword: '', newPassword: PASSWORD };
  expect(code(await app.post(ChangePasswordDocument, change, guest.accessToken))).toMatchObject({ field: 'currentPassword' });
  expect(await app.ask(DeleteAccountDocument, { password: '' }, guest.accessToken)).toEqual({ deleteAccount: true });
  expect(code(await app.post(MeDocument, {}, guest.accessToken))).toMatchObject({ reason: 'SESSION_ENDED' });
  expect((await app.post(RegisterDocument, { input: { username: guest.username, password: PASSWORD } })).errors).toEqual([]);
});

test('a guest without an open session and without a message for 30 days is deleted; the messages stay without their author', async () => {
  const chief = await app.person('chief');
  await app.ask(CreateRoomDocument, { input: { id: 'open', title: 'Open' } }, chief.accessToken);
  const guest = await enter();
  await app.send(guest, 'a note that stays', 'open');
  const texts = async () => (await app.ask(RecentChatsDocument, { room: 'open' })).recentChats.items;
  expect(await texts()).toMatchObject([{ author: guest.username, text: 'a note that stays' }]);
  hour = 31 * 24;
  app = await app.restart({ clock });
  await until(async () => (await texts())[0]?.author === '(deleted)', 'the author is removed');
  expect(await texts()).toMatchObject([{ text: 'a note that stays', hidden: false }]);
  expect((await app.post(RegisterDocument, { input: { username: guest.username, password: PASSWORD } })).errors).toEqual([]);
});
