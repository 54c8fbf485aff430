import { ObjectStore } from './object-store';
import { MAX_SHOWN, type Note } from './timeline';

interface Kept {
  /** Owner and room. */
  readonly key: string;
  readonly owner: string;
  readonly notes: readonly Note[];
}

const WRITE_MS = 2_000;

/**
 * The last notes of each room that this person has visited, in IndexedDB, for showing them while there is no network. Those of nobody
 * else are kept. Without IndexedDB nothing is.
 */
export class OfflineNotes {
  private readonly store = new ObjectStore('jungle-buzz.notes', 'rooms', { keyPath: 'key' });
  private readonly waiting = new Map<string, Kept>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param owner username; empty while nobody is logged in */
  constructor(private owner: string) {
    this.changeOwner(owner);
  }

  read(room: string): Promise<readonly Note[]> {
    const key = this.keyOf(room);
    return this.store
      .transact('readonly', async (rooms) => ((await rooms.get(key)) as Kept | undefined)?.notes ?? [])
      .catch(() => []);
  }

  /** Keeps the newest notes of a room, a little later. */
  keep(room: string, notes: readonly Note[]): void {
    const key = this.keyOf(room);
    this.waiting.set(key, { key, owner: this.owner, notes: notes.slice(-MAX_SHOWN) });
    this.timer ??= setTimeout(() => this.write(), WRITE_MS);
  }

  write(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const entries = [...this.waiting.values()];
    this.waiting.clear();
    if (entries.length === 0) return;
    const writing = this.store.transact('readwrite', async (rooms) => {
      for (const entry of entries) await rooms.put(entry);
    });
    writing.catch(() => undefined);
  }

  forgetRoom(room: string): void {
    const key = this.keyOf(room);
    this.waiting.delete(key);
    this.store.transact('readwrite', (rooms) => rooms.delete(key)).catch(() => undefined);
  }

  /** Somebody else reads: deletes the notes of everybody before. */
  changeOwner(owner: string): void {
    this.owner = owner;
    this.waiting.clear();
    const removing = this.store.transact('readwrite', async (rooms) => {
      for (const kept of (await rooms.getAll()) as Kept[]) if (kept.owner !== owner) await rooms.delete(kept.key);
    });
    removing.catch(() => undefined);
  }

  private keyOf(room: string): string {
    return JSON.stringify([this.owner, room]);
  }
}
