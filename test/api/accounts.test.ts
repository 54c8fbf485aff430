import { PASSWORD, TestApp } from '../support/app';
import {
  ChatLogsDocument,
  LoginDocument,
  LogoutDocument,
  LogoutEverywhereDocument,
  MeDocument,
  RefreshDocument,
  RegisterDocument,
  UsernameAvailableDocument,
} from '../support/generated/graphql';

let app: TestApp;
const clock = { offset: 0 };

beforeAll(async () => {
  app = await TestApp.start({}, { clock: { now: () => Date.now() + clock.offset } });
});
afterEach(() => {
  clock.offset = 0;
});

const register = (username: string, password = PASSWORD, email?: string) =>
  app.post(RegisterDocument, { input: { username, password, email: email ?? null } });
const login = (name: string, password = PASSWORD) => app.post(LoginDocument, { input: { login: name, password } });
const code = (answer: { errors: readonly { extensions: Record<string, unknown> }[] }) => answer.errors[0]?.extensions;

describe('register', () => {
  test('creates an account and opens a session', async () => {
    const { data, status } = await register('mina', PASSWORD, 'Mina@Example.org');
    expect(status).toBe(200);
    expect(data?.register.user).toMatchObject({ username: 'mina', email: 'Mina@Example.org', messageCount: 0 });
    const { me } = await app.ask(MeDocument, {}, data?.register.accessToken);
    expect(me).toMatchObject({ id: data?.register.user.id, username: 'mina', email: 'Mina@Example.org' });
    expect(new Date(data?.register.accessTokenExpiresAt as string).getTime()).toBeGreaterThan(Date.now() + 3_500_000);
  });

  test.each(['MINA', 'ｍｉｎａ', ' mina '])('refuses the username %j, which is another spelling of mina', async (username) => {
    expect(code(await register(username))).toMatchObject({ code: 'USERNAME_TAKEN', field: 'username' });
    expect(await app.ask(UsernameAvailableDocument, { username })).toEqual({ usernameAvailable: false });
  });

  test('refuses an e-mail address in use and keeps the username free', async () => {
    expect(code(await register('other_mina', PASSWORD, 'MINA@example.org'))).toMatchObject({ code: 'CONFLICT', field: 'email' });
    expect(await app.ask(UsernameAvailableDocument, { username: 'other_mina' })).toEqual({ usernameAvailable: true });
  });

  test('succeeds once when one username is registered ten times in parallel', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => register('race')));
    expect(answers.filter(({ data }) => data).length).toBe(1);
    expect(answers.filter((answer) => code(answer)?.['code'] === 'USERNAME_TAKEN').length).toBe(9);
  });

  test.each([
    ['username', { username: 'a!', password: PASSWORD }],
    ['password', { username: 'fresh_name', password: 'short1' }],
    ['password', { username: 'fresh_name', password: 'a1'.repeat(36) + 'a' }],
    ['email', { username: 'fresh_name', password: PASSWORD, email: 'nowhere' }],
  ])('names an invalid %s and stores nothing: %j', async (field, input) => {
    expect(code(await app.post(RegisterDocument, { input }))).toMatchObject({ code: 'BAD_USER_INPUT', field });
    expect(await app.ask(UsernameAvailableDocument, { username: 'fresh_name' })).toEqual({ usernameAvailable: true });
  });
});

describe('login', () => {
  test('accepts username and e-mail address regardless of case', async () => {
    await register('yuna', PASSWORD, 'yuna@example.org');
    for (const name of ['yuna', 'YUNA', 'yuna@example.org', 'Yuna@EXAMPLE.org']) {
      expect((await login(name)).data?.login.user.username).toBe('yuna');
    }
  });

  test('gives the same answer for an unknown user, a wrong password and a password above the 72 bytes of bcrypt', async () => {
    await register('haru', 'a1'.repeat(36));
    const answers = [await login('haru', 'wrong-pass-1'), await login('nobody'), await login('haru', `${'a1'.repeat(36)}x`)];
    for (const answer of answers) {
      expect(answer.errors).toEqual(answers[0]?.errors);
      expect(code(answer)).toEqual({ code: 'UNAUTHENTICATED', reason: 'WRONG_CREDENTIALS' });
    }
  });
});

