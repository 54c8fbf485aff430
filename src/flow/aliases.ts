import { createHmac } from 'node:crypto';
import { nickname } from '../domain/nicknames';
import type { Room } from '../domain/room';
import type { AliasStore } from '../ports/alias-store';
import type { Clock } from '../ports/clock';

/** Aliases kept in memory so that a busy author costs no look-up; the oldest leave first. */
const CACHE_SIZE = 10_000;

/**
 * What readers see as the author. In an anonymous room: two words of nature that change every day and cannot be traced back,
 * because author, room and day go through a keyed hash.
 */
export class Aliases {
  private readonly cache = new Map<string, string>();
  private readonly format: Intl.DateTimeFormat;
  private today = { minute: NaN, day: '' };
  private key: Promise<Uint8Array> | undefined;

  constructor(
    private readonly store: AliasStore,
    private readonly clock: Clock,
    timeZone: string,
  ) {
    this.format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  }

  async authorIn(room: Room, author: { userId: string; username: string }): Promise<string> {
    if (!room.anonymous) return author.username;
    const scope = `${room.id}:${this.day()}`;
    const cacheKey = `${scope}:${author.userId}`;
    const known = this.cache.get(cacheKey);
    if (known) return known;
    const hash = createHmac('sha256', await this.loadKey())
      .update(`${scope}:${author.userId}`)
      .digest();
    const alias = await this.store.claim(scope, hash.toString('base64url'), nickname(room.aliasLocale, hash));
    if (this.cache.size >= CACHE_SIZE) this.cache.delete(this.cache.keys().next().value ?? '');
    this.cache.set(cacheKey, alias);
    return alias;
  }

  /** The date in the zone. A day ends on a whole minute everywhere, so it is worked out once a minute. */
  private day(): string {
    const minute = Math.floor(this.clock.now() / 60_000);
    if (minute !== this.today.minute) {
      const day = this.format.format(minute * 60_000);
      // All processes ask again at the same time: a store that lost its data has given a new key to those that came later.
      if (day !== this.today.day) this.key = undefined;
      this.today = { minute, day };
    }
    return this.today.day;
  }

  private loadKey(): Promise<Uint8Array> {
    this.key ??= this.store.key().catch((error: unknown) => {
      this.key = undefined;
      throw error;
    });
    return this.key;
  }
}
