import type { Connection } from './connection';
import type { Group } from './group';

/** Longest run of work before the event loop gets its turn, in milliseconds. */
const SLICE_MS = 5;

/**
 * Does the hub's work in slices. A slice serves the largest groups first, so that many small groups cannot delay a large room, and
 * then replays. It runs at least one replay step, so that live traffic cannot starve them.
 */
export class DeliveryScheduler {
  /** Groups with work. */
  private readonly dirty = new Set<Group>();
  private replays: (() => void)[] = [];
  private corked: Connection[] = [];
  private immediate: NodeJS.Immediate | undefined;
  private timer: NodeJS.Timeout | undefined;

  /** Adds a group that has work now or after its window. */
  add(group: Group): void {
    this.dirty.add(group);
    this.wake();
  }

  remove(group: Group): void {
    this.dirty.delete(group);
  }

  /** Runs a step of a replay in one of the next slices. */
  addReplayStep(step: () => void): void {
    this.replays.push(step);
    this.wake();
  }

  stop(): void {
    clearImmediate(this.immediate);
    clearTimeout(this.timer);
    this.dirty.clear();
    this.replays = [];
  }

  private wake(): void {
    this.immediate ??= setImmediate(() => {
      this.immediate = undefined;
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
        group.step(now, this.cork, () => {
          this.add(group);
        });
        now = performance.now();
      }
      if (now >= end) break;
      if (group.hasReady) due = Math.min(due, group.due(now));
      else this.dirty.delete(group);
    }
    this.runReplays(end);
    for (const { queue } of this.corked) queue.uncork();
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
    clearTimeout(this.timer);
    this.timer = setTimeout(
      () => {
        this.wake();
      },
      Math.max(1, due - performance.now()),
    );
  }

  /** Frames of several subscriptions of one connection are written together at the end of the slice. */
  private readonly cork = (connection: Connection): void => {
    if (connection.subscriptions.size > 1 && connection.queue.cork()) this.corked.push(connection);
  };
}
