import type { Chat } from '../../domain/chat';
import { chatCodec, type ChatTable } from './chat-table';
import { journalled } from './journal';
import type { LogState } from './log-state';
import { DAMAGED } from './record';
import type { Table } from './table';

export interface ReplayOptions {
  readonly entries: ChatTable;
  readonly ids: Table<number, string>;
  readonly state: LogState;
}

/**
 * Run in a transaction at a start: puts the entries of the journal that LMDB lacks into the log. Entries of another epoch are of a log
 * that was lost or replaced.
 */
export function replayJournal(journal: Buffer, { entries, ids, state }: ReplayOptions): void {
  const codec = chatCodec();
  const decode = (record: Buffer): Chat | undefined => {
    const chat = codec.decode(record);
    return chat === DAMAGED ? undefined : chat;
  };
  const { epoch, head, sentAt } = state.get();
  let last = { offset: head, sentAt };
  for (const chat of journalled(journal, decode)) {
    if (chat.epoch !== epoch || chat.offset !== last.offset + 1) continue;
    entries.put(chat);
    ids.put(chat.id, chat.offset);
    last = chat;
  }
  if (last.offset > head) state.set({ head: last.offset, sentAt: Math.max(sentAt, last.sentAt) });
}
