import { createHmac } from 'node:crypto';
import { sign, type SignOptions } from 'jsonwebtoken';
import { Tokens } from '../../src/accounts/tokens';
import { silentLogger } from '../../src/ports/logger';
import type { Session } from '../../src/ports/session-store';

const SECRET = 's'.repeat(32);
const NOW = Date.UTC(2026, 0, 1);
const clock = { now: () => NOW };
const session: Session = { id: 'sess', userId: 'user', createdAt: NOW, generation: 3, expiresAt: NOW + 1e9, endedAt: null };
const tokens = new Tokens({ secrets: [SECRET], accessTtlMs: 3_600_000, clock });

const refusal = (reason: string): Error => expect.objectContaining({ code: 'UNAUTHENTICATED', reason }) as Error;
const nowSeconds = NOW / 1000;
const claims = {
  sid: 'sess',
  name: 'mina',
  sub: 'user',
  iss: 'jungle-buzz',
  aud: 'jungle-buzz-api',
  iat: nowSeconds,
  exp: nowSeconds + 60,
};
const forge = (payload: object, options: SignOptions = {}, secret = SECRET) =>
  sign(payload, secret, { algorithm: 'HS256', header: { alg: 'HS256', typ: 'at+jwt' }, ...options });
/** For payloads that jsonwebtoken would not sign. */
const forgeRaw = (header: object, payload: string) => {
  const body = [JSON.stringify(header), payload].map((part) => Buffer.from(part).toString('base64url')).join('.');
  return `${body}.${createHmac('sha256', SECRET).update(body).digest('base64url')}`;
};
const GOOD_HEADER = { alg: 'HS256', typ: 'at+jwt' };

describe('an access token', () => {
  test('is verified as its viewer', () => {
    const { token, expiresAt } = tokens.signAccess(session, 'mina');
    expect(tokens.verifyAccess(token)).toEqual({ userId: 'user', username: 'mina', sessionId: 'sess', expiresAt });
    expect(expiresAt).toBe(NOW + 3_600_000);
  });

  test('signed by another library with the same claims is accepted', () => {
    expect(tokens.verifyAccess(forge(claims)).userId).toBe('user');
    expect(tokens.verifyAccess(forgeRaw(GOOD_HEADER, JSON.stringify(claims))).userId).toBe('user');
  });

  test('is refused after its expiry, even if it was accepted before', () => {
    const moving = { at: NOW, now: () => moving.at };
    const watch = new Tokens({ secrets: [SECRET], accessTtlMs: 60_000, clock: moving });
    const short = watch.signAccess(session, 'mina').token;
    expect(watch.verifyAccess(short)).toEqual(watch.verifyAccess(short));
    moving.at += 60_000;
    expect(() => watch.verifyAccess(short)).toThrow(refusal('TOKEN_EXPIRED'));

    const { token } = tokens.signAccess(session, 'mina');
    const later = new Tokens({ secrets: [SECRET], accessTtlMs: 1000, clock: { now: () => NOW + 3_600_000 } });
    expect(() => later.verifyAccess(token)).toThrow(refusal('TOKEN_EXPIRED'));
  });

  test('signed with the previous secret is accepted, with an older one refused', () => {
    const { token } = tokens.signAccess(session, 'mina');
    const rotated = new Tokens({ secrets: ['n'.repeat(32), SECRET], accessTtlMs: 3_600_000, clock });
    expect(rotated.verifyAccess(token).userId).toBe('user');
    const twice = new Tokens({ secrets: ['m'.repeat(32), 'n'.repeat(32)], accessTtlMs: 3_600_000, clock });
    expect(() => twice.verifyAccess(token)).toThrow(refusal('TOKEN_INVALID'));
  });

  test('with a longer life than the current limit is refused as expired', () => {
    expect(tokens.verifyAccess(forge({ ...claims, exp: nowSeconds + 3_660 })).userId).toBe('user');
    expect(() => tokens.verifyAccess(forge({ ...claims, exp: nowSeconds + 3_661 }))).toThrow(refusal('TOKEN_EXPIRED'));
  });

  test('issued by a clock that is ahead is refused each time, and the clock is named once in a warning', () => {
    const warnings: object[] = [];
    const moving = { at: NOW + 7_200_000, now: () => moving.at };
    const watched = new Tokens({
      ...{ secrets: [SECRET], accessTtlMs: 3_600_000, clock: moving },
      logger: { ...silentLogger, warn: (fields) => void warnings.push(fields) },
    });
    const { token } = watched.signAccess(session, 'mina');
    expect(watched.verifyAccess(token).userId).toBe('user');
    moving.at = NOW;
    for (let i = 0; i < 3; i++) expect(() => watched.verifyAccess(token)).toThrow(refusal('TOKEN_EXPIRED'));
    expect(warnings).toEqual([{ aheadMs: 7_200_000 }]);
  });

  test.each([
    ['has no signature', forgeRaw({ alg: 'none', typ: 'at+jwt' }, JSON.stringify(claims)).replace(/[^.]+$/, '')],
    ['is signed with another algorithm', forge(claims, { algorithm: 'HS512', header: { alg: 'HS512', typ: 'at+jwt' } })],
    ['says RS256', forgeRaw({ alg: 'RS256', typ: 'at+jwt' }, JSON.stringify(claims))],
    ['is signed with another secret', forge(claims, {}, 'x'.repeat(32))],
    ['is of another issuer', forge({ ...claims, iss: 'other' })],
    ['is for another audience', forge({ ...claims, aud: 'other' })],
    ['is of another type', forge(claims, { header: { alg: 'HS256', typ: 'JWT' } })],
    ['never ends', forgeRaw(GOOD_HEADER, JSON.stringify({ ...claims, exp: undefined }))],
    ['ends at a text', forgeRaw(GOOD_HEADER, JSON.stringify({ ...claims, exp: '9999999999' }))],
    ['is not good yet', forge({ ...claims, nbf: nowSeconds + 60 })],
    ['names no session', forgeRaw(GOOD_HEADER, JSON.stringify({ ...claims, sid: undefined }))],
    ['names an object as its user', forgeRaw(GOOD_HEADER, JSON.stringify({ ...claims, sub: { $gt: '' } }))],
    ['is not JSON', forgeRaw(GOOD_HEADER, 'claims')],
    ['is a megabyte long', `${forge(claims)}${'a'.repeat(1_000_000)}`],
    ['is empty', ''],
  ])('is refused if it %s', (_, token) => {
    expect(() => tokens.verifyAccess(token)).toThrow(refusal('TOKEN_INVALID'));
  });
});

describe('a refresh token', () => {
  test('names its session and generation', () => {
    expect(tokens.verifyRefresh(tokens.signRefresh(session))).toEqual({ sessionId: 'sess', generation: 3 });
  });

  test('with a changed session or generation, or another secret, is refused', () => {
    const token = tokens.signRefresh(session);
    const [, , signature] = token.split('.');
    const other = new Tokens({ secrets: ['x'.repeat(32)], accessTtlMs: 1000, clock });
    for (const bad of [
      `sess.4.${signature}`,
      `sess2.3.${signature}`,
      other.signRefresh(session),
      `${token}a`,
      'a.b',
      '',
      'x'.repeat(1e6),
    ]) {
      expect(() => tokens.verifyRefresh(bad)).toThrow(refusal('REFRESH_INVALID'));
    }
  });
});
