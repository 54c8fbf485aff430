import type { Redis } from 'ioredis';
import { toTombstone, withFeeling, type Chat } from '../../domain/chat';
import type { Clock } from '../../ports/clock';
import type { LogChange, LogChangeStore } from '../../ports/log-change-store';
import { decodeChanged, decodeEntry, encodeChanged, type StreamEntry } from './log-codec';
import type { LogKeys } from './log-keys';
import { Script } from './script';

const CHANGE = new Script('change');
const FIND = new Script('find');
const PAGE = 500;
/** A change is kept at least this long, also if its entry was trimmed: a crash of Redis may undo the trim. */
const KEPT_MS = 25 * 60 * 60 * 1000;

export interface LogChangesOptions {
  readonly redis: Redis;
  readonly keys: LogKeys;
  /** Number of the partition. */
  readonly number: number;
  readonly store: LogChangeStore;
  readonly clock: Clock;
}

/**
 * Changes entries of one partition of the log; offsets are local to it. Redis may restart with an older copy in which an entry is
 * unchanged, so each change is recorded in the store first and repeated after each restart of Redis, before the log can be read again.
 */
export class LogChanges {
  constructor(private readonly options: LogChangesOptions) {}

  /** Absent entries are left alone. @throws the error of Redis, or of the store */
  async change(offset: number, changed: Omit<LogChange, 'id' | 'partition' | 'at'>): Promise<void> {
    const { clock, store, number: partition } = this.options;
    const found = await this.entryAt(offset);
    if (!found) return;
    const change = { id: found.chat.id, partition, ...changed, at: clock.now() };
    await store.record(change);
    await this.apply(offset, change);
  }

  /** Repeats all changes. */
  async repeat(): Promise<void> {
    const { store } = this.options;
    for await (const change of this.recorded(store)) {
      const offset = await this.offsetOf(change.id);
      if (offset !== undefined) await this.apply(offset, change);
    }
  }

  /** Forgets old changes whose entries are no longer in the log. */
  async prune(): Promise<void> {
    const { store, clock } = this.options;
    const old: string[] = [];
    for await (const { id, at } of this.recorded(store)) {
      if (at < clock.now() - KEPT_MS && (await this.offsetOf(id)) === undefined) old.push(id);
    }
    await store.remove(old);
  }

  private async *recorded(store: LogChangeStore): AsyncGenerator<LogChange> {
    for (let after = ''; ;) {
      const page = await store.page(this.options.number, after, PAGE);
      yield* page;
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      after = last.id;
    }
  }

  /** @returns undefined if the entry is not in the log */
  private async offsetOf(id: string): Promise<number | undefined> {
    const { redis, keys } = this.options;
    const found = await FIND.run(redis, [keys.state, keys.entries, keys.changed, keys.idPrefix + id]);
    if (found === null) return undefined;
    const [offset, entry, changed] = found as [number, StreamEntry | null, string | null];
    return entry || changed !== null ? offset : undefined;
  }

  /** Repeats itself if another change came between. */
  private async apply(offset: number, { hidden, authorship, feeling }: LogChange): Promise<void> {
    const { redis, keys } = this.options;
    for (;;) {
      const found = await this.entryAt(offset);
      if (!found) return;
      const renamed = { ...found.chat, ...authorship };
      const felt = feeling ? withFeeling(renamed, feeling) : renamed;
      const after = encodeChanged(hidden ? toTombstone(felt) : felt);
      if (after === found.changed) return;
      if ((await CHANGE.run(redis, [keys.entries, keys.changed], [offset, found.changed, after])) === 1) return;
    }
  }

  /** The entry, and its text among the changed ones ('' if it is in the stream). */
  private async entryAt(offset: number): Promise<{ readonly chat: Chat; readonly changed: string } | undefined> {
    const { redis, keys } = this.options;
    const changed = await redis.hget(keys.changed, String(offset));
    if (changed !== null) return { chat: decodeChanged(offset, changed), changed };
    const [entry] = (await redis.xrange(keys.entries, `${offset}-0`, `${offset}-0`)) as StreamEntry[];
    return entry && { chat: decodeEntry(entry), changed: '' };
  }
}
