import { chatId, parseClientMessageId, parseText, type Chat } from '../domain/chat';
import { toPercents } from '../domain/emotion';
import { DomainError } from '../domain/errors';
import type { Viewer } from '../domain/user';
import type { ChatLog } from '../ports/chat-log';
import type { ChatStore } from '../ports/chat-store';
import type { Scorer } from '../ports/scorer';
import type { Aliases } from './aliases';
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
}

/** The way of a message into the log: validated, looked up, counted, scored, appended. The answer is the acknowledgement. */
export class SendChat {
  constructor(private readonly deps: SendChatDeps) {}

  /**
   * Resolves once the message is durable. The same viewer and clientMessageId always get the first message back.
   * @throws DomainError BAD_USER_INPUT, NOT_FOUND (room), CONFLICT (other text or room under this clientMessageId), RATE_LIMITED, UNAVAILABLE
   */
  async send(viewer: Viewer, address: string, input: SendChatInput): Promise<Chat> {
    const id = chatId(viewer.userId, parseClientMessageId(input.clientMessageId));
    const text = parseText(input.text);
    const room = await this.deps.rooms.require(input.room);

    const first = await this.sentBefore(id);
    if (first) return sameMessage(first, room.id, text);

    await this.deps.guard.admit({ viewer, address, room: room.id, text, slowModeSeconds: 0 });
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
    return sameMessage(winner, room.id, text);
  }

  private async sentBefore(id: string): Promise<Chat | undefined> {
    const found = await this.deps.log.find(id);
    if (found.state === 'present') return found.chat;
    return found.state === 'trimmed' ? this.deps.store.byId(id) : undefined;
  }
}

/** A hidden message no longer has its text to compare. */
function sameMessage(first: Chat, room: string, text: string): Chat {
  if (first.room !== room || (!first.hidden && first.text !== text)) {
    throw new DomainError('CONFLICT', 'This clientMessageId was used for another message.', { field: 'clientMessageId' });
  }
  return first;
}
