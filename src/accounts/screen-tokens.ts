import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { unauthenticated } from '../domain/errors';
import type { Viewer } from '../domain/user';
import type { Clock } from '../ports/clock';

const LIFETIME_MS = 24 * 60 * 60 * 1_000;
const FORMAT = /^screen\.([a-z0-9-]{1,40})\.([A-Za-z0-9_-]{1,64})\.(\d{1,15})\.([A-Za-z0-9_-]{43})$/;

/** Tokens for the screen of one private room. Each names the room, the key of its link and its expiry, and ends with a MAC. */
export class ScreenTokens {
  private readonly keys: readonly Buffer[];

  /** @param secrets the first one signs, all verify */
  constructor(
    secrets: readonly string[],
    private readonly clock: Clock,
  ) {
    this.keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'jungle-buzz screen token', 32)));
  }

  /** @returns a token for 24 hours, and when it expires, in milliseconds since 1970 */
  sign(room: string, key: string): { readonly token: string; readonly expiresAt: number } {
    const expiresAt = this.clock.now() + LIFETIME_MS;
    const body = `screen.${room}.${key}.${expiresAt}`;
    return { token: `${body}.${mac(this.keys[0] as Buffer, body)}`, expiresAt };
  }

  /**
   * @returns undefined for a token of another kind
   * @throws DomainError UNAUTHENTICATED with reason TOKEN_EXPIRED or TOKEN_INVALID
   */
  verify(token: string): Viewer | undefined {
    if (!token.startsWith('screen.')) return undefined;
    const [, room, key, expires, signature] = FORMAT.exec(token) ?? [];
    if (room === undefined || key === undefined || expires === undefined || signature === undefined) {
      throw unauthenticated('TOKEN_INVALID');
    }
    const body = `screen.${room}.${key}.${expires}`;
    const given = Buffer.from(signature);
    if (!this.keys.some((secret) => timingSafeEqual(Buffer.from(mac(secret, body)), given)))
      throw unauthenticated('TOKEN_INVALID');
    const expiresAt = Number(expires);
    if (expiresAt <= this.clock.now()) throw unauthenticated('TOKEN_EXPIRED', 'The link of this screen has expired.');
    // A user id of its own for each link: readers with the same id are checked together.
    const id = `screen.${room}.${key}`;
    return { userId: id, username: 'screen', sessionId: id, expiresAt, screen: { room, key } };
  }
}

const mac = (key: Buffer, body: string): string => createHmac('sha256', key).update(body).digest('base64url');
