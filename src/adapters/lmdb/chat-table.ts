import { NOTHING_SAID, toTombstone, type Chat } from '../../domain/chat';
import { NO_EMOTION } from '../../domain/emotion';
import { erasureMark } from './compaction';
import type { Environment } from './environment';
import { RecordCodec, type Layout } from './record';
import type { KeyRange, Table } from './table';

/** Records around a damaged one that are searched for its time and epoch: more than one page of LMDB holds. */
const NEIGHBOURS = 200;

const inOrder = (chat: Chat) =>
  ({
    id: chat.id,
    room: chat.room,
    authorId: chat.authorId,
    author: chat.author,
    text: chat.text,
    emotions: chat.emotions,
    dominant: chat.dominant,
    epoch: chat.epoch,
    offset: chat.offset,
    sentAt: chat.sentAt,
    hidden: chat.hidden,
    feeling: chat.feeling,
    answers: chat.answers,
    revision: chat.revision,
    scoredBy: chat.scoredBy,
  }) satisfies Record<keyof Chat, unknown>;
/** Records of schema 1 and 2 end before `feeling`. */
const EARLIER_FIELDS = [
  'id',
  'room',
  'authorId',
  'author',
  'text',
  'emotions',
  'dominant',
  'epoch',
  'offset',
  'sentAt',
  'hidden',
];
const LAYOUT: Layout<Chat> = { inOrder, earlier: [EARLIER_FIELDS] };

/** Encodes chats as their tables do. */
export const chatCodec = (): RecordCodec<Chat> => new RecordCodec(LAYOUT);

/** The table of a name, whose records may have the earlier layout. */
export const chatRecords = (env: Environment, name: string): Table<Chat, number> => env.table<Chat, number>(name, LAYOUT);

/**
 * Chats by offset. A damaged one is reported and read as a tombstone with the time and epoch of a neighbour: readers need an order
 * without gaps.
 */
export class ChatTable {
  private readonly table: Table<Chat, number>;
  private readonly markErasure: () => void;

  constructor(env: Environment, name: string) {
    this.markErasure = erasureMark(env);
    this.table = chatRecords(env, name);
  }

  /** @param known what an index says of the chat, for its tombstone */
  get(offset: number, known?: Partial<Chat>): Chat | undefined {
    const chat = this.table.get(offset, () => this.tombstone(offset, known));
    return chat && this.atIts(offset, chat);
  }

  range(range: KeyRange): Chat[] {
    const entries = this.table.entries(range, (offset) => this.tombstone(offset));
    return entries.map(({ key, value }) => this.atIts(key, value));
  }

  has(offset: number): boolean {
    return this.table.has(offset);
  }

  offsets(range: KeyRange = {}): number[] {
    return this.table.keys(range);
  }

  /** 0 when there are none. */
  lastOffset(): number {
    return this.table.lastKey() ?? 0;
  }

  /** @param record the chat as `chatCodec` encodes it, if that is known */
  put(chat: Chat, record?: Buffer): void {
    if (record) this.table.putRecord(chat.offset, record);
    else this.table.put(chat.offset, chat);
  }

  /** @returns the chat before the change, if there is one */
  change(offset: number, change: (chat: Chat) => Chat): Chat | undefined {
    const chat = this.get(offset);
    if (chat) this.put(change(chat));
    return chat;
  }

  /** Replaces the chat by its tombstone. */
  erase(offset: number): void {
    const before = this.change(offset, toTombstone);
    if (before && !before.hidden) this.markErasure();
  }

  remove(offset: number): void {
    this.table.remove(offset);
  }

  /** The checksum does not cover the key. */
  private atIts(offset: number, chat: Chat): Chat {
    return chat.offset === offset ? { ...NOTHING_SAID, ...chat } : this.tombstone(offset);
  }

  tombstone(offset: number, known: Partial<Chat> = {}): Chat {
    const [neighbour] = [
      ...this.table.values({ start: offset - 1, reverse: true, limit: NEIGHBOURS }),
      ...this.table.values({ start: offset + 1, limit: NEIGHBOURS }),
    ];
    const { epoch = '', sentAt = 0 } = neighbour ?? {};
    const nobody = { id: `damaged-${offset}`, room: '', authorId: '', author: '' };
    return toTombstone({
      ...nobody,
      text: '',
      emotions: NO_EMOTION,
      dominant: null,
      ...NOTHING_SAID,
      epoch,
      offset,
      sentAt,
      hidden: true,
      ...known,
    });
  }
}
