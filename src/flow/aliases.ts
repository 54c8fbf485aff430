import { createHmac } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { nickname } from '../domain/nicknames';
import type { Room } from '../domain/room';
import type { AliasStore } from '../ports/alias-store';
import type { Clock } from '../ports/clock';

/** Aliases kept in memory, so that a message of an active author needs no lookup. */
const CACHED_ALIASES = 10_000;
/** Keys of rooms kept in memory. */
const CACHED_KEYS = 10_000;

/**
 * The author names that readers see. In an anonymous room it is a nickname that changes every day and cannot be traced back,
 * because it is chosen by a keyed hash of author, room and day.
 */
export class Aliases {
  private readonly cache = new LRUCache<string, string>({ max: CACHED_ALIASES });
  private readonly format: Intl.DateTimeFormat;
  private today = { minute: NaN, day: '' };
  private readonly keys = new LRUCache<string, Promise<Uint8Array>>({ max: CACHED_KEYS });

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
    const hash = createHmac('sha256', await this.keyOf(room.id))
      .update(`${scope}:${author.userId}`)
      .digest();
    const alias = await this.store.claim(scope, hash.toString('base64url'), nickname(room.aliasLocale, hash));
    this.cache.set(cacheKey, alias);
    return alias;
  }

  /** The date of a time in the time zone, as YYYY-MM-DD. @param ms since 1970 */
  dayOf(ms: number): string {
    return this.format.format(ms);
  }

  /** The date now. In every zone a day ends on a whole minute, so it is computed once a minute. */
  private day(): string {
    const minute = Math.floor(this.clock.now() / 60_000);
    if (minute !== this.today.minute) {
      const day = this.dayOf(minute * 60_000);
      // All processes read the keys again at the same time, because a store that lost its data has created a new one.
      if (day !== this.today.day) this.keys.clear();
      this.today = { minute, day };
    }
    return this.today.day;
  }

  private keyOf(room: string): Promise<Uint8Array> {
    const known = this.keys.get(room);
    if (known) return known;
    const key = this.store.key(room).catch((error: unknown) => {
      this.keys.delete(room);
      throw error;
    });
    this.keys.set(room, key);
    return key;
  }
}
