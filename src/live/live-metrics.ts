/** Counters of the live stream. They are called on the hot path: no method throws or waits. */
export interface LiveMetrics {
  /** An event of a subscription field with at least one subscriber was published. */
  event(topic: string): void;
  /** Events were written to connections; each connection counts. */
  deliveries(count: number): void;
  /** A group was served. @param ms milliseconds from publishing its first event to the last write */
  delivered(ms: number): void;
  /** A connection was closed because it was a slow consumer. */
  slowClose(): void;
  /** A subscription to newChat began, from a cursor or at the head. */
  replay(): void;
  /** A replay failed with CURSOR_EXPIRED or UNAVAILABLE. */
  gapFailure(): void;
}

const nothing = (): void => undefined;

/** Does not count. */
export const noLiveMetrics: LiveMetrics = {
  event: nothing,
  deliveries: nothing,
  delivered: nothing,
  slowClose: nothing,
  replay: nothing,
  gapFailure: nothing,
};
