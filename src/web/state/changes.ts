import { ApiError, RETRYABLE } from '../api';
import type { Emotion, Empathy, EmpathyCount } from '../generated/graphql';
import { createStore } from './store';
import type { Note } from './timeline';

/** What a person changes about a note that is on the wall. Repeating a change at the server does nothing. */
export type ChangeOf =
  | {
      readonly kind: 'empathy';
      readonly empathy: Empathy | null;
      /** What to show until it is confirmed. */
      readonly counts: readonly EmpathyCount[];
    }
  | { readonly kind: 'feeling'; readonly feeling: Emotion | null }
  | { readonly kind: 'take-back' };

/** A change that the server has not confirmed. */
export type Change = ChangeOf & {
  /** Kind and note: a later change replaces an earlier one with the same key. */
  readonly key: string;
  readonly id: string;
  readonly chatId: string;
  /** The username of whose change it is. */
  readonly owner: string;
  /** Not sent before, in milliseconds since 1970: until then it can be undone. */
  readonly dueAt: number;
};
export interface Refusal {
  readonly kind: Kind;
  readonly error: unknown;
}
type Kind = ChangeOf['kind'];
export type PendingChanges = ReadonlyMap<string, Change>;

export const keyOf = (kind: Kind, chatId: string): string => `${kind} ${chatId}`;

export function changeOf<K extends Kind>(
  pending: PendingChanges,
  kind: K,
  chatId: string,
): Extract<Change, { kind: K }> | undefined {
  return pending.get(keyOf(kind, chatId)) as Extract<Change, { kind: K }> | undefined;
}

/** Keeps changes when the tab is closed. Every method may reject: then they are kept in memory. */
export interface ChangeStorage {
  all(): Promise<readonly Change[]>;
  get(key: string): Promise<Change | undefined>;
  put(change: Change): Promise<void>;
  /** Removes this change, but not another one with the same key. */
  remove(change: Change): Promise<void>;
}

export interface ChangesDeps {
  readonly storage: ChangeStorage;
  /** @param leaving the page is being closed. @returns the note as it is now. @throws ApiError */
  readonly send: (change: Change, leaving: boolean) => Promise<Note>;
  readonly onSent: (change: Change, note: Note) => void;
  readonly onRefused: (change: Change, error: unknown) => void;
  /** The username that is logged in. */
  readonly owner: () => string | null;
  /** Runs `work` while no other tab runs its own. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  readonly now: () => number;
  readonly newId: () => string;
}

const RETRY_MS = 5_000;

/** Sends changes of notes until the server has confirmed or refused them. Of one kind and note the last change wins. */
export class Changes {
  readonly pending = createStore<PendingChanges>(new Map());
  /** Keys of changes that could not be stored. */
  private readonly unstored = new Set<string>();
  private notBefore = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private busy = false;

  constructor(private readonly deps: ChangesDeps) {}

  /** Reads what earlier pages left. */
  async restore(): Promise<void> {
    const found = await this.deps.storage.all().catch(() => []);
    this.pending.set(new Map([...found.map((change) => [change.key, change] as const), ...this.pending.get()]));
    await this.changeOwner();
  }

  /** @param dueAt until then it can be undone. Default: it is sent at once */
  put(chatId: string, owner: string, of: ChangeOf, dueAt = 0): void {
    const change: Change = { ...of, key: keyOf(of.kind, chatId), id: this.deps.newId(), chatId, owner, dueAt };
    this.pending.set(new Map(this.pending.get()).set(change.key, change));
    void this.deps.storage
      .put(change)
      .then(
        () => this.unstored.delete(change.key),
        () => this.unstored.add(change.key),
      )
      .then(() => this.wake());
  }

  drop(change: Change): void {
    if (this.isCurrent(change)) {
      const rest = new Map(this.pending.get());
      rest.delete(change.key);
      this.pending.set(rest);
    }
    void this.deps.storage.remove(change).catch(() => undefined);
  }

  /** Drops all changes of a person. */
  dropAll(owner: string): void {
    for (const change of this.pending.get().values()) if (change.owner === owner) this.drop(change);
  }

  /** A person has another name now. */
  rename(before: string, after: string): void {
    const entries = [...this.pending.get()].map(
      ([key, change]) => [key, change.owner === before ? { ...change, owner: after } : change] as const,
    );
    this.pending.set(new Map(entries));
    for (const [, change] of entries) if (change.owner === after) void this.deps.storage.put(change).catch(() => undefined);
  }

  /** Somebody else may have logged in: drops the changes of all others, and sends those of this person. */
  async changeOwner(): Promise<void> {
    const owner = this.deps.owner();
    if (owner !== null) for (const change of this.pending.get().values()) if (change.owner !== owner) this.drop(change);
    this.notBefore = 0;
    await this.wake();
  }

  /**
   * The page is being closed or the person logs out, so that nothing can be undone any more: sends everything once, due or not. What
   * gets lost is sent by the next page.
   */
  async leave(): Promise<void> {
    await Promise.allSettled(this.mine().map((change) => this.deps.send(change, true)));
  }

  /** Sends what is due: after a login, and when the network is back. */
  async wake(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.timer);
    try {
      for (let next = this.next(); next; next = this.next()) {
        if (!(await this.attempt(next))) break;
      }
    } finally {
      this.busy = false;
    }
    const now = this.deps.now();
    const due = this.mine().map(({ dueAt }) => Math.max(dueAt, this.notBefore));
    if (due.length > 0) this.timer = setTimeout(() => void this.wake(), Math.max(0, Math.min(...due) - now));
  }

  close(): void {
    clearTimeout(this.timer);
  }

  private mine(): readonly Change[] {
    const owner = this.deps.owner();
    return [...this.pending.get().values()].filter((change) => change.owner === owner);
  }

  private next(): Change | undefined {
    const now = this.deps.now();
    return now < this.notBefore ? undefined : this.mine().find(({ dueAt }) => dueAt <= now);
  }

  /** @returns whether to go on with the next */
  private async attempt(change: Change): Promise<boolean> {
    try {
      await this.deps.alone(async () => {
        const newest = await this.newestOfAllTabs(change);
        if (newest) this.finish(newest, await this.deps.send(newest, false));
        else this.drop(change);
      });
      return true;
    } catch (error) {
      const { code, details } = error instanceof ApiError ? error : { code: 'UNKNOWN', details: {} as ApiError['details'] };
      if (RETRYABLE.has(code) || details.stored === 'unknown') {
        this.notBefore = this.deps.now() + (details.retryAfter === undefined ? RETRY_MS : details.retryAfter * 1_000);
        return false;
      }
      this.drop(change);
      this.deps.onRefused(change, error);
      return true;
    }
  }

  /** What another tab has stored under the same key is newer; what is no longer stored was sent or undone there. */
  private async newestOfAllTabs(change: Change): Promise<Change | undefined> {
    const stored = this.unstored.has(change.key) ? change : await this.deps.storage.get(change.key).catch(() => change);
    if (stored && stored.id !== change.id && this.isCurrent(change))
      this.pending.set(new Map(this.pending.get()).set(stored.key, stored));
    return stored;
  }

  private finish(change: Change, note: Note): void {
    this.drop(change);
    this.deps.onSent(change, note);
  }

  private isCurrent({ key, id }: Change): boolean {
    return this.pending.get().get(key)?.id === id;
  }
}
