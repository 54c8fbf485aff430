import { ApiError, RETRYABLE, type ErrorDetails } from '../api';
import type { Emotion } from '../generated/graphql';
import { createStore } from './store';
import type { Note } from './timeline';

/** A note to be sent. The server stores the first attempt under a clientMessageId and returns it for every further one. */
export interface Draft {
  readonly clientMessageId: string;
  readonly room: string;
  readonly text: string;
  /** Id of the question that it answers. */
  readonly answers?: string | null;
  /** What the author says they feel; null if they leave it to the model. Drafts of earlier versions have none. */
  readonly feeling?: Emotion | null;
  /** The username of its author. */
  readonly owner: string;
  readonly createdAt: number;
}

/** `waiting` is sent by itself, `failed` only on request. `sent` stays until the note arrives by the live stream. */
export type Progress =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'sent'; readonly note: Note };

export interface Pending extends Draft {
  readonly progress: Progress;
}

/** Keeps drafts when the tab is closed. Every method may reject: then the outbox works from memory. */
export interface DraftStorage {
  all(): Promise<readonly Draft[]>;
  has(clientMessageId: string): Promise<boolean>;
  put(draft: Draft): Promise<void>;
  remove(clientMessageId: string): Promise<void>;
}

export interface OutboxDeps {
  readonly storage: DraftStorage;
  /** @throws ApiError */
  readonly send: (draft: Draft) => Promise<Note>;
  /** The username that is logged in. */
  readonly owner: () => string | null;
  /** Runs `work` while no other tab runs its own. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  readonly now: () => number;
  readonly newId: () => string;
}

/** Drafts that can wait at a time. Beyond it the composer keeps the text and says why. */
export const MAX_WAITING = 100;
const RETRY_MS = 5_000;
/** A note that another tab has sent stays in its place until it arrives by the live stream, which takes no longer than this. */
const ARRIVAL_MS = 1_000;

/** Sends notes one after the other, in the order in which they were written. */
export class Outbox {
  /** Of everybody who wrote in this browser; a page shows those of its own person only. */
  readonly pending = createStore<readonly Pending[]>([]);
  /** Whether the drafts of earlier pages have been read. */
  readonly restored = createStore(false);
  /** By room: until when the server asked to wait, in milliseconds since 1970. */
  readonly notBefore = createStore<ReadonlyMap<string, number>>(new Map());
  /** Drafts that could not be stored. They are sent from memory. */
  private readonly unstored = new Set<string>();
  /** Drafts that could not be removed from the storage. Removing is tried again. */
  private readonly unremoved = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private busy = false;

  constructor(private readonly deps: OutboxDeps) {}

  /** Reads the drafts that earlier pages left. */
  async restore(): Promise<void> {
    const drafts = await this.deps.storage.all().catch(() => []);
    const known = new Set(this.pending.get().map(({ clientMessageId }) => clientMessageId));
    const found = drafts.filter(({ clientMessageId }) => !known.has(clientMessageId));
    const all = [...this.pending.get(), ...found.map((draft): Pending => ({ ...draft, progress: { kind: 'waiting' } }))];
    this.pending.set(all.sort((a, b) => a.createdAt - b.createdAt));
    this.restored.set(true);
    await this.changeOwner();
  }

  /** @returns false if too many wait */
  add(
    room: string,
    text: string,
    owner: string,
    { answers = null, feeling = null }: Pick<Draft, 'answers' | 'feeling'> = {},
  ): boolean {
    if (this.pending.get().length >= MAX_WAITING) return false;
    const draft: Draft = { clientMessageId: this.deps.newId(), room, text, answers, feeling, owner, createdAt: this.deps.now() };
    this.pending.set([...this.pending.get(), { ...draft, progress: { kind: 'waiting' } }]);
    void this.deps.storage
      .put(draft)
      .catch(() => this.unstored.add(draft.clientMessageId))
      .then(() => this.wake());
    return true;
  }

  retry(clientMessageId: string): void {
    this.mark(clientMessageId, { kind: 'waiting' });
    void this.wake();
  }

  drop(clientMessageId: string): void {
    this.pending.set(this.pending.get().filter((entry) => entry.clientMessageId !== clientMessageId));
    void this.removeStored(clientMessageId);
  }

  /** Drops all drafts of a person. */
  dropAll(owner: string): void {
    for (const entry of this.pending.get()) if (entry.owner === owner) this.drop(entry.clientMessageId);
  }

