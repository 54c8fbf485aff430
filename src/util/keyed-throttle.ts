interface Running<V> {
  /** The newest value since the run began, if there is one. */
  next: { readonly value: V } | undefined;
}

/**
 * Runs work for a key at once, and again after an interval if it was asked for meanwhile: of several calls the newest value wins. The
 * runs of one key do not overlap, and the interval begins when a run has ended.
 */
export class KeyedThrottle<V> {
  private readonly running = new Map<string, Running<V>>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private stopped = false;

  /**
   * @param run must not reject
   * @param maxKeys keys that may run or wait at a time
   */
  constructor(
    private readonly intervalMs: number,
    private readonly maxKeys: number,
    private readonly run: (value: V) => Promise<void> | void,
  ) {}

  get size(): number {
    return this.running.size;
  }

  /** @returns false, and does nothing, if there are too many keys */
  call(key: string, value: V): boolean {
    const running = this.running.get(key);
    if (running) running.next = { value };
    else if (this.stopped || this.running.size >= this.maxKeys) return false;
    else this.start(key, value);
    return true;
  }

  /** Values that wait are dropped. */
  stop(): void {
    this.stopped = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.running.clear();
  }

  private start(key: string, value: V): void {
    const running: Running<V> = { next: undefined };
    this.running.set(key, running);
    void Promise.resolve(this.run(value)).then(() => {
      if (this.stopped) return;
      const timer = setTimeout(() => {
        this.timers.delete(timer);
        this.running.delete(key);
        if (running.next) this.start(key, running.next.value);
      }, this.intervalMs);
      this.timers.add(timer);
    });
  }
}
