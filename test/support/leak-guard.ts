import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 20;
/** Grace for handles that close soon after the last test: the other end of a socket, a child that is stopping. */
const GRACE_MS = 5_000;

/** `_destroyed` is Node's own mark of a timer that has fired or was cleared; it has no public name. */
type Timer = NodeJS.Timeout & { readonly _destroyed: boolean };
const isAlive = (timer: Timer): boolean => !timer._destroyed && timer.hasRef();

/**
 * Finds handles of a test file that keep the event loop alive. Unref'd handles do not count, so idle keep-alive
 * sockets of a client pass. Handles are compared with those at the start; timers are watched one by one, because jest's own come
 * and go.
 */
export class LeakGuard {
  private readonly before = openHandles();
  private timers: Timer[] = [];
  private pruneAt = 1_000;

  /** @param globals of the test file; its timer functions are replaced */
  constructor(globals: Pick<typeof globalThis, 'setTimeout' | 'setInterval'>) {
    for (const name of ['setTimeout', 'setInterval'] as const) {
      const original = globals[name];
      const watched = (...args: Parameters<typeof setTimeout>) => this.watch(original(...args) as Timer);
      // Keeps util.promisify.custom.
      globals[name] = Object.defineProperties(
        watched,
        Object.getOwnPropertyDescriptors(original),
      ) as unknown as typeof setTimeout;
    }
  }

  /** @returns the kinds of open handles after the grace, such as 'TCPServerWrap', one entry each; empty if none */
  async leaks(): Promise<string[]> {
    const giveUpAt = performance.now() + GRACE_MS;
    for (;;) {
      // A listen() of the last test may not have completed yet. Unref'd, so that this timer does not keep the process alive.
      await delay(POLL_MS, undefined, { ref: false });
      const found = [...added(this.before, openHandles()), ...this.timers.filter(isAlive).map(() => 'Timeout')];
      if (found.length === 0 || performance.now() > giveUpAt) return found;
    }
  }

  private watch(timer: Timer): Timer {
    if (this.timers.length >= this.pruneAt) {
      this.timers = this.timers.filter(isAlive);
      this.pruneAt = Math.max(1_000, 2 * this.timers.length);
    }
    this.timers.push(timer);
    return timer;
  }
}

const openHandles = (): string[] => process.getActiveResourcesInfo().filter((kind) => kind !== 'Timeout' && kind !== 'Immediate');

/** @returns what is in `now` and not in `before`, as often as it is */
export function added(before: readonly string[], now: readonly string[]): string[] {
  const rest = [...now];
  for (const kind of before) {
    const index = rest.indexOf(kind);
    if (index >= 0) rest.splice(index, 1);
  }
  return rest;
}
