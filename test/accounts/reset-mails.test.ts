import { ResetMails } from '../../src/accounts/reset-mails';
import { SmtpMailer } from '../../src/adapters/smtp/smtp-mailer';
import type { Logger } from '../../src/ports/logger';
import type { ResetRequest } from '../../src/ports/password-reset-store';
import { hashOfToken } from '../../src/accounts/reset-link';
import { NOON, user } from '../contracts/samples';
import { openEngine } from '../support/engine';
import { MailServer, tokenIn } from '../support/mail-server';

const MINUTE_MS = 60_000;
const going = new AbortController().signal;

/** A worker on a real mail server, with a clock that the test sets. */
async function setup() {
  const server = await MailServer.start();
  const clock = { at: NOON, now: () => clock.at };
  const engine = await openEngine({ clock });
  const lines: string[] = [];
  const log = (level: string) => (_: object, text: string) => void lines.push(`${level}: ${text}`);
  const logger = { warn: log('warn'), error: log('error') } as unknown as Logger;
  const { passwordResetStore: resets, userStore: users, lease } = engine;
  await users.create(user('1', { username: 'mina', email: 'Mina@example.org', emailKey: 'mina@example.org' }));
  const worker = (holder = 'one') =>
    new ResetMails({
      ...{ resets, users, lease, holder, clock, logger, pageUrl: 'https://wall.example' },
      mailer: new SmtpMailer({ url: server.url, from: 'The Wall <wall@example.org>' }),
    });
  const enqueue = (userId = '1', rest: Partial<ResetRequest> = {}) =>
    resets.enqueue({ userId, locale: 'en', requestedAt: clock.at, dueAt: clock.at, failures: 0, ...rest }, 100);
  const waiting = () => resets.due(Number.MAX_SAFE_INTEGER, 100);
  return { server, clock, engine, lines, worker, enqueue, waiting };
}

test('sends a mail whose link has a token that is valid for one hour, and stores only its hash', async () => {
  const { server, engine, worker, enqueue, waiting } = await setup();
  await enqueue();
  await worker().run(going);
  await worker().run(going);
  expect(server.received).toHaveLength(1);
  const [mail] = server.received;
  expect(mail).toMatchObject({ from: 'wall@example.org', to: 'Mina@example.org' });
  expect(mail?.content).toMatch(/^From: The Wall <wall@example\.org>/m);
  expect(mail?.content).toMatch(/^Subject: Set a new password for Jungle Buzz/m);
  expect(mail?.content).toMatch(/^Auto-Submitted: auto-generated/m);
  const token = tokenIn(mail?.content);
  expect(token).toHaveLength(43);
  expect(mail?.content.match(new RegExp(`https://wall\\.example/reset\\?token=${token}`, 'g'))).toHaveLength(2);
  const { passwordResetStore: resets } = engine;
  expect(await resets.findToken(hashOfToken(token), NOON + 60 * MINUTE_MS - 1)).toBe('1');
  expect(await resets.findToken(hashOfToken(token), NOON + 60 * MINUTE_MS)).toBeUndefined();
  expect(await resets.findToken(token, NOON)).toBeUndefined();
  expect(await waiting()).toEqual([]);
});

test('writes the mail in the language of the request, as plain text and as HTML', async () => {
  const { server, worker, enqueue } = await setup();
  await enqueue('1', { locale: 'ko' });
  await worker().run(going);
  const content = server.received[0]?.content ?? '';
  expect(content).toContain('Content-Type: text/plain');
  expect(content).toContain('mina 님, 안녕하세요.\n');
  expect(content).toContain('<html lang="ko">');
  expect(content).toContain('새 비밀번호 정하기</a>');
});

test('drops requests of accounts that do not exist or have no e-mail address, and sends the others', async () => {
  const { server, engine, worker, enqueue, waiting } = await setup();
  await engine.userStore.create(user('2'));
  for (const id of ['-', '2', '1']) await enqueue(id);
  await worker().run(going);
  expect(server.received.map(({ to }) => to)).toEqual(['Mina@example.org']);
  expect(await waiting()).toEqual([]);
});

