import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { connect } from 'node:net';
import WebSocket from 'ws';
import { PASSWORD, type Person } from '../support/app';
import { underAttack, verdict, type Target } from '../support/attack';
import {
  ChangePasswordDocument,
  DeleteAccountDocument,
  LoginDocument,
  LogoutDocument,
  LogoutEverywhereDocument,
  MeDocument,
  RefreshDocument,
} from '../support/generated/graphql';
import { RawClient } from '../support/live-rig';
import { until } from '../support/until';

const SECRET = 'the secret of these tests, long enough';
const { attack, target } = underAttack('tokens', { JWT_SECRET: SECRET });

const now = Math.floor(Date.now() / 1000);
const HEADER = { alg: 'HS256', typ: 'at+jwt' };
const CLAIMS = { sid: 'sess', name: 'mina', sub: 'user', iss: 'jungle-buzz', aud: 'jungle-buzz-api', iat: now, exp: now + 600 };
const part = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
/** Signed with the secret of the server. */
const signed = (header: unknown, claims: unknown, secret: string | Buffer = SECRET): string => {
  const body = `${part(header)}.${part(claims)}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
};
const without = (claim: keyof typeof CLAIMS): object =>
  Object.fromEntries(Object.entries(CLAIMS).filter(([name]) => name !== claim));
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const rsaSigned = (): string => {
  const body = `${part({ alg: 'RS256', typ: 'at+jwt' })}.${part(CLAIMS)}`;
  return `${body}.${createSign('RSA-SHA256').update(body).sign(privateKey, 'base64url')}`;
};

const sockets: RawClient[] = [];
afterEach(() => {
  for (const { ws } of sockets.splice(0)) ws.terminate();
});
async function open(to: Target, token: string): Promise<RawClient> {
  const client = new RawClient(new WebSocket(to.ws, 'graphql-transport-ws'));
  sockets.push(client);
  await until(() => client.ws.readyState === WebSocket.OPEN);
  client.send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
  await until(() => client.closed ?? client.of('connection_ack').length > 0);
  return client;
}
/** Status of a request with the token. The server may answer before it has read the whole request. */
function statusOf(to: Target, token: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(to.http.port), to.http.hostname);
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('error', () => undefined).on('close', () => resolve(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 'no answer'));
    socket.write(`GET /graphql?query={me{id}} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  });
}
/** Answer of the API to the token, and close code of a socket with it. */
async function outcomeOf(to: Target, token: string): Promise<string> {
  const answer = await to.app.post(MeDocument, {}, token);
  const client = await open(to, token);
  const reason = answer.errors[0]?.extensions['reason'];
  return `${verdict(answer)}${typeof reason === 'string' ? ` ${reason}` : ''}, socket ${client.closed?.code ?? 'open'}`;
}

const INVALID = '200 UNAUTHENTICATED TOKEN_INVALID, socket 4403';
const EXPIRED = '200 UNAUTHENTICATED TOKEN_EXPIRED, socket 4403';
const ENDED = '200 UNAUTHENTICATED SESSION_ENDED, socket 4403';

