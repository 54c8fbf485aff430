import type { Insight } from '../domain/insight';

/** Progress of the insight schedule. */
export interface ScheduleState {
  /** End of the last window that is complete for every room, in milliseconds since 1970. The next window starts here. */
  readonly doneUntil: number;
}

/** @throws DomainError UNAVAILABLE from any method while the store is unreachable */
export interface InsightStore {
  /**
   * Stores the insight once under its id. Durable when resolved.
   * @param fence fence of the lease under which it was made
   * @returns 'fenced', and stores nothing, if a higher fence was seen
   */
  put(insight: Insight, fence: number): Promise<'stored' | 'exists' | 'fenced'>;
  byId(id: string): Promise<Insight | undefined>;
  /** The scheduled insight of the room with the latest window end. */
  latest(room: string): Promise<Insight | undefined>;
  /** Scheduled insights of the room whose window ends before `before`, newest first, at most `limit`. */
  page(room: string, before: number | undefined, limit: number): Promise<readonly Insight[]>;
  /** Removes all insights of the room. Durable when resolved. */
  removeRoom(room: string): Promise<void>;

  /** Undefined before the first `advance`. */
  schedule(): Promise<ScheduleState | undefined>;
  /** @returns false, and changes nothing, if a higher fence was seen or `doneUntil` would decrease */
  advance(state: ScheduleState, fence: number): Promise<boolean>;
}
