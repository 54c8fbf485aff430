import { PASSWORD, TestApp, type Person } from '../support/app';
import {
  ChangePasswordDocument,
  EndSessionDocument,
  ExportMyDataDocument,
  LoginDocument,
  MeDocument,
  NewChatDocument,
  SessionsDocument,
} from '../support/generated/graphql';
import { until } from '../support/until';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});

const code = (answer: { errors: readonly { extensions: Record<string, unknown> }[] }) => answer.errors[0]?.extensions;
const login = (username: string, password = PASSWORD) => app.post(LoginDocument, { input: { login: username, password } });
const again = async ({ username }: Person): Promise<string> => {
  const { data } = await login(username);
  return data?.login.accessToken ?? '';
};
const NEW = 'another-pass-2';

test('changePassword ends all other sessions and closes their sockets, and keeps the session of the request', async () => {
  const person = await app.person();
  const other = await again(person);
  let closedWith = 0;
  const client = app.wsClient(other);
  client.on('closed', (event) => (closedWith = (event as { code: number }).code));
  client.subscribe(
    { query: 'subscription { newChat { id } }' },
    { next: () => undefined, error: () => undefined, complete: () => undefined },
  );
  await new Promise<void>((resolve) =>
    client.on('connected', () => {
      resolve();
    }),
  );
  const stays = app.subscribe(NewChatDocument, {}, person.accessToken);

  const changed = await app.ask(ChangePasswordDocument, { currentPassword: PASSWORD, newPassword: NEW }, person.accessToken);
  expect(changed).toEqual({ changePassword: true });
  expect(code(await app.post(MeDocument, {}, other))).toEqual({ code: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' });
  await until(() => closedWith === 4403, 'the socket of the other session is closed');
  expect((await app.ask(MeDocument, {}, person.accessToken)).me?.username).toBe(person.username);
  expect(code(await login(person.username))).toMatchObject({ reason: 'WRONG_CREDENTIALS' });
  expect((await login(person.username, NEW)).errors).toEqual([]);
  await until(async () => {
    await app.send(person, 'still here');
    return stays.items.length > 0;
  }, 'the socket of this session receives messages');
  expect(stays.ended).toBe(false);
});

test('changePassword with a wrong current or an invalid new password changes nothing and ends no session', async () => {
  const person = await app.person();
  const other = await again(person);
  const change = (currentPassword: string, newPassword: string) =>
    app.post(ChangePasswordDocument, { currentPassword, newPassword }, person.accessToken);
  expect(code(await change('wrong-pass-1', NEW))).toEqual({ code: 'BAD_USER_INPUT', field: 'currentPassword' });
  expect(code(await change(PASSWORD, 'short1'))).toEqual({ code: 'BAD_USER_INPUT', field: 'newPassword' });
  expect(code(await change(PASSWORD, 'a1'.repeat(36) + 'x'))).toEqual({ code: 'BAD_USER_INPUT', field: 'newPassword' });
  expect((await app.ask(MeDocument, {}, other)).me?.username).toBe(person.username);
  expect((await login(person.username)).errors).toEqual([]);
});

test('the viewer lists their sessions and ends one of them', async () => {
  const person = await app.person();
  const other = await again(person);
  const { sessions } = await app.ask(SessionsDocument, {}, person.accessToken);
  expect(sessions.map(({ current }) => current)).toEqual([true, false]);
  const [mine, theirs] = sessions;
  expect(new Date(mine?.expiresAt ?? 0).getTime()).toBeGreaterThan(new Date(mine?.createdAt ?? 0).getTime());

  const stranger = await app.person();
  const ofStranger = await app.post(EndSessionDocument, { id: theirs?.id ?? '' }, stranger.accessToken);
  expect(code(ofStranger)).toEqual({ code: 'NOT_FOUND' });
  expect((await app.ask(MeDocument, {}, other)).me?.username).toBe(person.username);

  expect(await app.ask(EndSessionDocument, { id: theirs?.id ?? '' }, person.accessToken)).toEqual({ endSession: true });
  expect(code(await app.post(MeDocument, {}, other))).toMatchObject({ reason: 'SESSION_ENDED' });
  expect(code(await app.post(EndSessionDocument, { id: theirs?.id ?? '' }, person.accessToken))).toEqual({ code: 'NOT_FOUND' });
  expect((await app.ask(SessionsDocument, {}, person.accessToken)).sessions).toHaveLength(1);
});

test('exportMyData returns account, sessions and messages of the viewer and nothing of others', async () => {
  const person = await app.person();
  await app.send(await app.person(), 'of somebody else');
  for (let i = 0; i < 3; i++) await app.send(person, `mine ${i}`);
  const { exportMyData } = await app.ask(ExportMyDataDocument, {}, person.accessToken);
  expect(exportMyData).toMatchObject({
    account: { username: person.username, email: null },
    sessions: [{ id: expect.any(String) as string }],
    page: 1,
    hasMore: false,
  });
  expect((exportMyData['messages'] as { text: string }[]).map(({ text }) => text)).toEqual(['mine 2', 'mine 1', 'mine 0']);
  expect(JSON.stringify(exportMyData)).not.toMatch(/password|\$2b\$|somebody else/);
  expect(code(await app.post(ExportMyDataDocument, { page: 0 }, person.accessToken))).toMatchObject({ field: 'page' });
});

test('sessions and exportMyData fail with UNAUTHENTICATED without a token', async () => {
  for (const field of ['sessions { id }', 'exportMyData']) {
    expect(code(await app.postRaw({ query: `{ ${field} }` }))).toEqual({ code: 'UNAUTHENTICATED', reason: 'NO_TOKEN' });
  }
});
