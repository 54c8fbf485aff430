import type { Database } from 'lmdb';
import { toTombstone, type Authorship, type Chat } from '../../domain/chat';
import type { ChatStore, OffsetRange, Rejected } from '../../ports/chat-store';
import { chatFromTuple, chatToTuple, type ChatTuple } from './chat-codec';
import { lastKey, lookUp, type Environment } from './environment';

/** Chats of one transaction: small enough that an append does not wait long for its turn. */
const INSERT_CHUNK = 200;
const MAX_OFFSET = Number.MAX_SAFE_INTEGER;

/** Room or author, and offset. */
export type IndexKey = [string, number];

export interface LmdbChatStoreOptions {
  readonly env: Environment;
  readonly chats: Database<ChatTuple, number>;
  /** Shared with the log, which has put most of them there already. */
  readonly ids: Database<number, string>;
  readonly byRoom: Database<null, IndexKey>;
  readonly byAuthor: Database<null, IndexKey>;
  /** Chats of each author, so that counting does not read them. */
  readonly authorCounts: Database<number, string>;
  /** Reason and the chat itself: another chat may have its offset or its id. */
  readonly setAside: Database<readonly [string, ChatTuple], number>;
  readonly epochs: Database<null, string>;
}

export class LmdbChatStore implements ChatStore {
  constructor(private readonly options: LmdbChatStoreOptions) {}

  async insertBatch(chats: readonly Chat[]): Promise<readonly Rejected[]> {
    const rejected: Rejected[] = [];
    for (let i = 0; i < chats.length; i += INSERT_CHUNK) {
      const chunk = chats.slice(i, i + INSERT_CHUNK);
      rejected.push(
        ...(await this.options.env.write(() =>
          chunk.filter((chat) => !this.insert(chat)).map((chat) => ({ chat, reason: 'offset mismatch' })),
        )),
      );
    }
    return rejected;
  }

  addDeadLetter(chat: Chat, reason: string): Promise<void> {
    const { env, chats, setAside } = this.options;
    return env.write(() => {
      if (!chats.doesExist(chat.offset)) this.put(chat);
      void setAside.put(chat.offset, [reason, chatToTuple(chat)]);
    });
  }

  deadLetterCount(): Promise<number> {
    return this.options.env.read(() => this.options.setAside.getKeysCount());
  }

  byId(id: string): Promise<Chat | undefined> {
    const { env, ids, chats } = this.options;
    return env.read(() => {
      const offset = lookUp(ids, id);
      const tuple = offset === undefined ? undefined : chats.get(offset);
      return offset !== undefined && tuple ? chatFromTuple(offset, tuple) : undefined;
    });
  }

  byRoom(room: string, range: OffsetRange, limit: number, order: 'newest-first' | 'oldest-first'): Promise<readonly Chat[]> {
    const { env, byRoom } = this.options;
    return env.read(() => {
      const { first, last } = inclusive(range);
      if (first > last || limit < 1) return [];
      const keys =
        order === 'newest-first'
          ? byRoom.getKeys({ start: [room, last], end: [room, first - 1], reverse: true, limit })
          : byRoom.getKeys({ start: [room, first], end: [room, last + 1], limit });
      return this.load(keys);
    });
  }

  byAuthor(authorId: string, upTo: number, skip: number, limit: number): Promise<readonly Chat[]> {
    const { env, byAuthor } = this.options;
    return env.read(() => {
      if (limit < 1) return [];
      const start: IndexKey = [authorId, Math.min(upTo, MAX_OFFSET)];
      return this.load(byAuthor.getKeys({ start, end: [authorId, 0], reverse: true, offset: skip, limit }));
    });
  }

  countByAuthor(authorId: string, upTo: number): Promise<number> {
    const { env, byAuthor, authorCounts } = this.options;
    return env.read(() => {
      const all = lookUp(authorCounts, authorId) ?? 0;
      if (all === 0 || upTo >= MAX_OFFSET) return all;
      // Callers ask up to the committed offset, beyond which there is at most a batch.
      return all - byAuthor.getKeysCount({ start: [authorId, upTo + 1], end: [authorId, MAX_OFFSET] });
    });
  }

