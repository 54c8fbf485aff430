import type { Chat } from '../domain/chat';
import type { Empathy, EmpathyCounts } from '../domain/empathy';
import { badInput, DomainError, isUnavailable, withStored, type Stored } from '../domain/errors';
import type { Viewer } from '../domain/user';
import type { ChatLog } from '../ports/chat-log';
import type { ChatStore } from '../ports/chat-store';
import type { EmpathyStore, PressOutcome } from '../ports/empathy-store';
import { DeadlineError, withDeadline } from '../util/deadline';
import { requireOpen, type Access } from './access';
import type { ChatAnnouncer } from './chat-announcer';
import { findChat, findChats, noSuchMessage, requireChat } from './find-chat';
import type { Mutes } from './mutes';

export interface EmpathiesDeps {
  readonly log: Pick<ChatLog, 'find'>;
  readonly store: Pick<ChatStore, 'byId' | 'byIds'>;
  readonly empathies: EmpathyStore;
  readonly access: Pick<Access, 'readable'>;
  readonly mutes: Pick<Mutes, 'admit'>;
  /** @throws DomainError RATE_LIMITED */
  readonly admit: (viewer: Viewer) => Promise<void>;
  readonly announcer: Pick<ChatAnnouncer, 'changed'>;
}

/** What only the viewer knows of a message. */
export interface ChatMark {
  readonly chatId: string;
  readonly mine: boolean;
  readonly empathy: Empathy | null;
}

export const MAX_MARKS = 100;
/** How long a page of messages waits for its counts, in milliseconds. */
const COUNTS_MS = 2_000;

/** Empathies of the viewer and their counts. Who pressed is in no answer, log line or metric. */
export class Empathies {
  constructor(private readonly deps: EmpathiesDeps) {}

  /**
   * Sets or, with null, removes the empathy of the viewer for a message. Resolves when it is durable. Repeating it is safe.
   * @throws DomainError NOT_FOUND (also for a tombstone), FORBIDDEN (the viewer's own message, muted), CONFLICT (archived
   *   room), RATE_LIMITED, UNAVAILABLE with
   *   `stored`
   */
  async set(viewer: Viewer, chatId: string, empathy: Empathy | null): Promise<{ chat: Chat; counts: EmpathyCounts }> {
    await this.deps.admit(viewer);
    let stored: Stored = 'no';
    try {
      const chat = await this.require(viewer, chatId);
      if (chat.authorId === viewer.userId) {
        throw new DomainError('FORBIDDEN', 'You cannot add an empathy to your own message.');
      }
      if (empathy) this.deps.mutes.admit(viewer.userId, chat.room);
      stored = 'unknown';
      const { changed, counts } = await this.press(chat, viewer, empathy);
      if (changed) this.deps.announcer.changed(chat);
      return { chat, counts };
    } catch (error) {
      throw withStored(error, stored);
    }
  }

  /** Counts by message; messages without empathies are left out. Empty while the store is unavailable, so that messages can be read. */
  async counts(chatIds: readonly string[]): Promise<ReadonlyMap<string, EmpathyCounts>> {
    try {
      return await withDeadline(this.deps.empathies.counts(chatIds), COUNTS_MS);
    } catch (error) {
      if (isUnavailable(error) || error instanceof DeadlineError) return new Map();
      throw error;
    }
  }

  /**
   * One mark for each id, in the same order. Messages that the viewer cannot read have no empathy. @param ids any texts
   * @throws DomainError BAD_USER_INPUT, UNAVAILABLE
   */
  async marks(viewer: Viewer, ids: readonly string[]): Promise<readonly ChatMark[]> {
    if (ids.length > MAX_MARKS) throw badInput('ids', `ids may have at most ${MAX_MARKS} entries.`);
    const chats = await findChats(this.deps.log, this.deps.store, ids);
    const { userId } = viewer;
    const rooms = [...new Set([...chats.values()].map(({ room }) => room))];
    const readable = new Set<string>();
    for (const room of rooms) if (await this.deps.access.readable(viewer, room)) readable.add(room);
    const visible = [...chats.values()].filter(({ hidden, room }) => !hidden && readable.has(room)).map(({ id }) => id);
    const own = await this.deps.empathies.of(userId, visible);
    return ids.map((chatId) => ({
      chatId,
      mine: chats.get(chatId)?.authorId === userId,
      empathy: own.get(chatId) ?? null,
    }));
  }

  private async press(chat: Chat, { userId }: Viewer, empathy: Empathy | null): Promise<PressOutcome> {
    const outcome = await this.deps.empathies.set(chat.id, userId, empathy);
    if (await this.isThere(chat.id)) return outcome;
    // The message was erased at the same time, perhaps before this press was stored.
    await this.deps.empathies.removeNote(chat.id);
    throw noSuchMessage();
  }

  private async isThere(chatId: string): Promise<boolean> {
    const chat = await findChat(this.deps.log, this.deps.store, chatId);
    return chat !== undefined && !chat.hidden;
  }

  private async require(viewer: Viewer, chatId: string): Promise<Chat> {
    const chat = await requireChat(this.deps.log, this.deps.store, chatId);
    const room = chat.hidden ? undefined : await this.deps.access.readable(viewer, chat.room);
    if (!room) throw noSuchMessage();
    requireOpen(room);
    return chat;
  }
}
