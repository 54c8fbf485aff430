import { withFeeling, type Authorship, type Chat, type ChatDraft, type FeelingChange } from '../../domain/chat';
import { DomainError, unavailable, withStored } from '../../domain/errors';
import { bandOf, ONE_PARTITION } from '../../domain/partition';
import type { LogPosition } from '../../domain/position';
import type { Appended, ChatLog, LogLookup, LogPartition, RoomTail, RoomTailListener } from '../../ports/chat-log';
import type { ChatStore } from '../../ports/chat-store';
import { Listeners } from '../../util/listeners';
import type { ChatTable } from './chat-table';
import type { Environment } from './environment';
import { JournalAppends, type JournalAppendsOptions } from './journal-appends';
import type { LogState } from './log-state';
import { roomTailOf, type LocalLog } from './room-tail';
import { SettledEntries } from './settled-entries';
import { CHUNK, Settler } from './settler';
import { Unsettled } from './unsettled';

export interface LmdbChatLogOptions extends Pick<JournalAppendsOptions, 'journal' | 'ids' | 'clock' | 'logger'> {
  readonly env: Environment;
  /** The table of the log's own. */
  readonly entries: ChatTable;
  /** The table of the store. */
  readonly stored: ChatTable;
  /** Changes entries that are in its table alone. */
  readonly store: Pick<ChatStore, 'rename' | 'setFeeling' | 'erase'>;
  readonly state: LogState;
  /** Maximum number of entries that wait for the store. `append` refuses more. */
  readonly maxBacklog: number;
}

/**
 * Entries become visible when the journal has them on the disk: in one turn the head moves, the tails are called and the appends
 * resolve. They are kept in memory until they are settled, which means moved into LMDB, many in one transaction. That happens with a
 * commit of the store, before a change of an entry, and when the journal is full. What the store has is not written again.
 */
export class LmdbChatLog implements ChatLog, LogPartition, LocalLog {
  readonly number = ONE_PARTITION.first;
  readonly band = bandOf(ONE_PARTITION.first, ONE_PARTITION);
  /** The log is one partition. */
  readonly partitions: readonly LogPartition[] = [this];
  private readonly appends: JournalAppends;
  private readonly listeners: Listeners<[readonly Chat[]]>;
  private readonly unsettled: Unsettled;
  private readonly settled: SettledEntries;
  private readonly settler: Settler;
  private closed = false;
  private readonly epoch: string;
  private committedOffset: number;

  constructor(private readonly options: LmdbChatLogOptions) {
    const { epoch, head, committed, sentAt, first = options.entries.offsets({ limit: 1 })[0] ?? head + 1 } = options.state.get();
    this.epoch = epoch;
    this.unsettled = new Unsettled(head);
    this.settled = new SettledEntries({ own: options.entries, stored: options.stored, epoch, first });
    this.settler = new Settler({ ...options, unsettled: this.unsettled, settled: this.settled });
    this.committedOffset = committed;
    this.listeners = new Listeners((err) => {
      options.logger.error({ err, epoch, offset: this.headOffset }, 'a listener of the log failed; the others go on');
    });
    const { unsettled, settler } = this;
    const onAppended = (chats: readonly Chat[]): void => {
      this.listeners.call(chats);
    };
    this.appends = new JournalAppends({ ...options, unsettled, settler, epoch, sentAt, onAppended });
  }

  of(): LogPartition {
    return this;
  }

  holding(): LogPartition {
    return this;
  }

  async append(draft: ChatDraft): Promise<Appended> {
    try {
      if (this.closed) throw unavailable('The log is closed.');
      if (this.headOffset - this.committedOffset + this.appends.waiting >= this.options.maxBacklog) {
        throw unavailable('Too many messages wait to be stored.');
      }
      return await this.appends.add(draft);
    } catch (error) {
      throw withStored(error, 'no');
    }
  }

  find(id: string): Promise<LogLookup> {
    return this.options.env.read(() => {
      const newest = this.unsettled.find(id);
      if (newest) return { state: 'present', chat: newest };
      const offset = this.options.ids.get(id);
      if (offset === undefined) this.appends.rememberAbsent(id);
      if (offset === undefined || offset > this.headOffset) return { state: 'unknown' };
      const chat = this.settled.get(offset, { id });
      return chat ? { state: 'present', chat } : { state: 'trimmed' };
    });
  }

  head(): Promise<LogPosition> {
    return this.options.env.read(() => this.headPosition());
  }

  async watermark(): Promise<number> {
    const { env, state } = this.options;
    const now = this.appends.advance();
    // Appends that are being written may have a smaller time.
    await Promise.all([
      this.appends.written(),
      env.write(() => {
        if (state.get().sentAt < now) state.set({ sentAt: now });
      }),
    ]);
    return now;
  }

