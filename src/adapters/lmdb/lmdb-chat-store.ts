import { NOTHING_SAID, toTombstone, withFeeling, type Authorship, type Chat, type FeelingChange } from '../../domain/chat';
import { bandWith } from '../../domain/partition';
import type { ChatStore, OffsetRange, Rejected } from '../../ports/chat-store';
import type { ChatTable } from './chat-table';
import type { Environment } from './environment';
import type { LmdbChatLog } from './lmdb-chat-log';
import { gapsBetween, newestOf, type OffsetRun } from './merge-runs';
import type { KeyRange, KeySet, Table } from './table';

/** Chats of one transaction. Appends wait for it, some ten milliseconds at most. */
const INSERT_CHUNK = 200;
/** Chats of a run that are read at a time when runs are merged. */
const RUN_PAGE = 100;
const MAX_OFFSET = Number.MAX_SAFE_INTEGER;

/** Room or author, and offset. */
export type IndexKey = [string, number];

export interface DeadLetter {
  readonly reason: string;
  /** Another chat may be stored with its offset or its id. */
  readonly chat: Chat;
}

export interface LmdbChatStoreOptions {
  readonly env: Environment;
  readonly chats: ChatTable;
  /** Offset by id. Shared with the log, which adds the ids of its messages. */
  readonly ids: Table<number, string>;
  readonly byRoom: KeySet<IndexKey>;
  readonly byAuthor: KeySet<IndexKey>;
  /** Number of chats of each author, so that counting does not read them. */
  readonly authorCounts: Table<number, string>;
  readonly deadLetters: Table<DeadLetter, number>;
  readonly epochs: KeySet<string>;
  /** `recordOf` is the chat as `chatCodec` encodes it, if the log has just done so. `markStored` is called when it is on the disk. */
  readonly log: Pick<LmdbChatLog, 'recordOf' | 'markStored'>;
}

export class LmdbChatStore implements ChatStore {
  constructor(private readonly options: LmdbChatStoreOptions) {}

  async insertBatch(chats: readonly Chat[]): Promise<readonly Rejected[]> {
    const rejected: Rejected[] = [];
    for (let i = 0; i < chats.length; i += INSERT_CHUNK) {
      const chunk = chats.slice(i, i + INSERT_CHUNK);
      const refused = await this.options.env.write(() => this.insertSome(chunk));
      const notStored = new Set(refused.map(({ chat }) => chat));
      for (const chat of chunk) if (!notStored.has(chat)) this.options.log.markStored(chat);
      rejected.push(...refused);
    }
    return rejected;
  }

  addDeadLetter(chat: Chat, reason: string): Promise<void> {
    const { env, chats, ids, deadLetters } = this.options;
    return env.write(() => {
      if (!chats.has(chat.offset)) {
        this.put(chat, ids.has(chat.id));
        this.count(chat.authorId, 1);
      }
      deadLetters.put(chat.offset, { reason, chat });
    });
  }

  deadLetterCount(): Promise<number> {
    return this.options.env.read(() => this.options.deadLetters.count());
  }

  byId(id: string): Promise<Chat | undefined> {
    return this.options.env.read(() => this.stored(id));
  }

  byIds(ids: readonly string[]): Promise<readonly Chat[]> {
    return this.options.env.read(() => ids.flatMap((id) => this.stored(id) ?? []));
  }

  byRoom(room: string, range: OffsetRange, limit: number, order: 'newest-first' | 'oldest-first'): Promise<readonly Chat[]> {
    const { env, byRoom } = this.options;
    return env.read(() => {
      const { first, last } = inclusive(range);
      if (first > last || limit < 1) return [];
      const keys =
        order === 'newest-first'
          ? byRoom.keys({ start: [room, last], end: [room, first - 1], reverse: true, limit })
          : byRoom.keys({ start: [room, first], end: [room, last + 1], limit });
      return this.load(keys, { room });
    });
  }

  byAuthor(authorId: string, ranges: readonly OffsetRange[], skip: number, limit: number): Promise<readonly Chat[]> {
    return this.options.env.read(() => {
      if (limit < 1) return [];
      const runs = ranges.flatMap((range) => this.runsOf(authorId, inclusive(range)));
      const [run, ...rest] = runs;
      if (!run) return [];
      if (rest.length === 0) return this.ofRun(authorId, run, skip, limit);
      const newest = newestOf(
        runs.map((one) => this.inRun(authorId, one)),
        skip + limit,
      );
      return newest.slice(skip);
    });
  }

  countByAuthor(authorId: string, ranges: readonly OffsetRange[]): Promise<number> {
    const { env, byAuthor, authorCounts } = this.options;
    return env.read(() => {
      const all = authorCounts.get(authorId) ?? 0;
      if (all === 0) return all;
      // Callers leave out little: what is stored above the committed offset.
      const leftOut = gapsBetween(ranges.map(inclusive)).map(({ first, last }) =>
        byAuthor.count({ start: [authorId, first], end: [authorId, last + 1] }),
      );
      return leftOut.reduce((rest, count) => rest - count, all);
    });
  }

  countByRoom(room: string, range: OffsetRange, limit: number): Promise<number> {
    const { env, byRoom } = this.options;
    return env.read(() => {
      const { first, last } = inclusive(range);
      if (first > last || limit < 1) return 0;
      // Counting has no limit, but skips natively.
      const span: { start: IndexKey; end: IndexKey } = { start: [room, first], end: [room, last + 1] };
      const [atLimit] = byRoom.keys({ ...span, offset: limit - 1, limit: 1 });
      return atLimit ? limit : byRoom.count(span);
    });
  }

