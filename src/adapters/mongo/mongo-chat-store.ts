import { mongo, type Model } from 'mongoose';
import { newestFirst, NOTHING_SAID, toTombstone, type Authorship, type Chat, type FeelingChange } from '../../domain/chat';
import { unavailable } from '../../domain/errors';
import type { ChatStore, OffsetRange, Rejected } from '../../ports/chat-store';
import { earlierThan, type ChatDocument, type DeadLetterDocument, type EpochDocument } from './documents';
import { isDuplicate, type MongoGate } from './mongo-gate';

/** Milliseconds for a batch, which is large; no caller waits for it. */
const BATCH_MS = 30_000;
/** Dead letters that one read merges at most. There should be none at all. */
const LETTERS_MAX = 1_000;
const DOCUMENT_TOO_LARGE = 10_334;
const MISMATCH = 'offset mismatch';

interface InRange {
  readonly offset: { readonly $gt: number; readonly $lt?: number };
}
/** Of fields that chats and dead letters have in common. */
type Filter = { readonly room?: string; readonly authorId?: string } & (InRange | { readonly $or: InRange[] });

const BY_OFFSET = { offset: 1 } as const;
const NEWEST_OFFSET_FIRST = { offset: -1 } as const;
const NEWEST_FIRST = { sentAt: -1, offset: -1 } as const;
type Order = typeof BY_OFFSET | typeof NEWEST_OFFSET_FIRST | typeof NEWEST_FIRST;

export interface MongoChatStoreOptions {
  readonly gate: MongoGate;
  readonly chats: Model<ChatDocument>;
  readonly letters: Model<DeadLetterDocument>;
  readonly epochs: Model<EpochDocument>;
}

export class MongoChatStore implements ChatStore {
  constructor(private readonly options: MongoChatStoreOptions) {}

  async insertBatch(chats: readonly Chat[]): Promise<readonly Rejected[]> {
    if (chats.length === 0) return [];
    try {
      const { gate, chats: model } = this.options;
      // Past mongoose, which would build and validate a document for each chat.
      await gate.run(() => model.collection.insertMany(chats.map(toDocument) as never, { ordered: false }), BATCH_MS);
      return [];
    } catch (error) {
      return await this.rejected(chats, error);
    }
  }

  async addDeadLetter(chat: Chat, reason: string): Promise<void> {
    const { gate, letters } = this.options;
    const { _id: id, ...fields } = toDocument(chat);
    await gate.run(() => letters.updateOne({ _id: chat.offset }, { $set: { ...fields, id, reason } }, { upsert: true }));
  }

  deadLetterCount(): Promise<number> {
    return this.options.gate.run(() => this.options.letters.countDocuments());
  }

  async byId(id: string): Promise<Chat | undefined> {
    const { gate, chats, letters } = this.options;
    const chat = await gate.run(() => chats.findById(id).lean());
    if (chat) return fromDocument(chat);
    const letter = await gate.run(() => letters.findOne({ id }).lean());
    return letter ? fromLetter(letter) : undefined;
  }

  async byIds(ids: readonly string[]): Promise<readonly Chat[]> {
    const { gate, chats, letters } = this.options;
    const found = (await gate.run(() => chats.find({ _id: { $in: [...ids] } }).lean())).map(fromDocument);
    const rest = ids.filter((id) => !found.some((chat) => chat.id === id));
    const set = rest.length > 0 ? await gate.run(() => letters.find({ id: { $in: rest } }).lean()) : [];
    return [...found, ...set.map(fromLetter)];
  }

  async byRoom(
    room: string,
    range: OffsetRange,
    limit: number,
    order: 'newest-first' | 'oldest-first',
  ): Promise<readonly Chat[]> {
    if (limit < 1) return [];
    const filter = { room, ...within(range) };
    return this.page(filter, order === 'newest-first' ? NEWEST_OFFSET_FIRST : BY_OFFSET, limit);
  }