test('tries again after a pause that doubles, until the mail server accepts the mail', async () => {
  const { server, clock, lines, worker, enqueue, waiting } = await setup();
  server.refuseWith = 451;
  await enqueue();
  await worker().run(going);
  expect(await waiting()).toMatchObject([{ dueAt: NOON + 30_000, failures: 1 }]);
  await worker().run(going);
  expect(server.connections).toBe(1);
  clock.at += 30_000;
  await worker().run(going);
  expect(await waiting()).toMatchObject([{ dueAt: NOON + 90_000, failures: 2 }]);
  server.refuseWith = undefined;
  clock.at += MINUTE_MS;
  await worker('another process, after a restart').run(going);
  expect(server.received).toHaveLength(1);
  expect(await waiting()).toEqual([]);
  expect(lines).toEqual(Array(2).fill('warn: a mail was not sent; trying again'));
});

test('drops a mail that could not be sent for an hour, with an error in the log', async () => {
  const { server, clock, lines, worker, enqueue, waiting } = await setup();
  await server.stop();
  await enqueue();
  while ((await waiting()).length > 0) {
    clock.at = (await waiting())[0]?.dueAt ?? 0;
    await worker().run(going);
  }
  expect(lines.at(-1)).toBe('error: a mail could not be sent for an hour and is dropped');
  expect(lines).toHaveLength(10);
  expect(clock.at).toBeLessThanOrEqual(NOON + 60 * MINUTE_MS);
});

test('drops a mail whose recipient the mail server refuses for good', async () => {
  const { server, lines, worker, enqueue, waiting } = await setup();
  server.refuseWith = 550;
  await enqueue();
  await worker().run(going);
  expect(await waiting()).toEqual([]);
  expect(lines).toEqual(['warn: the mail server refuses an address; the mail is dropped']);
});

test('of two workers, the holder of the lease sends', async () => {
  const { server, engine, worker, enqueue, waiting } = await setup();
  await enqueue();
  await engine.lease.acquire('reset-mails', 'another', MINUTE_MS);
  await worker().run(going);
  expect([server.connections, (await waiting()).length]).toEqual([0, 1]);
  await engine.lease.release('reset-mails', 'another');
  await Promise.all([worker('one').run(going), worker('two').run(going)]);
  expect(server.received).toHaveLength(1);
});

describe('the mailer', () => {
  const mail = { to: 'mina@example.org', subject: 'x', text: 'x', html: 'x' };

  test('sends no password to a server without TLS', async () => {
    const passwords: unknown[] = [];
    const server = await MailServer.start({
      allowInsecureAuth: true,
      onAuth: ({ password }, _, done) => {
        passwords.push(password);
        done(null, { user: 'mina' });
      },
    });
    const url = server.url.replace('//', '//mina:secret@');
    await expect(new SmtpMailer({ url, from: 'a@b.de' }).send(mail)).rejects.toThrow();
    expect([passwords, server.received]).toEqual([[], []]);
  });

  test('sends nothing over TLS with a certificate that nobody vouches for', async () => {
    // The server warns of its own certificate.
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const server = await MailServer.start({ hideSTARTTLS: false });
    await expect(new SmtpMailer({ url: server.url, from: 'a@b.de' }).send(mail)).rejects.toThrow(/certificate/);
    expect(server.received).toEqual([]);
  });

  test('sends to the address alone, whatever it contains', async () => {
    const server = await MailServer.start();
    const mailer = new SmtpMailer({ url: server.url, from: 'a@b.de' });
    await mailer.send({ ...mail, to: 'mina@example.org\r\nBcc: eve@example.org' }).catch(() => undefined);
    expect(server.received.map(({ to }) => to).join()).not.toContain('eve');
    expect(server.received.map(({ content }) => content).join()).not.toMatch(/^Bcc/m);
  });
});
