import type { Database } from 'lmdb';
import type { NewId } from '../../ports/ids';
import type { Logger } from '../../ports/logger';
import type { ChatTuple } from './chat-codec';
import { lastKey } from './environment';
import type { LogState } from './log-state';

export interface PrepareLogOptions {
  readonly entries: Database<ChatTuple, number>;
  readonly chats: Database<ChatTuple, number>;
  readonly ids: Database<number, string>;
  readonly epochs: Database<null, string>;
  readonly state: LogState;
  readonly newEpoch: NewId;
  readonly logger: Logger;
  /** Distance kept from the highest offset stored: more than a lost log can have been ahead of the store. */
  readonly epochGap: number;
}

/**
 * Run in a transaction at every start. A log that is new, or that ends below what is stored (so it was lost or comes from an
 * older copy), begins a new epoch above everything that was ever given out.
 */
export function prepareLog({ entries, chats, ids, epochs, state, newEpoch, logger, epochGap }: PrepareLogOptions): void {
  const highestStored = lastKey(chats) ?? 0;
  if (state.epoch() === '' || state.head().offset < highestStored) {
    const start = highestStored === 0 ? 0 : highestStored + epochGap;
    for (const offset of [...entries.getKeys()]) void entries.remove(offset);
    // What was lost with the old log was never stored: it may be sent again.
    for (const { key, value } of [...ids.getRange()]) if (value > highestStored) void ids.remove(key);
    state.begin(newEpoch(), start);
    if (start > 0) logger.warn({ highestStored, start }, 'the log was lost: a new epoch begins');
  }
  void epochs.put(state.epoch(), null);
}
