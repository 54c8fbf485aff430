import { isUndecodable, type Chat } from '../domain/chat';
import { badInput, DomainError } from '../domain/errors';
import { parsePage, parsePageSize, type Slice } from '../domain/page';
import { decodeCursor, encodeCursor } from '../domain/position';
import type { ChatLog } from '../ports/chat-log';
import type { ChatStore, OffsetRange } from '../ports/chat-store';
import { findChat } from './find-chat';
import { MergedReader } from './merged-reader';
import type { TailIndexes } from './tail-index';

export interface ChatsArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

export interface ChatsSlice {
  /** Newest first. */
  readonly chats: readonly Chat[];
  /** Whether there are older messages. */
  readonly hasNext: boolean;
  /** Whether there are newer messages. */
  readonly hasPrevious: boolean;
}

const DEFAULT_FIRST = 20;

/** Pages of messages, read from the store and the unflushed tail of the log as one list. The caller checks who may read the room. */
export class History {
  private readonly reader: MergedReader;

  constructor(
    private readonly log: ChatLog,
    private readonly store: ChatStore,
    tails: TailIndexes,
  ) {
    this.reader = new MergedReader(log, store, tails);
  }

  /** @throws DomainError BAD_USER_INPUT, UNAVAILABLE */
  async recent(room: string, first: number): Promise<{ chats: readonly Chat[]; cursor: string }> {
    parsePageSize(first, 'first');
    // The head is read first and bounds the list, so that the cursor is the position after its last message.
    const head = await this.log.of(room).head();
    const { items } = await this.reader.byRoom(room, { before: head.offset + 1 }, first, 'newest-first');
    return { chats: items.toReversed(), cursor: encodeCursor({ ...head, room }) };
  }

  /** @param id any text @throws DomainError UNAVAILABLE */
  async byId(id: string): Promise<Chat | undefined> {
    const chat = await findChat(this.log, this.store, id);
    return chat && !isUndecodable(chat) ? chat : undefined;
  }

  /**
   * A Relay connection over the history of a room, newest first: `first` and `after` page to older messages, `last` and `before` to newer ones.
   * @throws DomainError BAD_USER_INPUT, CURSOR_EXPIRED, UNAVAILABLE
   */
  async chats(room: string, args: ChatsArgs): Promise<ChatsSlice> {
    if (args.first != null && args.last != null) throw badInput('last', 'Use first or last, not both.');
    const limit = args.last != null ? parsePageSize(args.last, 'last') : parsePageSize(args.first ?? DEFAULT_FIRST, 'first');
    const older = await this.offsetOf(args.after, 'after', room);
    const newer = await this.offsetOf(args.before, 'before', room);
    const range: OffsetRange = { ...(newer !== undefined && { after: newer }), ...(older !== undefined && { before: older }) };

    if (args.last != null) {
      const { items, hasMore } = await this.reader.byRoom(room, range, limit, 'oldest-first');
      const hasNext = newer !== undefined && (await this.any(room, { before: newer + 1 }));
      return { chats: items.toReversed(), hasNext, hasPrevious: hasMore };
    }
    const { items, hasMore } = await this.reader.byRoom(room, range, limit, 'newest-first');
    const hasPrevious = older !== undefined && (await this.any(room, { after: older - 1 }));
    return { chats: items, hasNext: hasMore, hasPrevious };
  }

  /**
   * Messages of an author, newest first, by page number from 1.
   * @throws DomainError BAD_USER_INPUT, UNAVAILABLE
   */
  async ownLog(authorId: string, page: number, pageSize: number): Promise<Slice<Chat>> {
    parsePageSize(pageSize, 'pageSize');
    return this.reader.byAuthor(authorId, (parsePage(page) - 1) * pageSize, pageSize);
  }

  ownCount(authorId: string): Promise<number> {
    return this.reader.countByAuthor(authorId);
  }

  /** Whether a room that exists has messages, tombstones included. @throws DomainError UNAVAILABLE */
  hasChats(room: string): Promise<boolean> {
    return this.any(room, {});
  }

  private async any(room: string, range: OffsetRange): Promise<boolean> {
    return (await this.reader.byRoom(room, range, 1, 'newest-first')).items.length > 0;
  }

  /** Cursors of earlier epochs are valid for history, because offsets never start again. */
  private async offsetOf(cursor: string | null | undefined, field: string, room: string): Promise<number | undefined> {
    if (cursor == null) return undefined;
    const { epoch, offset } = decodeCursor(cursor, field, room);
    const head = await this.log.of(room).head();
    const known = epoch === head.epoch ? offset <= head.offset : await this.store.hasEpoch(epoch);
    if (!known) throw new DomainError('CURSOR_EXPIRED', undefined, { field });
    return offset;
  }
}
