/** Lets a limited number of jobs run at a time. The others wait, in the order in which they came. */
export class Slots {
  private readonly waiting: (() => void)[] = [];

  /** @param free jobs that may run at a time */
  constructor(private free: number) {}

  async run<T>(job: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await job();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free++;
    }
  }
}
