/** Time over which the demand is averaged, in milliseconds. */
const AVERAGED_MS = 250;

/** Longest window for a demand, in milliseconds: linear between these points. A demand above 1 would take more than the whole event loop. */
const WINDOWS: readonly (readonly [demand: number, windowMs: number])[] = [
  [0.05, 0],
  [0.2, 11],
  [1, 13],
  [2, 25],
];

/**
 * How long events wait for others, so that one write carries several. The demand is the share of the event loop that deliveries would
 * take if each event were delivered alone. While it is small, or no other event is expected in time, events are delivered at once. It
 * does not depend on what the windows save, so that they do not swing.
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

  /**
   * How long the first waiting event waits, in milliseconds: 0 if it would wait alone.
   * @param intervalMs mean time between events of the same receivers
   */
  windowMs(now: number, intervalMs: number): number {
    const windowMs = this.longestMs(now);
    return windowMs > intervalMs ? windowMs : 0;
  }

  private longestMs(now: number): number {
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
