import type { BrowserStorage } from './browser-storage';
import { createStore } from './store';

/** The oldest letters beyond it count as unread again. */
const MAX_REMEMBERED = 400;

const keyOf = (reader: string): string => `jungle-buzz.letters.${reader}`;

/** The letters that an account, or a reader without one, has opened in this browser, and the newest letter of each room. */
export class ReadLetters {
  readonly read = createStore<ReadonlySet<string>>(new Set());
  /** By room. */
  readonly newest = createStore<ReadonlyMap<string, string>>(new Map());

  constructor(
    private readonly storage: BrowserStorage,
    private readonly reader: () => string,
  ) {
    this.reload();
  }

  /** The person has changed, or another tab has opened a letter. */
  reload(): void {
    try {
      this.read.set(new Set(JSON.parse(this.storage.getItem(this.key()) ?? '[]') as string[]));
    } catch {
      this.read.set(new Set());
    }
  }

  learn(room: string, id: string): void {
    this.newest.set(new Map(this.newest.get()).set(room, id));
  }

  open(id: string): void {
    if (this.read.get().has(id)) return;
    this.read.set(new Set([...this.read.get(), id].slice(-MAX_REMEMBERED)));
    this.storage.setItem(this.key(), JSON.stringify([...this.read.get()]));
  }

  /** A person has another name now. */
  rename(before: string, after: string): void {
    const read = this.storage.getItem(keyOf(before));
    if (read !== null) this.storage.setItem(keyOf(after), read);
  }

  private key(): string {
    return keyOf(this.reader());
  }
}
