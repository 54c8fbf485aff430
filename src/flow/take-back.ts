import { toTombstone, type Chat } from '../domain/chat';
import { DomainError, withStored, type Stored } from '../domain/errors';
import type { Viewer } from '../domain/user';
import type { ChatLog } from '../ports/chat-log';
import type { ChatStore } from '../ports/chat-store';
import type { Clock } from '../ports/clock';
import type { Erasures } from './erasures';
import type { Access } from './access';
import { noSuchMessage, requireChat } from './find-chat';

export interface TakeBackDeps {
  readonly log: Pick<ChatLog, 'find'>;
  readonly store: Pick<ChatStore, 'byId'>;
  readonly access: Pick<Access, 'readable'>;
  readonly erasures: Pick<Erasures, 'begin'>;
  readonly clock: Clock;
}

/** Lets authors erase their own messages. Unlike what moderators do, it is not audited. */
export class TakeBack {
  constructor(private readonly deps: TakeBackDeps) {}

  /**
   * Erases the text. When it resolves, no reader sees it. Taking back again changes nothing. Authors need not be
   * able to read or write in the room any more.
   * @returns the tombstone
   * @throws DomainError NOT_FOUND, FORBIDDEN (of somebody else), UNAVAILABLE with `stored`
   */
  async takeBack(viewer: Viewer, chatId: string): Promise<Chat> {
    const { log, store, access, erasures, clock } = this.deps;
    const { userId: actorId, username: actor } = viewer;
    let stored: Stored = 'no';
    try {
      const chat = await requireChat(log, store, chatId);
      if (chat.authorId !== actorId) {
        if (!(await access.readable(viewer, chat.room))) throw noSuchMessage();
        throw new DomainError('FORBIDDEN', 'Only its author can take a message back.');
      }
      if (chat.hidden) return chat;
      stored = 'unknown';
      await erasures.begin({ kind: 'chat', id: `chat.${chat.id}`, at: clock.now(), actorId, actor, chatId: chat.id, reason: '' });
      return toTombstone(chat);
    } catch (error) {
      throw withStored(error, stored);
    }
  }
}
