import { createStore } from './store';

/** After this time without an event somebody counts as no longer typing. The server reports it after five seconds. */
const TYPING_MS = 7_000;

/** Who is typing in a room. */
export class Writers {
  readonly names = createStore<readonly string[]>([]);
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  start(name: string): void {
    clearTimeout(this.timers.get(name));
    this.timers.set(
      name,
      setTimeout(() => this.stop(name), TYPING_MS),
    );
    this.names.set([...this.timers.keys()]);
  }

  stop(name: string): void {
    if (!this.timers.has(name)) return;
    clearTimeout(this.timers.get(name));
    this.timers.delete(name);
    this.names.set([...this.timers.keys()]);
  }

  close(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
  }
}
