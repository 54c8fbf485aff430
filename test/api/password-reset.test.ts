import { PASSWORD, TestApp } from '../support/app';
import {
  CreatePasswordResetDocument,
  LoginDocument,
  MeDocument,
  RegisterDocument,
  RequestPasswordResetDocument,
  ResetPasswordDocument,
} from '../support/generated/graphql';
import { MailServer, tokenIn } from '../support/mail-server';
import { until } from '../support/until';

const NEW = 'another-pass-2';
let app: TestApp;
let mails: MailServer;
beforeAll(async () => {
  mails = await MailServer.start();
  app = await TestApp.start({ SMTP_URL: mails.url, PUBLIC_URL: 'https://wall.example', ADMINS: 'chief' });
});

const code = (answer: { errors: readonly { extensions: Record<string, unknown> }[] }) => answer.errors[0]?.extensions;
const request = (login: string, language = 'en') =>
  app.post(RequestPasswordResetDocument, { login }, undefined, { 'accept-language': language });
const reset = (token: string, newPassword = NEW) => app.post(ResetPasswordDocument, { token, newPassword });

test('a forgotten password is replaced by the link of a mail, which ends all other sessions', async () => {
  const input = { username: 'mina', password: PASSWORD, email: 'mina@example.org' };
  const { register } = await app.ask(RegisterDocument, { input });
  expect(await request('mina@example.org', 'ko-KR,ko;q=0.9')).toMatchObject({ data: { requestPasswordReset: true }, errors: [] });
  await until(() => mails.received.length > 0, 'the mail arrives');
  const [mail] = mails.received;
  expect(mail).toMatchObject({ from: 'no-reply@wall.example', to: 'mina@example.org' });
  expect(mail?.content).toMatch(/mina 님, 안녕하세요[^]*https:\/\/wall\.example\/reset\?token=/);
  const token = tokenIn(mail?.content);

  expect(code(await reset(token, 'short1'))).toEqual({ code: 'BAD_USER_INPUT', field: 'newPassword' });
  const { data } = await reset(token);
  expect(data?.resetPassword.user.username).toBe('mina');
  expect((await app.ask(MeDocument, {}, data?.resetPassword.accessToken)).me?.username).toBe('mina');
  expect(code(await app.post(MeDocument, {}, register.accessToken))).toMatchObject({ reason: 'SESSION_ENDED' });
  expect(code(await reset(token))).toEqual({ code: 'BAD_USER_INPUT', field: 'token' });
  const login = async (password: string) => code(await app.post(LoginDocument, { input: { login: 'mina', password } }));
  expect(await login(PASSWORD)).toMatchObject({ reason: 'WRONG_CREDENTIALS' });
  expect(await login(NEW)).toBeUndefined();
});

test('the answer is the same for an unknown account and one without an e-mail address, and no mail is sent', async () => {
  const person = await app.person();
  const before = mails.received.length;
  for (const login of ['nobody_at_all', 'nobody@example.org', person.username, '', 'x'.repeat(10_000)])
    expect(await request(login)).toMatchObject({ status: 200, data: { requestPasswordReset: true }, errors: [] });
  const last = { username: 'last', password: PASSWORD, email: 'last@example.org' };
  await app.ask(RegisterDocument, { input: last });
  await request('last');
  await until(() => mails.received.length > before, 'a mail that was requested later arrives');
  expect(mails.received.slice(before).map(({ to }) => to)).toEqual(['last@example.org']);
});

test('an administrator makes a link for an account, which the audit log records', async () => {
  const chief = await app.person('chief');
  const person = await app.person();
  const { createPasswordReset } = await app.ask(CreatePasswordResetDocument, { username: person.username }, chief.accessToken);
  expect(createPasswordReset.url).toMatch(/^https:\/\/wall\.example\/reset\?token=[\w-]{43}$/);
  expect(new Date(createPasswordReset.expiresAt).getTime()).toBeGreaterThan(Date.now());
  expect((await reset(tokenIn(createPasswordReset.url))).data?.resetPassword.user.username).toBe(person.username);
  const { data } = await app.postRaw<{ auditLog: unknown[] }>(
    { query: '{ auditLog(first: 1) { actor action subject details } }' },
    chief.accessToken,
  );
  expect(data?.auditLog).toEqual([{ actor: 'chief', action: 'CREATE_PASSWORD_RESET', subject: '', details: person.username }]);
  const create = async (username: string, token?: string) =>
    code(await app.post(CreatePasswordResetDocument, { username }, token));
  expect(await create('nobody_at_all', chief.accessToken)).toEqual({ code: 'NOT_FOUND' });
  const other = await app.person();
  expect(await create(person.username, other.accessToken)).toEqual({ code: 'FORBIDDEN' });
  expect(await create(person.username)).toEqual({ code: 'UNAUTHENTICATED', reason: 'NO_TOKEN' });
});

test('a token that is no longer valid does not keep anybody from resetting a password', async () => {
  const bad = 'not a token';
  expect((await app.post(RequestPasswordResetDocument, { login: 'nobody_at_all' }, bad)).errors).toEqual([]);
  expect(code(await app.post(ResetPasswordDocument, { token: 'x', newPassword: NEW }, bad))).toMatchObject({ field: 'token' });
  expect(code(await app.post(CreatePasswordResetDocument, { username: 'mina' }, bad))).toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('the page of the link is served, and sends its address to nobody', async () => {
  const address = new URL('/reset?token=abc', app.app.urls.http);
  const response = await fetch(address, { headers: { accept: 'text/html' } });
  expect([response.status, response.headers.get('referrer-policy')]).toEqual([200, 'no-referrer']);
});
