/** What is counted about the live stream. Called on its hot path: never throws, never waits. */
export interface LiveMetrics {
  /** One event of a subscription field entered the hub with at least one subscriber. */
  event(topic: string): void;
  /** So many events were handed to sockets, over all of them. */
  deliveries(count: number): void;
  /** Milliseconds from the hub's hearing of an event until the last socket of its group had it. */
  delivered(ms: number): void;
  /** A socket was closed because too much waited for it. */
  slowClose(): void;
  /** Somebody came back with a place, or began at the head. */
  replay(): void;
  /** A gap could not be filled: the reader was told CURSOR_EXPIRED or UNAVAILABLE. */
  gapFailure(): void;
}

const nothing = (): void => undefined;

/** Counts nothing. */
export const noLiveMetrics: LiveMetrics = {
  event: nothing,
  deliveries: nothing,
  delivered: nothing,
  slowClose: nothing,
  replay: nothing,
  gapFailure: nothing,
};
