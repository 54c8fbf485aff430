/** Time over which the demand is averaged, in milliseconds. */
const AVERAGED_MS = 250;

/**
 * Window for a demand, in milliseconds: linear between these points. A demand above 1 would take more than the whole event loop. From 0.1
 * on a write carries two messages at 100 a second, and the first of them waits less than 15 ms.
 */
const WINDOWS: readonly (readonly [demand: number, windowMs: number])[] = [
  [0.05, 0],
  [0.1, 13],
  [1, 13],
  [2, 25],
];

/** Events of the same receivers that wait for delivery. Times are those of performance.now(). */
export interface Waiting {
  readonly firstAt: number;
  readonly lastAt: number;
  /** Mean time between events, in milliseconds. */
  readonly intervalMs: number;
}

/**
 * How long events wait for others, so that one write carries several. The demand is the share of the event loop that deliveries would
 * take if each event were delivered alone. While it is small, events are delivered at once. Above that the first one waits for a window,
 * and no longer than another event is expected within it. The demand does not depend on what the windows save, so that they do not swing.
 */
export class DeliveryPressure {
  private demand = 0;
  private at = 0;

  /**
   * Counts a delivery.
   * @param now by performance.now()
   * @param ms how long it took
   */
  add(events: number, ms: number, now: number): void {
    this.demand = this.demandAt(now) + (events * ms) / AVERAGED_MS;
    this.at = now;
  }

  /** Earliest time of the delivery, by performance.now(). */
  due(now: number, { firstAt, lastAt, intervalMs }: Waiting): number {
    const end = firstAt + this.windowMs(now);
    return lastAt + intervalMs < end ? end : firstAt;
  }

  private windowMs(now: number): number {
    const demand = this.demandAt(now);
    let [fromDemand, fromMs] = [0, 0];
    for (const [toDemand, toMs] of WINDOWS) {
      if (demand < toDemand) return fromMs + ((toMs - fromMs) * (demand - fromDemand)) / (toDemand - fromDemand);
      [fromDemand, fromMs] = [toDemand, toMs];
    }
    return fromMs;
  }

  private demandAt(now: number): number {
    return this.demand * Math.exp(-Math.max(0, now - this.at) / AVERAGED_MS);
  }
}