  /** A person has another name now. */
  rename(before: string, after: string): void {
    const renamed = this.pending.get().map((entry) => (entry.owner === before ? { ...entry, owner: after } : entry));
    this.pending.set(renamed);
    for (const { progress, ...draft } of renamed) {
      if (draft.owner === after && progress.kind !== 'sent') void this.deps.storage.put(draft).catch(() => undefined);
    }
  }

  /** Somebody else may have logged in: drops the drafts of all others, and sends what this person left. */
  async changeOwner(): Promise<void> {
    const owner = this.deps.owner();
    if (owner !== null) for (const entry of this.pending.get()) if (entry.owner !== owner) this.drop(entry.clientMessageId);
    this.notBefore.set(new Map());
    await this.wake();
  }

  /** These have arrived by the live stream, so the wall shows them itself. */
  arrived(ids: ReadonlySet<string>): void {
    const rest = this.pending.get().filter(({ progress }) => progress.kind !== 'sent' || !ids.has(progress.note.id));
    if (rest.length < this.pending.get().length) this.pending.set(rest);
  }

  /** Sends what waits: after a login, when the network is back, and when the time that the server asked for has passed. */
  async wake(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.timer);
    for (const id of this.unremoved) void this.removeStored(id);
    try {
      for (let next = this.next(); next; next = this.next()) {
        if (!(await this.attempt(next))) break;
      }
    } finally {
      this.busy = false;
    }
    const now = this.deps.now();
    const due = this.waiting().map(({ room }) => this.notBefore.get().get(room) ?? now + RETRY_MS);
    if (due.length > 0) this.timer = setTimeout(() => void this.wake(), Math.max(0, Math.min(...due) - now));
  }

  close(): void {
    clearTimeout(this.timer);
  }

  private waiting(): readonly Pending[] {
    const owner = this.deps.owner();
    return this.pending.get().filter((entry) => entry.progress.kind === 'waiting' && entry.owner === owner);
  }

  private next(): Pending | undefined {
    return this.waiting().find(({ room }) => this.deps.now() >= (this.notBefore.get().get(room) ?? 0));
  }

  /** @param until undefined: the server did not ask to wait */
  private holdBack(room: string, until: number | undefined): void {
    const others = [...this.notBefore.get()].filter(([other]) => other !== room);
    this.notBefore.set(new Map(until === undefined ? others : [...others, [room, until]]));
  }

  /** @returns whether to go on with the next */
  private async attempt(entry: Pending): Promise<boolean> {
    const { clientMessageId } = entry;
    this.mark(clientMessageId, { kind: 'sending' });
    try {
      const note = await this.deps.alone(async () => {
        if (await this.sentByAnotherTab(clientMessageId)) return null;
        const sent = await this.deps.send(entry);
        await this.removeStored(clientMessageId);
        return sent;
      });
      this.holdBack(entry.room, undefined);
      if (note) this.mark(clientMessageId, { kind: 'sent', note });
      else setTimeout(() => this.drop(clientMessageId), ARRIVAL_MS);
      return true;
    } catch (error) {
      const { code, details } = error instanceof ApiError ? error : { code: 'UNKNOWN', details: {} as ErrorDetails };
      // Where the server does not know whether it has stored the note, the same clientMessageId finds out.
      const retryable = RETRYABLE.has(code) || details.stored === 'unknown';
      this.mark(clientMessageId, retryable ? { kind: 'waiting' } : { kind: 'failed', error });
      const { retryAfter } = details;
      this.holdBack(entry.room, retryAfter === undefined ? undefined : this.deps.now() + retryAfter * 1_000);
      // A room that asks to wait does not hold up the others.
      return !retryable || retryAfter !== undefined;
    }
  }

  /** A tab removes what it has sent. If that is not known, the note is sent: the server drops duplicates. */
  private async sentByAnotherTab(clientMessageId: string): Promise<boolean> {
    if (this.unstored.has(clientMessageId)) return false;
    return !(await this.deps.storage.has(clientMessageId).catch(() => true));
  }

  private async removeStored(clientMessageId: string): Promise<void> {
    try {
      await this.deps.storage.remove(clientMessageId);
      this.unremoved.delete(clientMessageId);
    } catch {
      if (!this.unstored.has(clientMessageId)) this.unremoved.add(clientMessageId);
    }
  }

  private mark(clientMessageId: string, progress: Progress): void {
    this.pending.set(
      this.pending.get().map((entry) => (entry.clientMessageId === clientMessageId ? { ...entry, progress } : entry)),
    );
  }
}
