import { createHmac, createSecretKey, hkdfSync, timingSafeEqual, type KeyObject } from 'node:crypto';
import { sign, verify, TokenExpiredError, type JwtPayload } from 'jsonwebtoken';
import { unauthenticated } from '../domain/errors';
import type { Viewer } from '../domain/user';
import type { Clock } from '../ports/clock';
import type { Session } from '../ports/session-store';

const ISSUER = 'jungle-buzz';
const AUDIENCE = 'jungle-buzz-api';
const TYPE = 'at+jwt';
/** Ours are about 400 bytes; nothing longer is worth a signature check. */
const MAX_TOKEN_LENGTH = 2048;
/** How far the clocks of two processes may be apart. */
export const SKEW_MS = 60_000;
/** Good tokens whose signature need not be checked again; the oldest leave first. */
const REMEMBERED = 10_000;

export interface TokenOptions {
  /** The first signs; all verify, so that a secret can be replaced without ending every log-in. */
  readonly secrets: readonly [string, ...string[]];
  readonly accessTtlMs: number;
  readonly clock: Clock;
}

export interface AccessToken {
  readonly token: string;
  readonly expiresAt: number;
}

/** Access tokens are JWT (HS256); refresh tokens name a session and a generation, with a MAC. */
export class Tokens {
  /** As key objects, because jsonwebtoken would try to read a text as a public key first, which takes a millisecond each time. */
  private readonly accessKeys: readonly KeyObject[];
  private readonly refreshKeys: readonly Buffer[];
  private readonly good = new Map<string, Viewer>();

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
    const known = this.good.get(token);
    if (known && known.expiresAt > this.options.clock.now()) return known;
    for (const key of this.accessKeys) {
      const payload = this.verifyWith(key, token);
      if (payload) return this.remember(token, this.withinLife(toViewer(payload)));
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

  private remember(token: string, viewer: Viewer): Viewer {
    if (this.good.size >= REMEMBERED) this.good.delete(this.good.keys().next().value ?? '');
    this.good.set(token, viewer);
    return viewer;
  }

  /**
   * A token that was signed for longer than tokens live now would outlive the memory of ended log-ins. Its owner refreshes it.
   */
  private withinLife(viewer: Viewer): Viewer {
    const latest = this.options.clock.now() + this.options.accessTtlMs + SKEW_MS;
    if (viewer.expiresAt > latest) throw unauthenticated('TOKEN_EXPIRED', 'Your log-in has to be refreshed.');
    return viewer;
  }

  /** @returns undefined if the signature is not of this key or the token is not ours */
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
      if (error instanceof TokenExpiredError) throw unauthenticated('TOKEN_EXPIRED', 'Your log-in has to be refreshed.');
      return undefined;
    }
  }
}

/** jsonwebtoken accepts tokens without `exp`, and times that are no times; we do not. */
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
