import { createStore } from './store';

/** More letters than anybody scrolls back to. */
const REMEMBERED = 400;

/** Which letters an account, or a reader without one, has opened in this browser, and which one is the newest of a room. */
export class ReadLetters {
  readonly read = createStore<ReadonlySet<string>>(new Set());
  /** By room. */
  readonly newest = createStore<ReadonlyMap<string, string>>(new Map());

  constructor(
    private readonly storage: Pick<Storage, 'getItem' | 'setItem'>,
    private readonly reader: () => string,
  ) {
    this.reload();
  }

  /** Another person, or another tab has opened one. */
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
    this.read.set(new Set([...this.read.get(), id].slice(-REMEMBERED)));
    this.storage.setItem(this.key(), JSON.stringify([...this.read.get()]));
  }

  private key(): string {
    return `jungle-buzz.letters.${this.reader()}`;
  }
}
