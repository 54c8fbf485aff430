import { setTimeout as delay } from 'node:timers/promises';
import { chatId, parseClientMessageId, parseText, type Chat, type ChatDraft } from '../domain/chat';
import { toPercents, type Emotion } from '../domain/emotion';
import { badInput, DomainError, unavailable, withStored, type Stored } from '../domain/errors';
import type { Room } from '../domain/room';
import type { Viewer } from '../domain/user';
import type { ChatLog } from '../ports/chat-log';
import type { ChatStore } from '../ports/chat-store';
import type { Scorer } from '../ports/scorer';
import type { WordFilter } from '../ports/word-filter';
import type { Access } from './access';
import type { Aliases } from './aliases';
import type { Mutes } from './mutes';
import type { SendGuard } from './send-guard';

export interface SendChatInput {
  readonly clientMessageId: string;
  readonly room: string;
  readonly text: string;
  readonly feeling?: Emotion | null | undefined;
  /** Id of a question. */
  readonly answers?: string | null | undefined;
}

export interface SendChatDeps {
  readonly log: ChatLog;
  readonly store: ChatStore;
  readonly access: Pick<Access, 'requireReader' | 'requireWriter'>;
  readonly aliases: Aliases;
  readonly scorer: Scorer;
  readonly guard: SendGuard;
  readonly mutes: Pick<Mutes, 'admit'>;
  readonly words: WordFilter;
  /** Whether the id is of a question of the room. */
  readonly isQuestion: (id: string, room: string) => Promise<boolean>;
  /** Whether other processes may be sending the same message at the same time. */
  readonly sharedByProcesses: boolean;
}

/** Pauses before looking again for a message that another process is sending, in milliseconds. A send takes a few. */
const LOOK_AGAIN_MS = [50, 250];

interface Parsed extends Pick<ChatDraft, 'id' | 'room' | 'feeling' | 'answers'> {
  readonly written: string;
}

/** Sends messages: validates, looks for an earlier send, checks mutes and rates, scores and appends. */
export class SendChat {
  /** Concurrent sends of one message in this process share one send, which is counted once. */
  private readonly underWay = new Map<string, Promise<Chat>>();

  constructor(private readonly deps: SendChatDeps) {}

  /**
   * Resolves when the message is durable. Sends with the same viewer and clientMessageId all return the first message, also when they
   * are concurrent: none is refused because another of them used up the rate. A repeated send does not change feeling and answers.
   * @throws DomainError BAD_USER_INPUT, NOT_FOUND (room), FORBIDDEN (muted, guest), CONFLICT (archived room, another text or room with this
   *   clientMessageId), RATE_LIMITED, UNAVAILABLE with `stored`
   */
  async send(viewer: Viewer, address: string, input: SendChatInput): Promise<Chat> {
    const id = chatId(viewer.userId, parseClientMessageId(input.clientMessageId));
    const written = parseText(input.text);
    const key = `${id}\0${input.room}\0${written}`;
    const same = this.underWay.get(key);
    if (same) return same;
    const { room, feeling = null, answers = null } = input;
    const sending = this.sendOnce(viewer, address, { id, room, written, feeling, answers });
    this.underWay.set(key, sending);
    try {
      return await sending;
    } finally {
      this.underWay.delete(key);
    }
  }

  private async sendOnce(viewer: Viewer, address: string, message: Parsed): Promise<Chat> {
    const { id, written } = message;
    // Unknown until the lookup: an earlier attempt may have stored the message.
    let stored: Stored = 'unknown';
    try {
      const room = await this.deps.access.requireReader(viewer, message.room);
      const first = await this.sentBefore(id, message.room);
      if (first) return this.sameMessage(first, room.id, written);
      stored = 'no';
      await this.deps.access.requireWriter(viewer, room);
      if (message.answers !== null) await this.requireQuestion(message.answers, room.id);
      const sent = await this.admit(viewer, address, room, id, written);
      if (sent) return this.sameMessage(sent, room.id, written);
      const author = await this.deps.aliases.authorIn(room, viewer);
      stored = 'unknown';
      return await this.append(viewer, author, room, message);
    } catch (error) {
      throw withStored(error, stored);
    }
  }

  private async requireQuestion(answers: string, room: string): Promise<void> {
    if (await this.deps.isQuestion(answers, room)) return;
    throw badInput('answers', 'answers is not the id of a question of this room.');
  }

  /** @returns the message if another process has sent it; otherwise it may be appended */
  private async admit(viewer: Viewer, address: string, room: Room, id: string, written: string): Promise<Chat | undefined> {
    const { mutes, words, guard, sharedByProcesses } = this.deps;
    const { wordFilter, slowModeSeconds, ownWords } = room.settings;
    mutes.admit(viewer.userId, room.id);
    if (wordFilter === 'REFUSE' && words.mask(written, ownWords) !== written) {
      throw badInput('text', 'text contains a word that this room does not allow.');
    }
    if (sharedByProcesses) void guard.claim(id);
    try {
      await guard.admit({ viewer, address, room: room.id, text: written, slowModeSeconds });
      return undefined;
    } catch (refusal) {
      const isAlone = !sharedByProcesses || (await guard.claim(id));
      const sent = isAlone ? undefined : await this.sentElsewhere(id, room.id);
      if (sent) return sent;
      throw refusal;
    }
  }

  private async append(viewer: Viewer, author: string, room: Room, message: Parsed): Promise<Chat> {
    const { id, written, feeling, answers } = message;
    const { wordFilter, ownWords } = room.settings;
    const text = wordFilter === 'OFF' ? written : this.deps.words.mask(written, ownWords);
    const read = this.deps.scorer.score(text);
    const appended = await this.deps.log.append({
      id,
      room: room.id,
      authorId: viewer.userId,
      author,
      text,
      emotions: toPercents(read.scores),
      dominant: read.dominant,
      scoredBy: this.deps.scorer.scoredBy,
      feeling,
      answers,
    });
    if (!appended.duplicate) return appended.chat;
    // A concurrent send of the same message was faster.
    const winner = await this.sentBefore(id, room.id);
    if (!winner) throw unavailable('The message is being stored. Please try again.', 1);
    return this.sameMessage(winner, room.id, written);
  }

  private async sentBefore(id: string, room: string): Promise<Chat | undefined> {
    const found = await this.deps.log.find(id, room);
    if (found.state === 'present') return found.chat;
    return found.state === 'trimmed' ? this.deps.store.byId(id) : undefined;
  }

  private async sentElsewhere(id: string, room: string): Promise<Chat | undefined> {
    for (const pauseMs of LOOK_AGAIN_MS) {
      await delay(pauseMs);
      const sent = await this.sentBefore(id, room);
      if (sent) return sent;
    }
    return undefined;
  }

  /**
   * The text of a hidden message is gone and cannot be compared. The text of a masked one differs from what was written by asterisks,
   * and which words are masked may have changed since.
   */
  private sameMessage(first: Chat, room: string, written: string): Chat {
    const same = first.hidden || first.text === written || isMaskOf(first.text, written);
    if (first.room === room && same) return first;
    throw new DomainError('CONFLICT', 'This clientMessageId was used for another message.', { field: 'clientMessageId' });
  }
}

/** Whether the masked text is the other one with some characters replaced by asterisks. */
function isMaskOf(masked: string, written: string): boolean {
  const [shown, original] = [[...masked], [...written]];
  return shown.length === original.length && shown.every((character, i) => character === '*' || character === original[i]);
}