  highestOffset(range: OffsetRange = {}): Promise<number> {
    const { first, last } = inclusive(range);
    return this.options.env.read(() => {
      const [offset] = this.options.chats.offsets({ start: last, end: first - 1, reverse: true, limit: 1 });
      return offset ?? 0;
    });
  }

  recordEpoch(epoch: string): Promise<void> {
    const { env, epochs } = this.options;
    return env.write(() => {
      epochs.add(epoch);
    });
  }

  hasEpoch(epoch: string): Promise<boolean> {
    const { env, epochs } = this.options;
    return env.read(() => epochs.has(epoch));
  }

  inOrder(range: OffsetRange, limit: number): Promise<readonly Chat[]> {
    const { env, chats } = this.options;
    const { first, last } = inclusive(range);
    return env.read(() => (first > last ? [] : chats.range({ start: first, end: last + 1, limit })));
  }

  rename(offset: number, to: Authorship): Promise<void> {
    const { env, chats, byAuthor } = this.options;
    return env.write(() => {
      this.changeDeadLetter(offset, (chat) => ({ ...chat, ...to }));
      const before = chats.change(offset, (chat) => ({ ...chat, ...to }));
      if (!before || before.authorId === to.authorId) return;
      byAuthor.remove([before.authorId, offset]);
      byAuthor.add([to.authorId, offset]);
      this.count(before.authorId, -1);
      this.count(to.authorId, 1);
    });
  }

  setFeeling(offset: number, change: FeelingChange): Promise<void> {
    const { env, chats } = this.options;
    return env.write(() => {
      this.changeDeadLetter(offset, (chat) => withFeeling(chat, change));
      chats.change(offset, (chat) => withFeeling(chat, change));
    });
  }

  erase(offset: number): Promise<void> {
    const { env, chats } = this.options;
    return env.write(() => {
      this.changeDeadLetter(offset, toTombstone);
      chats.erase(offset);
    });
  }

  private stored(id: string): Chat | undefined {
    const offset = this.options.ids.get(id);
    return offset === undefined ? undefined : this.options.chats.get(offset, { id });
  }

  private changeDeadLetter(offset: number, change: (chat: Chat) => Chat): void {
    const { chats, deadLetters } = this.options;
    const letter = deadLetters.get(offset, () => ({ reason: 'damaged', chat: chats.tombstone(offset) }));
    if (letter) deadLetters.put(offset, { ...letter, chat: change({ ...NOTHING_SAID, ...letter.chat }) });
  }

  /** @returns the chats whose id is stored with another offset, or whose offset with another id */
  private insertSome(chunk: readonly Chat[]): Rejected[] {
    const { chats, ids } = this.options;
    const rejected: Rejected[] = [];
    const counts = new Map<string, number>();
    for (const chat of chunk) {
      const known = ids.get(chat.id, () => chat.offset);
      const there = chats.has(chat.offset) ? chats.get(chat.offset, { id: chat.id }) : undefined;
      if ((known ?? chat.offset) !== chat.offset || (there && there.id !== chat.id)) {
        rejected.push({ chat, reason: 'offset mismatch' });
      } else if (!there) {
        this.put(chat, known !== undefined);
        counts.set(chat.authorId, (counts.get(chat.authorId) ?? 0) + 1);
      }
    }
    for (const [author, count] of counts) this.count(author, count);
    return rejected;
  }

  private put(chat: Chat, isKnown: boolean): void {
    const { chats, ids, byRoom, byAuthor, log } = this.options;
    chats.put(chat, log.recordOf(chat));
    if (!isKnown) ids.put(chat.id, chat.offset);
    byRoom.add([chat.room, chat.offset]);
    byAuthor.add([chat.authorId, chat.offset]);
  }

  private count(authorId: string, by: number): void {
    const { authorCounts } = this.options;
    authorCounts.put(authorId, (authorCounts.get(authorId) ?? 0) + by);
  }

  /**
   * Parts of a range within which chats with higher offsets are newer, without parts that have none of the author. Chats of one log are
   * one part; those that were imported from several partitions are a part for each.
   */
  private runsOf(authorId: string, { first, last }: OffsetRun): OffsetRun[] {
    const runs: OffsetRun[] = [];
    for (let end = last; end >= first;) {
      const key = { start: [authorId, end], end: [authorId, first - 1], reverse: true, limit: 1 } satisfies KeyRange;
      const [newest] = this.options.byAuthor.keys(key);
      if (!newest) break;
      const { base } = bandWith(newest[1]);
      runs.push({ first: Math.max(first, base + 1), last: newest[1] });
      end = base;
    }
    return runs;
  }

  private ofRun(authorId: string, { first, last }: OffsetRun, skip: number, limit: number): readonly Chat[] {
    const keys = { start: [authorId, last], end: [authorId, first - 1], reverse: true, offset: skip, limit } satisfies KeyRange;
    return this.load(this.options.byAuthor.keys(keys), { authorId });
  }

  private *inRun(authorId: string, { first, last }: OffsetRun): Generator<Chat, undefined> {
    for (let end: number | undefined = last; end !== undefined;) {
      const page: readonly Chat[] = this.ofRun(authorId, { first, last: end }, 0, RUN_PAGE);
      yield* page;
      const oldest = page.length < RUN_PAGE ? undefined : page.at(-1);
      end = oldest && oldest.offset - 1;
    }
    return undefined;
  }

  private load(keys: readonly IndexKey[], known: Partial<Chat>): readonly Chat[] {
    return keys.map(([, offset]) => {
      const chat = this.options.chats.get(offset, known);
      if (!chat) throw new Error(`the index names offset ${offset}, which is not stored`);
      return chat;
    });
  }
}

function inclusive({ after = 0, before = Infinity }: OffsetRange): OffsetRun {
  return { first: Math.max(0, after) + 1, last: Math.min(before, MAX_OFFSET) - 1 };
}