  read(from: LogPosition, limit: number): Promise<readonly Chat[] | undefined> {
    return this.options.env.read(() => {
      if (from.epoch !== this.epoch || from.offset > this.headOffset) throw new DomainError('CURSOR_EXPIRED');
      if (from.offset === this.headOffset || limit < 1) return [];
      const { settled } = this.unsettled;
      const start = from.offset + 1;
      if (start > settled) return this.unsettled.from(start, limit);
      const chats = this.settled.range(start, settled + 1, limit);
      return chats && [...chats, ...this.unsettled.from(settled + 1, limit - chats.length)];
    });
  }

  readBack(before: number, limit: number): Promise<readonly Chat[]> {
    return this.options.env.read(() => {
      if (limit < 1) return [];
      const last = Math.min(before - 1, this.headOffset);
      const newest = this.unsettled.back(last, limit);
      if (newest.length >= limit) return newest;
      return [...newest, ...this.settled.back(Math.min(last, this.unsettled.settled), limit - newest.length)];
    });
  }

  tail(listener: Pick<RoomTailListener, 'entries'>): ReturnType<LocalLog['tail']> {
    return this.options.env.read(() => ({
      from: this.headPosition(),
      stop: this.listeners.add((chats) => {
        listener.entries(chats);
      }),
    }));
  }

  tailRooms(listener: RoomTailListener): Promise<RoomTail> {
    return roomTailOf(this, listener);
  }

  committed(): Promise<number> {
    return this.options.env.read(() => this.committedOffset);
  }

  async commit(upTo: number, fence: number): Promise<boolean> {
    const last = Math.min(upTo, this.headOffset);
    const offset = await this.settler.commit(last, fence);
    if (offset === undefined) return false;
    this.committedOffset = Math.max(this.committedOffset, offset);
    return true;
  }

  async trim(retain: number, olderThan: number): Promise<void> {
    const { env, entries } = this.options;
    for (;;) {
      const [isTrimmed, offsets] = await env.read(() => [
        !this.settled.trim(this.committedOffset, this.headOffset - retain, olderThan, CHUNK),
        this.settled.trimmed(CHUNK),
      ]);
      if (isTrimmed && offsets.length === 0) return;
      await env.write(() => {
        for (const offset of offsets) entries.remove(offset);
      });
    }
  }

  rename(offset: number, to: Authorship): Promise<void> {
    return this.change(
      offset,
      (entries) => entries.change(offset, (chat) => ({ ...chat, ...to })),
      (store) => store.rename(offset, to),
    );
  }

  setFeeling(offset: number, change: FeelingChange): Promise<void> {
    return this.change(
      offset,
      (entries) => entries.change(offset, (chat) => withFeeling(chat, change)),
      (store) => store.setFeeling(offset, change),
    );
  }

  erase(offset: number): Promise<void> {
    return this.change(
      offset,
      (entries) => {
        entries.erase(offset);
      },
      (store) => store.erase(offset),
    );
  }

  /** The chat as `chatCodec` encodes it, if it is not settled and this is what the log has. */
  recordOf(chat: Chat): Buffer | undefined {
    return this.unsettled.recordOf(chat);
  }

  /** The store has the chat on the disk. */
  markStored(chat: Chat): void {
    this.unsettled.markStored(chat);
  }

  /** Refuses new appends, waits for the pending ones and settles. What cannot be settled stays in the journal for the next start. */
  async close(): Promise<void> {
    const { journal, logger } = this.options;
    this.closed = true;
    await this.appends.idle();
    await this.settler.settle(this.headOffset).catch((err: unknown) => {
      logger.warn({ err }, 'the newest messages could not be moved from the journal; the next start moves them');
    });
    journal.close(this.unsettled.settled === this.headOffset);
  }

  private async change(
    offset: number,
    change: (entries: ChatTable) => unknown,
    changeStored: (store: LmdbChatLogOptions['store']) => Promise<void>,
  ): Promise<void> {
    const { env, entries, store } = this.options;
    await this.settler.settle(Math.min(offset, this.headOffset));
    const isOwn = await env.write(() => {
      const owns = this.settled.owns(offset);
      if (owns) change(entries);
      return owns;
    });
    if (!isOwn && offset >= this.settled.first && offset <= this.headOffset) await changeStored(store);
  }

  private get headOffset(): number {
    return this.unsettled.last;
  }

  private headPosition(): LogPosition {
    return { epoch: this.epoch, offset: this.headOffset };
  }
}
