import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Chat } from '../domain/chat';
import { unavailable } from '../domain/errors';
import type { OffsetBand } from '../domain/partition';
import type { LogPosition } from '../domain/position';
import type { ChatLog, LogPartition } from '../ports/chat-log';
import { FreshRead } from '../util/fresh-read';

/** What the index keeps of a message in the log. */
export type TailEntry = Pick<Chat, 'offset' | 'room' | 'authorId' | 'sentAt' | 'emotions' | 'feeling' | 'hidden'>;

/** Entries read from the log at a time. Between two reads other work gets its turn. */
const PAGE = 500;
const MAX_ATTEMPTS = 5;
const NONE: readonly TailEntry[] = [];

/** The index of each partition of the log. */
export class TailIndexes {
  readonly all: readonly [TailIndex, ...TailIndex[]];
  private readonly byPartition: ReadonlyMap<LogPartition, TailIndex>;

  constructor(private readonly log: Pick<ChatLog, 'of' | 'partitions'>) {
    this.byPartition = new Map(log.partitions.map((partition) => [partition, new TailIndex(partition)]));
    this.all = [...this.byPartition.values()] as [TailIndex, ...TailIndex[]];
  }

  indexOf(room: string): TailIndex {
    return this.byPartition.get(this.log.of(room)) as TailIndex;
  }

  /** As TailIndex. */
  scoresOf(room: string): Promise<readonly TailEntry[]> {
    return this.indexOf(room).scoresOf(room);
  }

  /** As TailIndex. */
  of(room: string): Promise<readonly Chat[]> {
    return this.indexOf(room).of(room);
  }
}

/**
 * An index of the messages in a partition of the log that may not be in the store: those above the committed offset. Without it every
 * read of a quiet room, of an author or of a mood would read the whole backlog. Each entry is read from the log once and kept without
 * its text; the backlog limit of the log bounds how many there are.
 */
export class TailIndex {
  /** Replaced as a whole when the log was trimmed beyond it or replaced, so that no reader sees a part of it. */
  private state = new State(undefined, 0);
  private readonly updates = new FreshRead(() => this.update());

  constructor(private readonly log: Pick<LogPartition, 'band' | 'head' | 'read' | 'readBack' | 'committed'>) {}

  get band(): OffsetBand {
    return this.log.band;
  }

  /** Every message up to this offset is in the store, and every later one in the index. Read it in the same turn as the entries. */
  get committed(): number {
    return this.state.committed;
  }

  /**
   * Resolves when the index has every entry that the log had at the call. Concurrent callers share a read.
   * @throws DomainError UNAVAILABLE
   */
  refresh(): Promise<void> {
    return this.updates.get();
  }

  /** Entries of the room as of the last refresh, oldest first. */
  ofRoom(room: string): readonly TailEntry[] {
    return this.state.byRoom.get(room) ?? NONE;
  }

  /** Entries of the author as of the last refresh, oldest first. */
  ofAuthor(authorId: string): readonly TailEntry[] {
    return this.state.byAuthor.get(authorId) ?? NONE;
  }

  /** Entries of the room, oldest first. @throws DomainError UNAVAILABLE */
  async scoresOf(room: string): Promise<readonly TailEntry[]> {
    await this.refresh();
    return this.ofRoom(room);
  }

  /** Messages of the room, oldest first. @throws DomainError UNAVAILABLE */
  async of(room: string): Promise<readonly Chat[]> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      await this.refresh();
      const chats = await this.read(this.ofRoom(room).toReversed());
      if (chats) return chats.reverse();
    }
    throw changingTooFast();
  }

  /**
   * Reads the messages of entries.
   * @param entries newest first
   * @returns the messages in the same order; undefined if one of them was trimmed meanwhile, which is then in the store
   */
  async read(entries: readonly TailEntry[]): Promise<Chat[] | undefined> {
    const chats: Chat[] = [];
    for (let i = 0; i < entries.length;) {
      const newest = entries[i]?.offset ?? 0;
      let end = i;
      while (end < entries.length && newest - (entries[end]?.offset ?? 0) < PAGE) end++;
      const oldest = entries[end - 1]?.offset ?? 0;
      const page = new Map((await this.log.readBack(newest + 1, newest - oldest + 1)).map((chat) => [chat.offset, chat]));
      for (; i < end; i++) {
        const chat = page.get(entries[i]?.offset ?? 0);
        if (!chat) return undefined;
        chats.push(chat);
      }
      await nextTurn();
    }
    return chats;
  }

  private async update(): Promise<void> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) if (await this.extend()) return;
    throw changingTooFast();
  }

  /** @returns false if the log was trimmed or replaced meanwhile */
  private async extend(): Promise<boolean> {
    const committed = await this.log.committed();
    const head = await this.log.head();
    const { epoch } = head;
    const known = this.state.position;
    const isKnown = known?.epoch === epoch && known.offset >= committed && known.offset <= head.offset;
    const state = isKnown ? this.state : new State({ epoch, offset: Math.min(committed, head.offset) }, committed);
    state.drop(committed);
    for (let at = state.position; at && at.offset < head.offset; at = state.position) {
      const page = await this.log.read(at, Math.min(PAGE, head.offset - at.offset));
      if (!page?.length) {
        state.position = undefined;
        return false;
      }
      for (const chat of page) state.add(chat);
      await nextTurn();
    }
    this.state = state;
    return true;
  }
}

class State {
  readonly byRoom = new Map<string, TailEntry[]>();
  readonly byAuthor = new Map<string, TailEntry[]>();
  private entries: TailEntry[] = [];

  /** @param position position up to which the entries are complete */
  constructor(
    public position: LogPosition | undefined,
    public committed: number,
  ) {}

  add({ epoch, offset, room, authorId, sentAt, emotions, feeling, hidden }: Chat): void {
    const entry: TailEntry = { offset, room, authorId, sentAt, emotions, feeling, hidden };
    this.entries.push(entry);
    addTo(this.byRoom, room, entry);
    addTo(this.byAuthor, authorId, entry);
    this.position = { epoch, offset };
  }

  /** Drops what is in the store. The lists are replaced, because callers may hold them. */
  drop(committed: number): void {
    this.committed = committed;
    const end = firstAbove(this.entries, committed);
    if (end === 0) return;
    const dropped = this.entries.slice(0, end);
    this.entries = this.entries.slice(end);
    for (const room of new Set(dropped.map((entry) => entry.room))) dropFrom(this.byRoom, room, committed);
    for (const author of new Set(dropped.map((entry) => entry.authorId))) dropFrom(this.byAuthor, author, committed);
  }
}

const changingTooFast = () => unavailable('The history is changing too fast to be read. Please try again.');

function addTo(lists: Map<string, TailEntry[]>, key: string, entry: TailEntry): void {
  const list = lists.get(key);
  if (list) list.push(entry);
  else lists.set(key, [entry]);
}

function dropFrom(lists: Map<string, TailEntry[]>, key: string, committed: number): void {
  const list = lists.get(key) ?? [];
  const rest = list.slice(firstAbove(list, committed));
  if (rest.length > 0) lists.set(key, rest);
  else lists.delete(key);
}

/** Index of the first entry with a higher offset. */
function firstAbove(entries: readonly TailEntry[], offset: number): number {
  let low = 0;
  for (let high = entries.length; low < high;) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.offset ?? Infinity) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