  async byAuthor(authorId: string, ranges: readonly OffsetRange[], skip: number, limit: number): Promise<readonly Chat[]> {
    if (limit < 1 || ranges.length === 0) return [];
    const filter = { authorId, ...withinAny(ranges) };
    const letters = await this.lettersOf(filter);
    // At least so many chats come before the page, wherever the dead letters are among them.
    const skipped = Math.max(0, skip - letters.length);
    const chats = await this.find(filter, NEWEST_FIRST, skipped, limit + letters.length);
    return merge(chats, letters, NEWEST_FIRST).slice(skip - skipped, skip - skipped + limit);
  }

  async countByAuthor(authorId: string, ranges: readonly OffsetRange[]): Promise<number> {
    return ranges.length === 0 ? 0 : this.count({ authorId, ...withinAny(ranges) });
  }

  async countByRoom(room: string, range: OffsetRange, limit: number): Promise<number> {
    return limit < 1 ? 0 : Math.min(limit, await this.count({ room, ...within(range) }, limit));
  }

  async highestOffset(range: OffsetRange = {}): Promise<number> {
    const { gate, chats, letters } = this.options;
    const { offset } = within(range);
    const [chat, letter] = await Promise.all([
      gate.run(() => chats.findOne({ offset }, { offset: 1 }).sort({ offset: -1 }).lean()),
      gate.run(() => letters.findOne({ _id: offset }, { offset: 1 }).sort({ _id: -1 }).lean()),
    ]);
    return Math.max(chat?.offset ?? 0, letter?.offset ?? 0);
  }

