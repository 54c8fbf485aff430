/** Of the first batch, and of the one after a failure: a slow store takes it in time, and a full log soon takes messages again. */
const MIN = 500;
const MAX = 10_000;
/** A store that is busy for longer answers everybody late, and its client may take it for lost. */
const LONG_MS = 2_000;
const SHORT_MS = LONG_MS / 2;

/** How many messages a batch may have: what the store takes in one to two seconds, as far as the batches before it tell. */
export class BatchSize {
  private size = MIN;

  get most(): number {
    return this.size;
  }

  /** @param tookMs milliseconds of the store for this many messages */
  stored(messages: number, tookMs: number): void {
    if (tookMs > LONG_MS) this.size = Math.max(MIN, Math.floor(this.size / 2));
    else if (tookMs < SHORT_MS && messages >= this.size) this.size = Math.min(MAX, this.size * 2);
  }

  failed(): void {
    this.size = MIN;
  }
}