  countByRoom(room: string, range: OffsetRange, limit: number): Promise<number> {
    const { env, byRoom } = this.options;
    return env.read(() => {
      const { first, last } = inclusive(range);
      if (first > last || limit < 1) return 0;
      // getKeysCount knows no limit, but skips and counts natively.
      const span: { start: IndexKey; end: IndexKey } = { start: [room, first], end: [room, last + 1] };
      const [atLimit] = [...byRoom.getKeys({ ...span, offset: limit - 1, limit: 1 })];
      return atLimit ? limit : byRoom.getKeysCount(span);
    });
  }

  highestOffset(): Promise<number> {
    return this.options.env.read(() => lastKey(this.options.chats) ?? 0);
  }

  recordEpoch(epoch: string): Promise<void> {
    const { env, epochs } = this.options;
    return env.write(() => void epochs.put(epoch, null));
  }

  hasEpoch(epoch: string): Promise<boolean> {
    const { env, epochs } = this.options;
    return env.read(() => lookUp(epochs, epoch) !== undefined);
  }

  inOrder(after: number, limit: number): Promise<readonly Chat[]> {
    const { env, chats } = this.options;
    return env.read(() => [...chats.getRange({ start: after + 1, limit })].map(({ key, value }) => chatFromTuple(key, value)));
  }

  rename(offset: number, to: Authorship): Promise<void> {
    const { env, chats, setAside, byAuthor } = this.options;
    return env.write(() => {
      const tuple = chats.get(offset);
      const letter = setAside.get(offset);
      if (letter) void setAside.put(offset, [letter[0], chatToTuple({ ...chatFromTuple(offset, letter[1]), ...to })]);
      if (!tuple) return;
      const chat = chatFromTuple(offset, tuple);
      void chats.put(offset, chatToTuple({ ...chat, ...to }));
      if (chat.authorId === to.authorId) return;
      void byAuthor.remove([chat.authorId, offset]);
      void byAuthor.put([to.authorId, offset], null);
      this.count(chat.authorId, -1);
      this.count(to.authorId, 1);
    });
  }

  erase(offset: number): Promise<void> {
    const { env, chats, setAside } = this.options;
    return env.write(() => {
      const tuple = chats.get(offset);
      const letter = setAside.get(offset);
      if (tuple) void chats.put(offset, erased(offset, tuple));
      if (letter) void setAside.put(offset, [letter[0], erased(offset, letter[1])]);
    });
  }

  /** @returns false if the chat's id has another offset, or its offset another chat */
  private insert(chat: Chat): boolean {
    const { chats, ids } = this.options;
    const known = ids.get(chat.id);
    if (known !== undefined && known !== chat.offset) return false;
    const there = chats.get(chat.offset);
    if (there) return there[0] === chat.id;
    this.put(chat);
    return true;
  }

  private put(chat: Chat): void {
    const { chats, ids, byRoom, byAuthor } = this.options;
    void chats.put(chat.offset, chatToTuple(chat));
    if (ids.get(chat.id) === undefined) void ids.put(chat.id, chat.offset);
    void byRoom.put([chat.room, chat.offset], null);
    void byAuthor.put([chat.authorId, chat.offset], null);
    this.count(chat.authorId, 1);
  }

  private count(authorId: string, by: 1 | -1): void {
    const { authorCounts } = this.options;
    void authorCounts.put(authorId, (authorCounts.get(authorId) ?? 0) + by);
  }

  private load(keys: Iterable<IndexKey>): readonly Chat[] {
    return [...keys].map(([, offset]) => {
      const tuple = this.options.chats.get(offset);
      if (!tuple) throw new Error(`the index names offset ${offset}, which is not stored`);
      return chatFromTuple(offset, tuple);
    });
  }
}

const erased = (offset: number, tuple: ChatTuple): ChatTuple => chatToTuple(toTombstone(chatFromTuple(offset, tuple)));

function inclusive({ after = 0, before = Infinity }: OffsetRange): { first: number; last: number } {
  return { first: Math.max(0, after) + 1, last: Math.min(before, MAX_OFFSET) - 1 };
}
