import type { Connection } from './connection';
import type { Group } from './group';

/** Longest stretch of work without letting the event loop serve others, in milliseconds. */
const SLICE_MS = 5;

/**
 * Does the hub's work in slices. In each, the largest groups come first, so that many small ones cannot hold up a room; then
 * replays, at least one, so that those who come back are not starved by live traffic.
 */
export class DeliveryScheduler {
  private readonly dirty = new Set<Group>();
  private replays: (() => void)[] = [];
  private corked: Connection[] = [];
  private next: NodeJS.Immediate | undefined;
  private pause: NodeJS.Timeout | undefined;

  /** The group has work, now or after its pause. */
  add(group: Group): void {
    this.dirty.add(group);
    this.wake();
  }

  remove(group: Group): void {
    this.dirty.delete(group);
  }

  /** Runs a step of a replay, soon. */
  soon(step: () => void): void {
    this.replays.push(step);
    this.wake();
  }

  stop(): void {
    clearImmediate(this.next);
    clearTimeout(this.pause);
    this.dirty.clear();
    this.replays = [];
  }

  private wake(): void {
    this.next ??= setImmediate(() => {
      this.next = undefined;
      this.slice();
    });
  }

  private slice(): void {
    const end = performance.now() + SLICE_MS;
    const groups = this.dirty.size > 1 ? [...this.dirty].sort((a, b) => b.members.size - a.members.size) : [...this.dirty];
    let due = Infinity;
    let now = performance.now();
    for (const group of groups) {
      while (now < end && group.canWork(now)) {
        group.step(now, this.touch, () => {
          this.add(group);
        });
        now = performance.now();
      }
      if (now >= end) break;
      if (group.hasReady) due = Math.min(due, group.due);
      else this.dirty.delete(group);
    }
    this.runReplays(end);
    for (const { wire } of this.corked) wire.uncork();
    this.corked = [];
    if (now >= end || this.replays.length > 0) this.wake();
    else if (due < Infinity) this.wakeAt(due);
  }

  private runReplays(end: number): void {
    let done = 0;
    do {
      this.replays[done]?.();
      done++;
    } while (done < this.replays.length && performance.now() < end);
    this.replays.splice(0, done);
  }

  private wakeAt(due: number): void {
    clearTimeout(this.pause);
    this.pause = setTimeout(
      () => {
        this.wake();
      },
      Math.max(1, due - performance.now()),
    );
  }

  /** Frames of several subscriptions of one socket leave together at the end of the slice. */
  private readonly touch = (connection: Connection): void => {
    if (connection.subscriptions.size > 1 && connection.wire.cork()) this.corked.push(connection);
  };
}
