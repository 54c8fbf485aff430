import WebSocket from 'ws';
import { processLogger } from '../../src/app/process-logger';
import { TestApp } from '../support/app';
import {
  LoginDocument,
  RefreshDocument,
  RegisterDocument,
  RequestPasswordResetDocument,
  ResetPasswordDocument,
  SendChatDocument,
} from '../support/generated/graphql';
import { MailServer, tokenIn } from '../support/mail-server';
import { until } from '../support/until';

const PASSWORD = 'canary-password-1';
const EMAIL = 'canary-mail@example.org';
const TEXT = 'canary text of a message';

/** Log lines of a process with LOG_LEVEL=debug. */
const lines: string[] = [];
const logger = processLogger('debug', { write: (line) => void lines.push(line) });

test('no log line contains a token, password, e-mail address or message text, whichever request fails', async () => {
  const mails = await MailServer.start();
  const app = await TestApp.start(
    { RATE_SAME_TEXT: '1/1h', RATE_LOGIN_FREE_TRIES: '1', SMTP_URL: mails.url, PUBLIC_URL: 'http://wall.example' },
    {},
    undefined,
    logger,
  );
  const input = { username: 'canary', password: PASSWORD, email: EMAIL };
  const { register } = await app.ask(RegisterDocument, { input });
  const { accessToken, refreshToken } = register;
  const send = (clientMessageId: string, text = TEXT) =>
    app.post(SendChatDocument, { input: { clientMessageId, room: 'main', text } }, accessToken);

  await app.post(RegisterDocument, { input });
  for (let i = 0; i < 3; i++) await app.post(LoginDocument, { input: { login: EMAIL, password: `${PASSWORD}-wrong` } });
  for (const [id, text] of [['1'], ['1', `${TEXT} changed`], ['2'], ['3', `${TEXT}\0`]] as const) await send(id, text);
  for (let i = 0; i < 2; i++) await app.post(RefreshDocument, { refreshToken });
  await send('4');
  await app.postRaw(`{"query": "${TEXT} ${PASSWORD}`);
  await app.postRaw({ query: `mutation { login(input: { login: "${EMAIL}", password: 7 "${PASSWORD}" }) }` });
  await app.postRaw({ query: `mutation { login(input: { login: "${EMAIL}", password: "${PASSWORD}", x: 1 }) { user { id } } }` });
  await app.postRaw({ query: `query ($a: Int!) { me { id } }`, variables: { a: { password: PASSWORD, text: TEXT } } });
  await app.postRaw({ query: '{ me { id } }' }, `${accessToken}x`);
  await badSocket(app.app.urls.ws, { authorization: `Bearer ${accessToken}x` }, TEXT);
  await badSocket(app.app.urls.ws, { authorization: { accessToken } }, PASSWORD);
  await app.post(RequestPasswordResetDocument, { login: EMAIL });
  await until(() => mails.received.length > 0, 'the mail arrives');
  const resetToken = tokenIn(mails.received[0]?.content);
  for (const accept of ['text/html', 'application/json'])
    await fetch(new URL(`/reset?token=${resetToken}`, app.app.urls.http), { headers: { accept } });
  await app.postRaw({ query: `mutation { resetPassword(token: "${resetToken}", newPassword: "${PASSWORD}", x: 1) { id } }` });
  await app.post(ResetPasswordDocument, { token: resetToken, newPassword: `${PASSWORD}2` });
  await app.post(ResetPasswordDocument, { token: resetToken, newPassword: `${PASSWORD}3` });
  await app.stop();

  expect(lines.length).toBeGreaterThan(0);
  expect(resetToken).toHaveLength(43);
  for (const secret of [
    PASSWORD,
    EMAIL,
    'canary-mail',
    TEXT,
    resetToken,
    accessToken,
    refreshToken,
    accessToken.split('.')[2] ?? '',
  ]) {
    expect(lines.filter((line) => line.includes(secret))).toEqual([]);
  }
});

/** Sends connection_init, then something that is not a protocol message. */
async function badSocket(url: string, payload: object, text: string): Promise<void> {
  const socket = new WebSocket(url, 'graphql-transport-ws');
  let closed = false;
  socket.on('close', () => (closed = true));
  socket.on('open', () => {
    socket.send(JSON.stringify({ type: 'connection_init', payload }));
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: `subscription { ${text} } {` } }));
    socket.send(text);
  });
  await until(() => closed, 'the socket is closed');
}

test('log lines contain the source of a driver’s error, but no values from it', () => {
  lines.length = 0;
  const cause = Object.assign(new Error(`E11000 duplicate key, dup key: { emailKey: "${EMAIL}" }`), {
    code: 11000,
    writeErrors: [{ err: { op: { text: TEXT } } }],
  });
  const address = 'https://wall.example/reset?token=canary-token';
  const err = new Error(
    `cannot read "${address}": connect mongodb://user:${PASSWORD}@db.example failed for ${EMAIL}, eyJhbGciOi.J9${TEXT.length}.abc`,
    {
      cause,
    },
  );
  logger.warn({ err, input: { password: PASSWORD, text: TEXT }, accessToken: PASSWORD }, 'a batch failed');
  logger.child({ part: 'x' }).error({ err: cause }, 'again');
  expect(lines.join()).toMatch(/E11000.*dup key.*db\.example|db\.example.*E11000/);
  for (const secret of [PASSWORD, EMAIL, TEXT, 'eyJ', 'canary-token']) expect(lines.join()).not.toContain(secret);
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ err: { type: 'Error', code: 11000 }, part: 'x', msg: 'again' });
});
