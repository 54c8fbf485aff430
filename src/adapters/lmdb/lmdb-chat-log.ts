import { withFeeling, type Authorship, type Chat, type ChatDraft, type FeelingChange } from '../../domain/chat';
import { DomainError, unavailable, withStored } from '../../domain/errors';
import type { LogPosition } from '../../domain/position';
import type { Appended, ChatLog, LogLookup, RoomTail, RoomTailListener, Tail, TailListener } from '../../ports/chat-log';
import type { Clock } from '../../ports/clock';
import type { Logger } from '../../ports/logger';
import { Listeners } from '../../util/listeners';
import type { ChatTable } from './chat-table';
import type { Environment } from './environment';
import { GroupCommit } from './group-commit';
import type { LogState } from './log-state';
import { roomTailOf } from './room-tail';
import type { Table } from './table';

/** Entries that `trim` removes in one transaction. */
const TRIM_CHUNK = 500;

export interface LmdbChatLogOptions {
  readonly env: Environment;
  readonly entries: ChatTable;
  /** Offset of every id that was ever appended. Never removed. */
  readonly ids: Table<number, string>;
  readonly state: LogState;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Maximum number of entries that wait for the store. `append` refuses more. */
  readonly maxBacklog: number;
}

/** Entries become visible when they are durable: in one turn the head moves, the tails are called and the appends resolve. */
export class LmdbChatLog implements ChatLog {
  private readonly appends: GroupCommit<ChatDraft, Appended>;
  private readonly listeners: Listeners<[readonly Chat[]]>;
  private closed = false;
  private readonly epoch: string;
  private headOffset: number;
  private committedOffset: number;

  constructor(private readonly options: LmdbChatLogOptions) {
    const { epoch, head, committed } = options.state.get();
    this.epoch = epoch;
    this.headOffset = head;
    this.committedOffset = committed;
    this.listeners = new Listeners((err) => {
      options.logger.error({ err, epoch, offset: this.headOffset }, 'a listener of the log failed; the others go on');
    });
    this.appends = new GroupCommit({
      write: (change) => options.env.write(change),
      store: (drafts) => this.store(drafts),
      publish: (outcomes) => {
        this.publish(outcomes);
      },
      logger: options.logger,
    });
  }

  async append(draft: ChatDraft): Promise<Appended> {
    try {
      if (this.closed) throw unavailable('The log is closed.');
      if (this.headOffset - this.committedOffset + this.appends.waiting >= this.options.maxBacklog) {
        throw unavailable('Too many messages wait to be stored.');
      }
      return await this.appends.add(draft);
    } catch (error) {
      // A transaction that fails stores nothing.
      throw withStored(error, 'no');
    }
  }

  find(id: string): Promise<LogLookup> {
    return this.options.env.read(() => {
      const offset = this.options.ids.get(id);
      if (offset === undefined || offset > this.headOffset) return { state: 'unknown' };
      const chat = this.options.entries.get(offset, { id });
      return chat ? { state: 'present', chat } : { state: 'trimmed' };
    });
  }

  head(): Promise<LogPosition> {
    return this.options.env.read(() => this.headPosition());
  }

  watermark(): Promise<number> {
    const { env, state, clock } = this.options;
    // In the order of the appends: those before it are durable and published once it resolves, those after it see this time.
    return env.write(() => {
      const now = Math.max(clock.now(), state.get().sentAt);
      state.set({ sentAt: now });
      return now;
    });
  }

  read(from: LogPosition, limit: number): Promise<readonly Chat[] | undefined> {
    return this.options.env.read(() => {
      if (from.epoch !== this.epoch || from.offset > this.headOffset) throw new DomainError('CURSOR_EXPIRED');
      if (from.offset === this.headOffset || limit < 1) return [];
      const chats = this.options.entries.range({ start: from.offset + 1, end: this.headOffset + 1, limit });
      // Trimming removes the oldest, so there is no gap behind the first entry.
      return chats[0]?.offset === from.offset + 1 ? chats : undefined;
    });
  }

  readBack(before: number, limit: number): Promise<readonly Chat[]> {
    return this.options.env.read(() =>
      limit < 1 ? [] : this.options.entries.range({ start: Math.min(before - 1, this.headOffset), end: 0, limit, reverse: true }),
    );
  }

  tail(listener: TailListener): Promise<Tail> {
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
    const { env, state } = this.options;
    const offset = await env.write(() => {
      const seen = state.get();
      if (fence < seen.fence) return undefined;
      const committed = Math.max(seen.committed, Math.min(upTo, this.headOffset));
      state.set({ committed, fence });
      return committed;
    });
    if (offset === undefined) return false;
    this.committedOffset = Math.max(this.committedOffset, offset);
    return true;
  }

  async trim(retain: number, olderThan: number): Promise<void> {
    const { env, entries } = this.options;
    for (;;) {
      const removed = await env.write(() => {
        const oldest = entries.range({ start: 1, end: this.committedOffset + 1, limit: TRIM_CHUNK });
        const kept = oldest.findIndex((chat) => chat.offset > this.headOffset - retain && chat.sentAt >= olderThan);
        const toRemove = kept < 0 ? oldest : oldest.slice(0, kept);
        for (const chat of toRemove) entries.remove(chat.offset);
        return toRemove.length;
      });
      if (removed < TRIM_CHUNK) return;
    }
  }

  rename(offset: number, to: Authorship): Promise<void> {
    return this.change(offset, (chat) => ({ ...chat, ...to }));
  }

  setFeeling(offset: number, change: FeelingChange): Promise<void> {
    return this.change(offset, (chat) => withFeeling(chat, change));
  }

  erase(offset: number): Promise<void> {
    const { env, entries } = this.options;
    return env.write(() => {
      entries.erase(offset);
    });
  }

  /** Refuses new appends and waits for the pending ones. */
  async close(): Promise<void> {
    this.closed = true;
    await this.appends.idle();
  }

  private change(offset: number, change: (chat: Chat) => Chat): Promise<void> {
    const { env, entries } = this.options;
    return env.write(() => {
      entries.change(offset, change);
    });
  }

  private store(drafts: readonly ChatDraft[]): readonly Appended[] {
    const { entries, ids, state, clock } = this.options;
    const { head, sentAt: lastSentAt } = state.get();
    const sentAt = Math.max(clock.now(), lastSentAt);
    let offset = head;
    const outcomes = drafts.map((draft): Appended => {
      if (ids.has(draft.id)) return { duplicate: true };
      const chat: Chat = { ...draft, epoch: this.epoch, offset: ++offset, sentAt, revision: 0, hidden: false };
      entries.put(chat);
      ids.put(draft.id, offset);
      return { duplicate: false, chat };
    });
    if (offset > head) state.set({ head: offset, sentAt });
    return outcomes;
  }

  private publish(outcomes: readonly Appended[]): void {
    const chats = outcomes.flatMap((outcome) => (outcome.duplicate ? [] : [outcome.chat]));
    const last = chats.at(-1);
    if (!last) return;
    this.headOffset = last.offset;
    this.listeners.call(chats);
  }

  private headPosition(): LogPosition {
    return { epoch: this.epoch, offset: this.headOffset };
  }
}
