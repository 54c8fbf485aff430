import type { Environment } from './environment';
import type { Table } from './table';

const KEY = 'state';

/** What a log generation knows about itself. */
export interface LogStateRecord {
  /** The name of the generation; '' before the first one begins. */
  readonly epoch: string;
  /** Offset of the last entry. Outlives the entry. */
  readonly head: number;
  /** No later entry gets a smaller time. Milliseconds since 1970. */
  readonly sentAt: number;
  /** Everything up to this offset is in the store. */
  readonly committed: number;
  /** The highest fence that a commit had. */
  readonly fence: number;
  /**
   * Offset of the oldest entry that is not trimmed. Written with a commit, so it may be behind. Absent where the last writer kept
   * all entries of the log in its own table.
   */
  readonly first?: number;
}

const NEW: LogStateRecord = { epoch: '', head: 0, sentAt: 0, committed: 0, fence: 0 };

/** Changes happen inside a transaction of the caller. */
export class LogState {
  private readonly table: Table<LogStateRecord, string>;

  constructor(env: Environment) {
    this.table = env.table('log-state');
  }

  get(): LogStateRecord {
    return this.table.get(KEY) ?? NEW;
  }

  set(change: Partial<LogStateRecord>): void {
    this.table.put(KEY, { ...this.get(), ...change });
  }

  /** Begins a generation whose first entry has the offset after `start`. Times and fences go on. */
  begin(epoch: string, start: number): void {
    this.set({ epoch, head: start, committed: start, first: start + 1 });
  }
}
