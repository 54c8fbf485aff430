import type { NewId } from '../../ports/ids';
import type { Logger } from '../../ports/logger';
import type { ChatTable } from './chat-table';
import type { LogState } from './log-state';
import type { KeySet, Table } from './table';

export interface PrepareLogOptions {
  readonly entries: ChatTable;
  readonly chats: ChatTable;
  readonly ids: Table<number, string>;
  readonly epochs: KeySet<string>;
  readonly state: LogState;
  readonly newEpoch: NewId;
  readonly logger: Logger;
  /** Offsets left free above the highest stored one: more than a lost log can have been ahead of the store. */
  readonly epochGap: number;
}

/**
 * Run in a transaction at every start. A log that is new, or that ends below what is stored (so it was lost or comes from an
 * older copy), begins a new epoch above everything that was ever given out.
 */
export function prepareLog({ entries, chats, ids, epochs, state, newEpoch, logger, epochGap }: PrepareLogOptions): void {
  const highestStored = chats.lastOffset();
  const { epoch, head } = state.get();
  if (epoch === '' || head < highestStored) {
    const start = highestStored === 0 ? 0 : highestStored + epochGap;
    for (const offset of entries.offsets()) entries.remove(offset);
    // Messages that only the lost log had were never stored: they may be sent again.
    for (const { key, value } of ids.entries()) if (value > highestStored) ids.remove(key);
    state.begin(newEpoch(), start);
    if (start > 0) logger.warn({ highestStored, start }, 'the log was lost; a new epoch begins and open readers load again');
  }
  epochs.add(state.get().epoch);
}