describe('an access token', () => {
  const forged = (name: string, outcome: string, token: string): void => {
    attack(`an access token: ${name}`, outcome, (to) => outcomeOf(to, token));
  };
  forged('all claims valid; each of the following differs from it in one point', '200, socket open', signed(HEADER, CLAIMS));
  forged('alg none, no signature', INVALID, `${part({ ...HEADER, alg: 'none' })}.${part(CLAIMS)}.`);
  forged('alg None, with the signature of HS256', INVALID, signed({ ...HEADER, alg: 'None' }, CLAIMS));
  forged('alg RS256, signed with an RSA key', INVALID, rsaSigned());
  forged('alg RS256, signed with the HMAC key', INVALID, signed({ ...HEADER, alg: 'RS256' }, CLAIMS));
  forged('alg HS512 in the header alone', INVALID, signed({ ...HEADER, alg: 'HS512' }, CLAIMS));
  forged('another secret', INVALID, signed(HEADER, CLAIMS, 'another secret, which is long enough'));
  forged('an empty secret', INVALID, signed(HEADER, CLAIMS, Buffer.alloc(0)));
  forged('a kid that is a path', INVALID, signed({ ...HEADER, kid: '../../../../dev/null' }, CLAIMS, Buffer.alloc(0)));
  forged('a key in the header', INVALID, signed({ ...HEADER, jwk: { kty: 'oct', k: part('mine') } }, CLAIMS, 'mine'));
  forged('another issuer', INVALID, signed(HEADER, { ...CLAIMS, iss: 'somebody-else' }));
  forged('another audience', INVALID, signed(HEADER, { ...CLAIMS, aud: 'something-else' }));
  forged('another typ', INVALID, signed({ ...HEADER, typ: 'JWT' }, CLAIMS));
  forged('no exp', INVALID, signed(HEADER, without('exp')));
  forged('an exp that is a text', INVALID, signed(HEADER, { ...CLAIMS, exp: String(now + 600) }));
  forged('an exp of 1e20', INVALID, signed(HEADER, { ...CLAIMS, exp: 1e20 }));
  forged('an exp of Infinity, as 1e999', INVALID, signed(HEADER, JSON.stringify(CLAIMS).replace(/"exp":\d+/, '"exp":1e999')));
  forged('an exp a year away', EXPIRED, signed(HEADER, { ...CLAIMS, exp: now + 31_536_000 }));
  forged('an exp a second ago', EXPIRED, signed(HEADER, { ...CLAIMS, exp: now - 1 }));
  forged('an nbf in an hour', INVALID, signed(HEADER, { ...CLAIMS, nbf: now + 3_600 }));
  forged('no session', INVALID, signed(HEADER, without('sid')));
  forged('a session that is an object', INVALID, signed(HEADER, { ...CLAIMS, sid: { $gt: '' } }));
  forged('claims that are a text', INVALID, signed(HEADER, '"mina"'));
  forged('claims with the key __proto__', INVALID, signed(HEADER, `{"__proto__":${JSON.stringify(CLAIMS)}}`));
  forged('8 KB', INVALID, signed(HEADER, { ...CLAIMS, pad: 'x'.repeat(6_000) }));
  forged('a refresh token in its place', INVALID, 'session.1.0123456789012345678901234567890123456789012');

  attack('an access token: 1 MB', '431, socket 1009', async (to) => {
    const token = 'x'.repeat(1_000_000);
    const client = await open(to, token);
    return `${await statusOf(to, token)}, socket ${client.closed?.code ?? 'open'}`;
  });
});

describe('an ended session', () => {
  /** Also checks that an open socket of the session is closed within a second. */
  const ends = (name: string, end: (to: Target, person: Person) => Promise<unknown>): void => {
    attack(`${name}, then its token; an open socket of it is closed within a second`, ENDED, async (to) => {
      const person = await to.app.person();
      const client = await open(to, person.accessToken);
      expect(client.closed).toBeUndefined();
      await end(to, person);
      const endedAt = performance.now();
      await until(() => client.closed);
      expect(client.closed?.code).toBe(4403);
      expect(performance.now() - endedAt).toBeLessThan(1_000);
      return outcomeOf(to, person.accessToken);
    });
  };
  ends('logout', (to, { accessToken }) => to.app.ask(LogoutDocument, {}, accessToken));
  ends('logoutEverywhere on another device', async (to, { username }) => {
    const { login } = await to.app.ask(LoginDocument, { input: { login: username, password: PASSWORD } });
    await to.app.ask(LogoutEverywhereDocument, {}, login.accessToken);
  });
  ends('deleteAccount', (to, { accessToken }) => to.app.ask(DeleteAccountDocument, { password: PASSWORD }, accessToken));
  ends('changePassword on another device', async (to, { username }) => {
    const { login } = await to.app.ask(LoginDocument, { input: { login: username, password: PASSWORD } });
    const passwords = { currentPassword: PASSWORD, newPassword: 'another-password-2' };
    await to.app.ask(ChangePasswordDocument, passwords, login.accessToken);
  });
  ends('a refresh token used twice', async (to, { refreshToken }) => {
    await to.app.ask(RefreshDocument, { refreshToken });
    await to.app.post(RefreshDocument, { refreshToken });
  });
});

describe('a refresh token', () => {
  const refreshes = (name: string, outcome: string, forge: (good: string) => string): void => {
    attack(`a refresh token ${name}`, outcome, async (to) => {
      const answer = await to.app.post(RefreshDocument, { refreshToken: forge((await to.app.person()).refreshToken) });
      return `${verdict(answer)} ${String(answer.errors[0]?.extensions['reason'])}`;
    });
  };
  const REFUSED = '200 UNAUTHENTICATED REFRESH_INVALID';
  refreshes('of another generation', REFUSED, (good) => good.replace(/\.1\./, '.2.'));
  refreshes('of another session', REFUSED, (good) => `${good.startsWith('x') ? 'y' : 'x'}${good.slice(1)}`);
  refreshes('without its signature', REFUSED, (good) => good.slice(0, good.lastIndexOf('.') + 1));
  refreshes('with more behind it', REFUSED, (good) => `${good}x`);
  refreshes('that is an access token', REFUSED, () => signed(HEADER, CLAIMS));
  refreshes('of 50 KB', REFUSED, () => 'x'.repeat(50_000));
});

test('the witness is still served', () => target().witnessIsServed());
