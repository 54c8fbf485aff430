import type { Empathy, EmpathyCounts } from '../domain/empathy';

/** The empathy of one person for one message. */
export interface Press {
  readonly userId: string;
  readonly empathy: Empathy;
}

export interface PressOutcome {
  /** False if the person had pressed the same already. */
  readonly changed: boolean;
  /** The counts of the message, this press and all that were stored before it included. */
  readonly counts: EmpathyCounts;
}

/**
 * The empathies that persons pressed on messages: at most one for each person and message. The store does not know the messages: an
 * id that it has nothing of counts as a message without empathies. What a person pressed is for that person alone.
 * @throws DomainError UNAVAILABLE from any method while the store is unreachable
 */
export interface EmpathyStore {
  /**
   * Replaces the empathy of the person for the message; null removes it. Resolves when durable. Repeating a call changes nothing. Of
   * concurrent calls for one person and message, in any processes, one is the last and decides, and the counts are exact.
   * @throws DomainError UNAVAILABLE with `stored: 'no'` if too many presses wait
   */
  set(chatId: string, userId: string, empathy: Empathy | null): Promise<PressOutcome>;

  /** Counts by message; messages without empathies are left out. */
  counts(chatIds: readonly string[]): Promise<ReadonlyMap<string, EmpathyCounts>>;

  /** The empathies of one person by message; messages without one of that person are left out. */
  of(userId: string, chatIds: readonly string[]): Promise<ReadonlyMap<string, Empathy>>;

  /** All presses by message, in no particular order, for the export; messages without any are left out. */
  presses(chatIds: readonly string[]): Promise<ReadonlyMap<string, readonly Press[]>>;

  /** Removes all empathies of the message. Durable when resolved. A press that is stored later counts again. */
  removeNote(chatId: string): Promise<void>;

  /**
   * Removes empathies of the person from at most `limit` messages. Durable when resolved. Call it until the result is empty.
   * @returns ids of the messages concerned
   */
  removeUser(userId: string, limit: number): Promise<readonly string[]>;
}
