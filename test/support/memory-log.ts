import { toTombstone, withFeeling, type Authorship, type Chat, type ChatDraft, type FeelingChange } from '../../src/domain/chat';
import { DomainError } from '../../src/domain/errors';
import { bandOf, ONE_PARTITION, type OffsetBand, type Partitions } from '../../src/domain/partition';
import type { LogPosition } from '../../src/domain/position';
import { roomTailOf, type LocalLog } from '../../src/adapters/lmdb/room-tail';
import type { Appended, ChatLog, LogLookup, LogPartition, RoomTail, RoomTailListener } from '../../src/ports/chat-log';
import { until } from './until';

/** A ChatLog in memory. A test controls trimming, the tail and epochs. */
export class MemoryLog implements ChatLog, LogPartition, LocalLog {
  readonly band: OffsetBand;
  readonly partitions: readonly LogPartition[] = [this];
  epoch = 'e1';
  start: number;
  chats: Chat[] = [];
  reads = 0;
  /** Set to pause the tail. */
  held: Chat[] | undefined;
  private readonly listeners = new Set<Parameters<LocalLog['tail']>[0]>();
  private done: number;
  private fence = 0;

  constructor(
    readonly number = ONE_PARTITION.first,
    of: Partitions = ONE_PARTITION,
  ) {
    this.band = bandOf(number, of);
    this.start = this.done = this.band.base;
  }

  get top(): LogPosition {
    return { epoch: this.epoch, offset: this.chats.at(-1)?.offset ?? this.start };
  }

  put(room: string, ...texts: string[]): Chat[] {
    const added = texts.map((text, i) => chatOf(this.epoch, this.top.offset + 1 + i, room, text));
    this.add(added);
    return added;
  }

  add(chats: readonly Chat[]): void {
    this.chats.push(...chats);
    if (this.held) this.held.push(...chats);
    else this.show(chats);
  }

  release(): void {
    const held = this.held ?? [];
    this.held = undefined;
    this.show(held);
  }

  recreate(epoch: string): void {
    this.start = this.top.offset + 1_000;
    this.epoch = epoch;
    this.done = this.start;
    this.chats = [];
    for (const listener of this.listeners) listener.epoch(this.top);
  }

  /** Forgets everything up to the offset, as after a trim. */
  forget(upTo: number): void {
    this.chats = this.chats.filter(({ offset }) => offset > upTo);
    this.start = Math.max(this.start, upTo);
  }

  of(): LogPartition {
    return this;
  }

  holding(): LogPartition {
    return this;
  }

  append(draft: ChatDraft): Promise<Appended> {
    const [chat] = this.put(draft.room, draft.text);
    return Promise.resolve({ duplicate: false, chat: chat as Chat });
  }

  find(): Promise<LogLookup> {
    return Promise.resolve({ state: 'unknown' });
  }

  head(): Promise<LogPosition> {
    return Promise.resolve(this.top);
  }

  watermark(): Promise<number> {
    return Promise.resolve(Infinity);
  }

  read(from: LogPosition, limit: number): Promise<readonly Chat[] | undefined> {
    if (from.epoch !== this.epoch || from.offset > this.top.offset) return Promise.reject(new DomainError('CURSOR_EXPIRED'));
    if (from.offset < this.start) return Promise.resolve(undefined);
    return Promise.resolve(this.chats.filter(({ offset }) => offset > from.offset).slice(0, limit));
  }

  readBack(before: number, limit: number): Promise<readonly Chat[]> {
    this.reads++;
    return Promise.resolve(
      this.chats
        .filter(({ offset }) => offset < before)
        .slice(-limit)
        .reverse(),
    );
  }

  tail(listener: Parameters<LocalLog['tail']>[0]): ReturnType<LocalLog['tail']> {
    this.listeners.add(listener);
    return Promise.resolve({ from: this.top, stop: () => void this.listeners.delete(listener) });
  }

  async tailRooms(listener: RoomTailListener): Promise<RoomTail> {
    const tail = await roomTailOf(this, listener);
    const head = async (): Promise<LogPosition> => {
      const position = await this.head();
      if (this.held) await until(() => this.held === undefined);
      return position;
    };
    return { ...tail, head };
  }

  committed(): Promise<number> {
    return Promise.resolve(this.done);
  }

  commit(upTo: number, fence = this.fence): Promise<boolean> {
    if (fence < this.fence) return Promise.resolve(false);
    this.fence = fence;
    this.done = Math.max(this.done, upTo);
    return Promise.resolve(true);
  }

  trim(): Promise<void> {
    return Promise.resolve();
  }

  rename(offset: number, to: Authorship): Promise<void> {
    this.chats = this.chats.map((chat) => (chat.offset === offset ? { ...chat, ...to } : chat));
    return Promise.resolve();
  }

  setFeeling(offset: number, change: FeelingChange): Promise<void> {
    this.chats = this.chats.map((chat) => (chat.offset === offset ? withFeeling(chat, change) : chat));
    return Promise.resolve();
  }

  erase(offset: number): Promise<void> {
    this.chats = this.chats.map((chat) => (chat.offset === offset ? toTombstone(chat) : chat));
    return Promise.resolve();
  }

  private show(chats: readonly Chat[]): void {
    if (chats.length > 0) for (const listener of this.listeners) listener.entries(chats);
  }
}

export const chatOf = (epoch: string, offset: number, room: string, text: string): Chat => ({
  id: `${epoch}-${offset}`,
  room,
  authorId: 'u1',
  author: '조용한 고래',
  text,
  emotions: [90, 10, 0, 0, 0, 0, 5, 0],
  dominant: 'JOY',
  feeling: null,
  answers: null,
  epoch,
  offset,
  sentAt: 1_700_000_000_000 + offset,
  revision: 0,
  hidden: false,
});
