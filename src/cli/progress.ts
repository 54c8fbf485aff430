const WIDTH = 30;
const REDRAW_MS = 100;

/** A progress bar on standard error, if that is a terminal. Writes nothing into a pipe or a log. */
export class Progress {
  private drawnAt = 0;

  constructor(
    private readonly what: string,
    private readonly total: number,
    private readonly out: NodeJS.WriteStream = process.stderr,
  ) {}

  update(done: number): void {
    const now = performance.now();
    if (!this.out.isTTY || now - this.drawnAt < REDRAW_MS) return;
    this.drawnAt = now;
    const part = this.total === 0 ? 1 : Math.min(1, done / this.total);
    const filled = Math.round(part * WIDTH);
    this.out.write(`\r${this.what} [${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${Math.floor(part * 100)} %`);
  }

  /** Removes the bar. */
  end(): void {
    if (this.out.isTTY) this.out.write('\r\x1b[K');
  }
}
