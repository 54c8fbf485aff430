/** Functions that hear of events, in the order in which they were added. One that throws does not keep the others from hearing. */
export class Listeners<A extends readonly unknown[] = []> {
  private readonly entries = new Set<{ readonly call: (...args: A) => void }>();

  /** @param onError is handed what a listener threw */
  constructor(private readonly onError: (error: unknown) => void) {}

  get size(): number {
    return this.entries.size;
  }

  /** The same function may be added twice and is then called twice. @returns a function that removes this one entry */
  add(call: (...args: A) => void): () => void {
    const entry = { call };
    this.entries.add(entry);
    return () => void this.entries.delete(entry);
  }

  /** A listener that is removed while others are being called is not called any more. */
  call(...args: A): void {
    for (const { call } of this.entries) {
      try {
        call(...args);
      } catch (error) {
        this.onError(error);
      }
    }
  }
}
