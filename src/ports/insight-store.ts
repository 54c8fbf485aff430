import type { Insight } from '../domain/insight';

/** What the schedule has done so far. */
export interface ScheduleState {
  /** End of the last window that is finished for every room: the next one starts here. Milliseconds since 1970. */
  readonly doneUntil: number;
}

/** @throws DomainError UNAVAILABLE while the store cannot be reached */
export interface InsightStore {
  /**
   * Stores it under its id, once. Durable when resolved.
   * @param fence the number of the lease under which it was made; a put with a lower one than seen before is refused
   */
  put(insight: Insight, fence: number): Promise<'stored' | 'exists' | 'fenced'>;
  byId(id: string): Promise<Insight | undefined>;
  /** Newest scheduled insight of the room by window end. */
  latest(room: string): Promise<Insight | undefined>;
  /** Scheduled insights of the room whose window ends before `before`, newest first. */
  page(room: string, before: number | undefined, limit: number): Promise<readonly Insight[]>;

  schedule(): Promise<ScheduleState | undefined>;
  /** @returns false, and changes nothing, if a higher fence has been seen or `doneUntil` would go back */
  advance(state: ScheduleState, fence: number): Promise<boolean>;
}
