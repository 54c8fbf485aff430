/**
 * A read whose result is never older than the call. One read runs at a time. Callers during it share the next one, because the
 * running one may have begun before the change that they want to see.
 */
export class FreshRead<T> {
  private running: Promise<T> | undefined;
  private next: Promise<T> | undefined;

  constructor(private readonly read: () => Promise<T>) {}

  /** Rejects as the read does. A failed read does not fail the next one. */
  get(): Promise<T> {
    if (!this.running) {
      this.running = this.read().finally(() => {
        this.running = undefined;
      });
      return this.running;
    }
    this.next ??= this.running
      .catch(() => undefined)
      .then(() => {
        this.next = undefined;
        return this.get();
      });
    return this.next;
  }
}