  async recordEpoch(epoch: string): Promise<void> {
    const { gate, epochs } = this.options;
    try {
      await gate.run(() => epochs.insertMany([{ _id: epoch }]));
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }

  async hasEpoch(epoch: string): Promise<boolean> {
    const { gate, epochs } = this.options;
    return (await gate.run(() => epochs.exists({ _id: epoch }))) !== null;
  }

  async inOrder(range: OffsetRange, limit: number): Promise<readonly Chat[]> {
    return limit < 1 ? [] : this.page(within(range), BY_OFFSET, limit);
  }

  async rename(offset: number, { authorId, author }: Authorship): Promise<void> {
    const { gate, chats, letters } = this.options;
    await gate.run(() => chats.updateMany({ offset }, { $set: { authorId, author } }));
    await gate.run(() => letters.updateOne({ _id: offset }, { $set: { authorId, author } }));
  }

  async setFeeling(offset: number, change: FeelingChange): Promise<void> {
    const { gate, chats, letters } = this.options;
    const { feeling, revision } = change;
    const filter = { hidden: false, ...earlierThan(change) };
    await gate.run(() => chats.updateMany({ offset, ...filter }, { $set: { feeling, revision } }));
    await gate.run(() => letters.updateOne({ _id: offset, ...filter }, { $set: { feeling, revision } }));
  }

  async erase(offset: number): Promise<void> {
    const { gate, chats, letters } = this.options;
    for (const chat of await gate.run(() => chats.find({ offset }).lean())) {
      await gate.run(() => chats.updateOne({ _id: chat._id }, { $set: erased(fromDocument(chat)) }));
    }
    const letter = await gate.run(() => letters.findById(offset).lean());
    if (letter) await gate.run(() => letters.updateOne({ _id: offset }, { $set: erased(fromLetter(letter)) }));
  }

  /** @param error of the insert. @returns the chats that are not stored. @throws if that is not known */
  private async rejected(chats: readonly Chat[], error: unknown): Promise<readonly Rejected[]> {
    if (error instanceof mongo.MongoBulkWriteError) {
      // With failed documents the write concern error is found only here. What no majority has is not stored.
      if (error.result.getWriteConcernError()) throw unavailable('The store cannot be reached right now.', 5, error);
      const failed = [error.writeErrors].flat().flatMap(({ index, code, errmsg }) => {
        const chat = chats[index];
        return chat ? [{ chat, duplicate: code === 11_000, reason: errmsg ?? `error ${code}` }] : [];
      });
      if (failed.length === 0) throw error;
      const known = await this.offsetsOf(failed.filter(({ duplicate }) => duplicate).map(({ chat }) => chat.id));
      return failed.flatMap(({ chat, duplicate, reason }) => {
        if (!duplicate) return [{ chat, reason }];
        return known.get(chat.id) === chat.offset ? [] : [{ chat, reason: MISMATCH }];
      });
    }
    if (!(error instanceof Error) || error.name === 'DomainError' || isAboutAllChats(error)) throw error;
    // A chat that the driver cannot encode: found by halving, so that the others are stored.
    const [only] = chats;
    if (only && chats.length === 1) return [{ chat: only, reason: error.message }];
    const half = chats.length >> 1;
    return [...(await this.insertBatch(chats.slice(0, half))), ...(await this.insertBatch(chats.slice(half)))];
  }

  private async offsetsOf(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (ids.length === 0) return new Map();
    const { gate, chats } = this.options;
    const found = await gate.run(() => chats.find({ _id: { $in: ids } }, { offset: 1 }).lean(), BATCH_MS);
    return new Map(found.map(({ _id, offset }) => [_id, offset]));
  }

  private async page(filter: Filter, order: Order, limit: number): Promise<readonly Chat[]> {
    const [chats, letters] = await Promise.all([this.find(filter, order, 0, limit), this.lettersOf(filter)]);
    return merge(chats, letters, order).slice(0, limit);
  }

  private async find(filter: Filter, order: Order, skip: number, limit: number): Promise<Chat[]> {
    const { gate, chats } = this.options;
    const query = () => {
      const cursor = chats.find(filter).sort(order).skip(skip);
      return Number.isFinite(limit) ? cursor.limit(limit).lean() : cursor.lean();
    };
    return (await gate.run(query)).map(fromDocument);
  }

  private async count(filter: Filter, limit?: number): Promise<number> {
    const { gate, chats } = this.options;
    const [count, letters] = await Promise.all([
      gate.run(() => chats.countDocuments(filter, limit === undefined || !Number.isFinite(limit) ? {} : { limit })),
      this.lettersOf(filter),
    ]);
    return count + letters.length;
  }

  /** Without those whose offset another chat has. */
  private async lettersOf(filter: Filter): Promise<Chat[]> {
    const { gate, chats, letters } = this.options;
    const found = await gate.run(() => letters.find(filter).limit(LETTERS_MAX).lean());
    if (found.length === 0) return [];
    const offsets = found.map(({ offset }) => offset);
    const taken = await gate.run(() => chats.find({ offset: { $in: offsets } }, { offset: 1 }).lean());
    return found.filter(({ offset }) => !taken.some((chat) => chat.offset === offset)).map(fromLetter);
  }
}

/** An error of the server concerns the whole batch, unless a document was too large. */
const isAboutAllChats = (error: Error): boolean => error instanceof mongo.MongoServerError && error.code !== DOCUMENT_TOO_LARGE;

const within = ({ after = 0, before = Infinity }: OffsetRange): InRange => ({
  offset: { $gt: Math.max(0, after), ...(Number.isFinite(before) && { $lt: before }) },
});

/** One range stays a plain condition, which an index bounds. */
const withinAny = (ranges: readonly OffsetRange[]): InRange | { $or: InRange[] } => {
  const [range, ...rest] = ranges.map(within);
  return range && rest.length === 0 ? range : { $or: ranges.map(within) };
};

function merge(chats: Chat[], letters: Chat[], order: Order): Chat[] {
  if (letters.length === 0) return chats;
  const compare = order === NEWEST_FIRST ? newestFirst : (a: Chat, b: Chat) => order.offset * (a.offset - b.offset);
  return [...chats, ...letters].sort(compare);
}

/** The fields that a tombstone changes. */
function erased(chat: Chat): Partial<ChatDocument> {
  const { text, emotions, dominant, feeling, answers, hidden } = toTombstone(chat);
  return { text, emotions: [...emotions], dominant, feeling, answers, hidden };
}

const toDocument = ({ id, emotions, scoredBy, ...rest }: Chat): ChatDocument => ({
  ...{ _id: id, emotions: [...emotions], ...rest },
  ...(scoredBy !== undefined && { scoredBy }),
});

const fromDocument = ({ _id: id, ...rest }: ChatDocument): Chat => ({ id, ...NOTHING_SAID, ...rest });

function fromLetter({ _id, reason: _reason, ...rest }: DeadLetterDocument): Chat {
  return { ...NOTHING_SAID, ...rest };
}
