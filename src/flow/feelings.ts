import { withFeeling, type Chat } from '../domain/chat';
import type { Emotion } from '../domain/emotion';
import { DomainError, unavailable, withStored, type Stored } from '../domain/errors';
import { correctionOf } from '../domain/mood-bucket';
import type { Viewer } from '../domain/user';
import type { Bus } from '../ports/bus';
import type { ChatLog } from '../ports/chat-log';
import type { ChatStore } from '../ports/chat-store';
import type { Clock } from '../ports/clock';
import type { FeelingChangeStore, PendingFeeling } from '../ports/feeling-change-store';
import type { Logger } from '../ports/logger';
import type { MoodStore } from '../ports/mood-store';
import { requireOpen, type Access } from './access';
import { findChat, noSuchMessage } from './find-chat';
import { isCommitted } from './log-lag';

export interface FeelingsDeps {
  readonly log: ChatLog;
  readonly store: ChatStore;
  readonly moods: Pick<MoodStore, 'correct'>;
  readonly access: Pick<Access, 'readable'>;
  readonly changes: FeelingChangeStore;
  readonly bus: Pick<Bus, 'publish'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long after sending the author may change the feeling, in milliseconds. */
  readonly windowMs: number;
}

/** Pending changes that one run looks at. */
const PENDING_MAX = 1_000;
/** Changes of one message by other requests that one request waits for. */
const ATTEMPTS = 5;

/**
 * Changes what authors say they feel. A change is recorded durably before it begins and ends when mood, log and store have it, so
 * one that was interrupted is completed by `run`. Every step is idempotent and ordered by the revision of the message, and may run
 * in several processes at once.
 */
export class Feelings {
  constructor(private readonly deps: FeelingsDeps) {}

  /**
   * Resolves when mood, log and store have the change. @param feeling null leaves it to the model
   * @returns the message as it is now
   * @throws DomainError NOT_FOUND, FORBIDDEN (of somebody else), CONFLICT (too late, archived room), UNAVAILABLE with `stored`
   */
  async set(viewer: Viewer, chatId: string, feeling: Emotion | null): Promise<Chat> {
    const { changes, clock } = this.deps;
    let stored: Stored = 'no';
    try {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const chat = await this.own(viewer, chatId);
        const change = { chatId, feeling, revision: chat.revision + 1, at: clock.now() };
        stored = 'unknown';
        const other = await changes.begin(change);
        const changed = await this.complete(other ?? change);
        if (!other && changed?.revision === change.revision && changed.feeling === feeling) return changed;
      }
      throw unavailable('The feeling of this message is being changed. Please try again.', 1);
    } catch (error) {
      throw withStored(error, stored);
    }
  }

  /** Completes interrupted changes. Called every few seconds. */
  async run(signal: AbortSignal): Promise<void> {
    for (const change of await this.deps.changes.pending(PENDING_MAX)) {
      if (signal.aborted) return;
      // One that fails does not delay the others.
      await this.complete(change).catch((err: unknown) => {
        this.deps.logger.warn({ err, chatId: change.chatId }, 'a change of a feeling failed; trying again');
      });
    }
  }

  private async own(viewer: Viewer, chatId: string): Promise<Chat> {
    const { log, store, access, clock, windowMs } = this.deps;
    const chat = await findChat(log, store, chatId);
    const room = chat && (await access.readable(viewer, chat.room));
    if (!room) throw noSuchMessage();
    if (chat.authorId !== viewer.userId)
      throw new DomainError('FORBIDDEN', 'Only the author of a message can change its feeling.');
    if (chat.hidden) throw noSuchMessage();
    requireOpen(room);
    if (clock.now() - chat.sentAt > windowMs)
      throw new DomainError('CONFLICT', 'It is too late to change the feeling of this message.');
    return chat;
  }

  /** @returns the message as it is now */
  private async complete(change: PendingFeeling): Promise<Chat | undefined> {
    const { log, store, moods, changes, bus } = this.deps;
    const chat = await findChat(log, store, change.chatId);
    if (!chat || chat.hidden || isSuperseded(chat, change)) {
      await changes.end(change);
      return chat;
    }
    const { feeling, revision } = change;
    const changed = withFeeling(chat, change);
    const isStored = await isCommitted(log, chat.offset);
    // The mood first: it needs the message as it was.
    await moods.correct([correctionOf(chat, changed)]);
    await log.setFeeling(chat.offset, { feeling, revision });
    // The writer may have read the entry before. It finds the message stored and leaves it as it is.
    const rejected = await store.insertBatch([changed]);
    await store.setFeeling(chat.offset, { feeling, revision });
    bus.publish({ type: 'chat-changed', room: chat.room, chatId: chat.id, feeling: { offset: chat.offset, feeling, revision } });
    // A message that the store rejects becomes a dead letter when the writer comes to it.
    if (rejected.length === 0 || isStored) await changes.end(change);
    return changed;
  }
}

/** Whether another change has used the revision, or a later one. */
const isSuperseded = (chat: Chat, { feeling, revision }: PendingFeeling): boolean =>
  chat.revision > revision || (chat.revision === revision && chat.feeling !== feeling);