describe('a session', () => {
  test('continues by refresh, each refresh token once', async () => {
    const person = await app.person();
    const first = await app.ask(RefreshDocument, { refreshToken: person.refreshToken });
    const second = await app.ask(RefreshDocument, { refreshToken: first.refresh.refreshToken });
    expect((await app.ask(MeDocument, {}, second.refresh.accessToken)).me?.username).toBe(person.username);
  });

  test('ends when an old refresh token is used again; other sessions stay open', async () => {
    const person = await app.person();
    const other = (await login(person.username)).data?.login;
    const next = (await app.ask(RefreshDocument, { refreshToken: person.refreshToken })).refresh;
    const reuse = await app.post(RefreshDocument, { refreshToken: person.refreshToken });
    expect(code(reuse)).toEqual({ code: 'UNAUTHENTICATED', reason: 'REFRESH_REUSED' });
    expect(code(await app.post(MeDocument, {}, next.accessToken))).toEqual({ code: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' });
    expect(code(await app.post(RefreshDocument, { refreshToken: next.refreshToken }))).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect((await app.ask(MeDocument, {}, other?.accessToken)).me?.username).toBe(person.username);
  });

  test('ends with logout and stays ended after a restart', async () => {
    const person = await app.person();
    expect(await app.ask(LogoutDocument, {}, person.accessToken)).toEqual({ logout: true });
    expect(code(await app.post(MeDocument, {}, person.accessToken))).toMatchObject({ reason: 'SESSION_ENDED' });
    app = await app.restart({ clock: { now: () => Date.now() + clock.offset } });
    expect(code(await app.post(MeDocument, {}, person.accessToken))).toMatchObject({ reason: 'SESSION_ENDED' });
    expect(code(await app.post(RefreshDocument, { refreshToken: person.refreshToken }))).toMatchObject({
      reason: 'SESSION_ENDED',
    });
  });

  test('ends on every device with logoutEverywhere', async () => {
    const person = await app.person();
    const other = (await login(person.username)).data?.login;
    await app.ask(LogoutEverywhereDocument, {}, person.accessToken);
    for (const token of [person.accessToken, other?.accessToken]) {
      expect(code(await app.post(MeDocument, {}, token))).toMatchObject({ reason: 'SESSION_ENDED' });
    }
    expect((await login(person.username)).data?.login.user.username).toBe(person.username);
  });

  test('survives a restart of the server', async () => {
    const person = await app.person();
    app = await app.restart({ clock: { now: () => Date.now() + clock.offset } });
    expect((await app.ask(MeDocument, {}, person.accessToken)).me?.username).toBe(person.username);
    expect((await app.ask(RefreshDocument, { refreshToken: person.refreshToken })).refresh.user.username).toBe(person.username);
  });

  test('can be refreshed after its access token expired, but not after the session expired', async () => {
    const person = await app.person();
    clock.offset = 2 * 3_600_000;
    expect(code(await app.post(MeDocument, {}, person.accessToken))).toMatchObject({ reason: 'TOKEN_EXPIRED' });
    const { refresh } = await app.ask(RefreshDocument, { refreshToken: person.refreshToken }, person.accessToken);
    clock.offset += 31 * 86_400_000;
    expect(code(await app.post(RefreshDocument, { refreshToken: refresh.refreshToken }))).toMatchObject({
      reason: 'SESSION_ENDED',
    });
  });
});

describe('an invalid token', () => {
  test.each(['Bearer nonsense', 'Basic dXNlcjpwYXNz', 'Bearer', 'Bearer a.b.c'])(
    '%s fails public queries too, with HTTP 200',
    async (authorization) => {
      const answer = await app.postRaw({ query: '{ recentChats { cursor } }' }, undefined, { authorization });
      expect(answer.status).toBe(200);
      expect(code(answer)).toEqual({ code: 'UNAUTHENTICATED', reason: 'TOKEN_INVALID' });
    },
  );

  test('does not fail register, login and refresh', async () => {
    const person = await app.person();
    const bad = 'nonsense';
    expect((await app.post(LoginDocument, { input: { login: person.username, password: PASSWORD } }, bad)).errors).toEqual([]);
    expect((await app.post(RefreshDocument, { refreshToken: person.refreshToken }, bad)).errors).toEqual([]);
    expect((await app.post(RegisterDocument, { input: { username: 'with_bad_token', password: PASSWORD } }, bad)).errors).toEqual(
      [],
    );
  });

  test('has another error than no token', async () => {
    expect(await app.ask(MeDocument, {})).toEqual({ me: null });
    expect(code(await app.post(ChatLogsDocument, {}))).toEqual({ code: 'UNAUTHENTICATED', reason: 'NO_TOKEN' });
  });
});
