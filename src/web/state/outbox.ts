import { ApiError } from '../api';
import { createStore } from './store';
import type { Note } from './timeline';

/** A note on its way. Its clientMessageId makes every further attempt the same note. */
export interface Draft {
  readonly clientMessageId: string;
  readonly room: string;
  readonly text: string;
  /** The username it was written under. */
  readonly owner: string;
  readonly createdAt: number;
}

/** `waiting` is tried again by itself, `failed` only when asked; `sent` stays until the note has come in by the live stream. */
export type Progress =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'sent'; readonly note: Note };

export interface Pending extends Draft {
  readonly progress: Progress;
}

/** Where drafts survive a closed tab. */
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
  /** Who is logged in. */
  readonly owner: () => string | null;
  /** Runs alone among all tabs. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  readonly now: () => number;
  readonly newId: () => string;
}

/** More than anybody writes in an outage; then the composer says so and keeps the text. */
export const MAX_WAITING = 100;
const RETRY_MS = 5_000;
/** A note that another tab has sent keeps its place until it has come in by the live stream, which takes no longer than this. */
const ARRIVING_MS = 1_000;
/** Refusals that pass by themselves. */
const PASSING = new Set(['OFFLINE', 'UNAVAILABLE', 'RATE_LIMITED', 'UNAUTHENTICATED']);

/** Sends one note after the other, in the order they were written. */
export class Outbox {
  readonly pending = createStore<readonly Pending[]>([]);
  /** Whether it is known what an earlier page left. */
  readonly restored = createStore(false);
  /** Until when the server asked to wait, by room, in milliseconds since 1970. */
  readonly notBefore = createStore<ReadonlyMap<string, number>>(new Map());
  private timer: ReturnType<typeof setTimeout> | undefined;
  private busy = false;

  constructor(private readonly deps: OutboxDeps) {}

  /** Takes up what an earlier page left. */
  async restore(): Promise<void> {
    const known = new Set(this.pending.get().map(({ clientMessageId }) => clientMessageId));
    try {
      const drafts = (await this.deps.storage.all()).filter(({ clientMessageId }) => !known.has(clientMessageId));
      const all = [...this.pending.get(), ...drafts.map((draft): Pending => ({ ...draft, progress: { kind: 'waiting' } }))];
      this.pending.set(all.sort((a, b) => a.createdAt - b.createdAt));
    } finally {
      this.restored.set(true);
    }
    await this.wake();
  }

  /** @returns false if too many wait */
  add(room: string, text: string, owner: string): boolean {
    if (this.pending.get().length >= MAX_WAITING) return false;
    const draft: Draft = { clientMessageId: this.deps.newId(), room, text, owner, createdAt: this.deps.now() };
    this.pending.set([...this.pending.get(), { ...draft, progress: { kind: 'waiting' } }]);
    void this.deps.storage.put(draft).then(() => this.wake());
    return true;
  }

  retry(clientMessageId: string): void {
    this.mark(clientMessageId, { kind: 'waiting' });
    void this.wake();
  }

  drop(clientMessageId: string): void {
    this.pending.set(this.pending.get().filter((entry) => entry.clientMessageId !== clientMessageId));
    void this.deps.storage.remove(clientMessageId);
  }

  /** These have come in by the live stream, so the wall shows them itself. */
  arrived(ids: ReadonlySet<string>): void {
    const rest = this.pending.get().filter(({ progress }) => progress.kind !== 'sent' || !ids.has(progress.note.id));
    if (rest.length < this.pending.get().length) this.pending.set(rest);
  }

  /** Tries what waits: after a log-in, when the network is back, when the time the server asked for has passed. */
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

  /** @param until undefined: the server did not ask */
  private holdBack(room: string, until: number | undefined): void {
    const others = [...this.notBefore.get()].filter(([other]) => other !== room);
    this.notBefore.set(new Map(until === undefined ? others : [...others, [room, until]]));
  }

  /** @returns whether to go on with the next */
  private async attempt(entry: Pending): Promise<boolean> {
    const { clientMessageId } = entry;
    this.mark(clientMessageId, { kind: 'sending' });
    try {
      // Another tab may have sent it: then it is out of the storage, and on the wall.
      const note = await this.deps.alone(async () => {
        if (!(await this.deps.storage.has(clientMessageId))) return null;
        const sent = await this.deps.send(entry);
        await this.deps.storage.remove(clientMessageId);
        return sent;
      });
      this.holdBack(entry.room, undefined);
      if (note) this.mark(clientMessageId, { kind: 'sent', note });
      else setTimeout(() => this.drop(clientMessageId), ARRIVING_MS);
      return true;
    } catch (error) {
      const { code, details } =
        error instanceof ApiError ? error : { code: 'UNKNOWN', details: {} as { readonly retryAfter?: number } };
      const passing = PASSING.has(code);
      this.mark(clientMessageId, passing ? { kind: 'waiting' } : { kind: 'failed', error });
      const { retryAfter } = details;
      this.holdBack(entry.room, retryAfter === undefined ? undefined : this.deps.now() + retryAfter * 1_000);
      // A room in slow mode holds up no other.
      return !passing || retryAfter !== undefined;
    }
  }

  private mark(clientMessageId: string, progress: Progress): void {
    this.pending.set(
      this.pending.get().map((entry) => (entry.clientMessageId === clientMessageId ? { ...entry, progress } : entry)),
    );
  }
}
