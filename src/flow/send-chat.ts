import { setTimeout as delay } from 'node:timers/promises';
import { chatId, parseClientMessageId, parseText, type Chat } from '../domain/chat';
import { toPercents } from '../domain/emotion';
import { badInput, DomainError } from '../domain/errors';
import type { Viewer } from '../domain/user';
import type { ChatLog } from '../ports/chat-log';
import type { ChatStore } from '../ports/chat-store';
import type { Scorer } from '../ports/scorer';
import type { WordFilter } from '../ports/word-filter';
import type { Aliases } from './aliases';
import type { Mutes } from './mutes';
import type { Rooms } from './rooms';
import type { SendGuard } from './send-guard';

export interface SendChatInput {
  readonly clientMessageId: string;
  readonly room: string;
  readonly text: string;
}

export interface SendChatDeps {
  readonly log: ChatLog;
  readonly store: ChatStore;
  readonly rooms: Rooms;
  readonly aliases: Aliases;
  readonly scorer: Scorer;
  readonly guard: SendGuard;
  readonly mutes: Pick<Mutes, 'admit'>;
  readonly words: WordFilter;
  /** How long a refused message may still turn out to be under way through another process, in milliseconds; 0 where there is none. */
  readonly elsewhereMs: number;
}

const FIRST_LOOK_MS = 25;

interface Parsed {
  readonly id: string;
  readonly room: string;
  readonly written: string;
}

/** The way of a message into the log: validated, looked up, counted, scored, appended. The answer is the acknowledgement. */
export class SendChat {
  /** Sends of one message at the same time are one send: they are counted once. */
  private readonly underWay = new Map<string, Promise<Chat>>();

  constructor(private readonly deps: SendChatDeps) {}

  /**
   * Resolves once the message is durable. The same viewer and clientMessageId always get the first message back, also when the
   * sends come at once: none is refused for what another of them has used up.
   * @throws DomainError BAD_USER_INPUT, NOT_FOUND (room), FORBIDDEN (muted), CONFLICT (other text or room under this clientMessageId), RATE_LIMITED, UNAVAILABLE
   */
  async send(viewer: Viewer, address: string, input: SendChatInput): Promise<Chat> {
    const id = chatId(viewer.userId, parseClientMessageId(input.clientMessageId));
    const written = parseText(input.text);
    const key = `${id}\0${input.room}\0${written}`;
    const same = this.underWay.get(key);
    if (same) return same;
    const sending = this.sendOnce(viewer, address, { id, room: input.room, written });
    this.underWay.set(key, sending);
    try {
      return await sending;
    } finally {
      this.underWay.delete(key);
    }
  }

  private async sendOnce(viewer: Viewer, address: string, { id, room: roomId, written }: Parsed): Promise<Chat> {
    const room = await this.deps.rooms.require(roomId);

    const first = await this.sentBefore(id);
    if (first) return this.sameMessage(first, room.id, written);

    this.deps.mutes.admit(viewer.userId);
    const { wordFilter, slowModeSeconds } = room.settings;
    const text = wordFilter === 'OFF' ? written : this.deps.words.mask(written);
    if (wordFilter === 'REFUSE' && text !== written) throw badInput('text', 'text has a word that this room does not take.');
    try {
      await this.deps.guard.admit({ viewer, address, room: room.id, text: written, slowModeSeconds });
    } catch (refusal) {
      const sent = await this.sentElsewhere(id);
      if (sent) return this.sameMessage(sent, room.id, written);
      throw refusal;
    }
    const feeling = this.deps.scorer.score(text);
    const appended = await this.deps.log.append({
      id,
      room: room.id,
      authorId: viewer.userId,
      author: await this.deps.aliases.authorIn(room, viewer),
      text,
      emotions: toPercents(feeling.scores),
      dominant: feeling.dominant,
    });
    if (!appended.duplicate) return appended.chat;
    // Another send of the same message was faster.
    const winner = await this.sentBefore(id);
    if (!winner) throw new DomainError('UNAVAILABLE');
    return this.sameMessage(winner, room.id, written);
  }

  private async sentBefore(id: string): Promise<Chat | undefined> {
    const found = await this.deps.log.find(id);
    if (found.state === 'present') return found.chat;
    return found.state === 'trimmed' ? this.deps.store.byId(id) : undefined;
  }

  /** Another process may have been asked at the same time, and have used up what this send was refused for. */
  private async sentElsewhere(id: string): Promise<Chat | undefined> {
    const { elsewhereMs } = this.deps;
    for (let wait = FIRST_LOOK_MS, waited = 0; waited < elsewhereMs; waited += wait, wait *= 2) {
      await delay(wait);
      const sent = await this.sentBefore(id);
      if (sent) return sent;
    }
    return undefined;
  }

  /** A hidden message no longer has its text to compare; a masked one was written with other letters. */
  private sameMessage(first: Chat, room: string, written: string): Chat {
    const same = first.hidden || first.text === written || first.text === this.deps.words.mask(written);
    if (first.room === room && same) return first;
    throw new DomainError('CONFLICT', 'This clientMessageId was used for another message.', { field: 'clientMessageId' });
  }
}
