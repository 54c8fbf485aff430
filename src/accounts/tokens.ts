import { createHmac, createSecretKey, hkdfSync, timingSafeEqual, type KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { sign, verify, TokenExpiredError, type JwtPayload } from 'jsonwebtoken';
import { unauthenticated } from '../domain/errors';
import type { Viewer } from '../domain/user';
import type { Clock } from '../ports/clock';
import { silentLogger, type Logger } from '../ports/logger';
import type { Session } from '../ports/session-store';

const ISSUER = 'jungle-buzz';
const AUDIENCE = 'jungle-buzz-api';
const TYPE = 'at+jwt';
/** In characters. Our tokens have about 400; longer ones are refused without checking the signature. */
const MAX_TOKEN_LENGTH = 2048;
/** How far the clocks of two processes may differ. */
export const SKEW_MS = 60_000;
/** Valid tokens whose signature is not checked again. */
const CACHED_TOKENS = 10_000;
/** A clock that is ahead is logged at most this often. */
const WARN_EVERY_MS = 60_000;

export interface TokenOptions {
  /** The first secret signs. All secrets verify, so that a secret can be replaced without ending every session. */
  readonly secrets: readonly [string, ...string[]];
  readonly accessTtlMs: number;
  readonly clock: Clock;
  readonly logger?: Logger;
}

export interface AccessToken {
  readonly token: string;
  readonly expiresAt: number;
}

/** Access tokens are JWTs (HS256). Refresh tokens name a session and a generation and end with a MAC. */
export class Tokens {
  /** Key objects, because jsonwebtoken first tries to read a string as a public key, which takes a millisecond each time. */
  private readonly accessKeys: readonly KeyObject[];
  private readonly refreshKeys: readonly Buffer[];
  private readonly verified = new LRUCache<string, Viewer>({ max: CACHED_TOKENS });
  private warnedAt = -Infinity;

  constructor(private readonly options: TokenOptions) {
    this.accessKeys = options.secrets.map((secret) => createSecretKey(Buffer.from(secret)));
    this.refreshKeys = options.secrets.map((secret) =>
      Buffer.from(hkdfSync('sha256', secret, '', 'jungle-buzz refresh token', 32)),
    );
  }

  signAccess(session: Session, username: string): AccessToken {
    const issuedAt = Math.floor(this.options.clock.now() / 1000);
    const expires = issuedAt + Math.floor(this.options.accessTtlMs / 1000);
    const claims = { sid: session.id, name: username, iat: issuedAt, exp: expires };
    const token = sign(claims, this.accessKeys[0] as KeyObject, {
      algorithm: 'HS256',
      issuer: ISSUER,
      audience: AUDIENCE,
      subject: session.userId,
      header: { alg: 'HS256', typ: TYPE },
    });
    return { token, expiresAt: expires * 1000 };
  }

  /** @throws DomainError UNAUTHENTICATED with reason TOKEN_EXPIRED or TOKEN_INVALID */
  verifyAccess(token: string): Viewer {
    if (token.length > MAX_TOKEN_LENGTH) throw unauthenticated('TOKEN_INVALID');
    const known = this.verified.get(token);
    if (known && known.expiresAt > this.options.clock.now()) return this.withinLife(known);
    for (const key of this.accessKeys) {
      const payload = this.verifyWith(key, token);
      if (!payload) continue;
      const viewer = this.withinLife(toViewer(payload));
      this.verified.set(token, viewer);
      return viewer;
    }
    throw unauthenticated('TOKEN_INVALID');
  }

  signRefresh(session: Session): string {
    const body = `${session.id}.${session.generation}`;
    return `${body}.${mac(this.refreshKeys[0] as Buffer, body)}`;
  }

  /** @throws DomainError UNAUTHENTICATED with reason REFRESH_INVALID */
  verifyRefresh(token: string): { sessionId: string; generation: number } {
    const match = /^([A-Za-z0-9_-]{1,64})\.(\d{1,9})\.([A-Za-z0-9_-]{43})$/.exec(token);
    const [, sessionId, generation, signature] = match ?? [];
    if (!sessionId || !generation || !signature) throw unauthenticated('REFRESH_INVALID');
    const body = `${sessionId}.${generation}`;
    const given = Buffer.from(signature);
    if (!this.refreshKeys.some((key) => timingSafeEqual(Buffer.from(mac(key, body)), given))) {
      throw unauthenticated('REFRESH_INVALID');
    }
    return { sessionId, generation: Number(generation) };
  }

  /** Refuses a token that expires later than any issued now: it would stay valid after Revocations forgets its session. */
  private withinLife(viewer: Viewer): Viewer {
    const aheadMs = viewer.expiresAt - this.options.clock.now() - this.options.accessTtlMs;
    if (aheadMs <= SKEW_MS) return viewer;
    this.warnOfClock(aheadMs);
    throw unauthenticated('TOKEN_EXPIRED', 'Your session has to be refreshed.');
  }

  private warnOfClock(aheadMs: number): void {
    const now = performance.now();
    if (now - this.warnedAt < WARN_EVERY_MS) return;
    this.warnedAt = now;
    (this.options.logger ?? silentLogger).warn(
      { aheadMs },
      'an access token expires too late and has to be refreshed: the clock of the process that issued it is ahead of this one, or JWT_EXPIRES_IN was lowered',
    );
  }

  /** @returns undefined if the key did not sign the token or the token is not an access token of this service */
  private verifyWith(key: KeyObject, token: string): JwtPayload | undefined {
    try {
      const { header, payload } = verify(token, key, {
        algorithms: ['HS256'],
        issuer: ISSUER,
        audience: AUDIENCE,
        complete: true,
        clockTimestamp: Math.floor(this.options.clock.now() / 1000),
      });
      return header.typ === TYPE && typeof payload === 'object' ? payload : undefined;
    } catch (error) {
      if (error instanceof TokenExpiredError) throw unauthenticated('TOKEN_EXPIRED', 'Your session has to be refreshed.');
      return undefined;
    }
  }
}

/** Checks the claims that jsonwebtoken accepts without: a missing `exp`, and times that are not numbers. */
function toViewer(payload: JwtPayload): Viewer {
  const { sub, exp } = payload;
  const sessionId: unknown = payload['sid'];
  const username: unknown = payload['name'];
  if (typeof sub !== 'string' || typeof sessionId !== 'string' || typeof username !== 'string' || !Number.isSafeInteger(exp)) {
    throw unauthenticated('TOKEN_INVALID');
  }
  return { userId: sub, username, sessionId, expiresAt: Number(exp) * 1000 };
}

const mac = (key: Buffer, body: string): string => createHmac('sha256', key).update(body).digest('base64url');
