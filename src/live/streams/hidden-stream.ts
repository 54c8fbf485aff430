import type { Chat } from '../../domain/chat';
import type { Bus } from '../../ports/bus';
import type { Logger } from '../../ports/logger';
import type { LiveHub } from '../hub';

export interface HiddenStreamOptions {
  readonly hub: LiveHub;
  readonly bus: Bus;
  /** Drops what is kept in memory of the room's messages, or of all rooms'. */
  readonly forget: (room?: string) => void;
  readonly loadChat: (id: string) => Promise<Chat | undefined>;
  readonly logger: Logger;
}

/** chatHidden: no memory of this process shows a hidden message again, and open pages learn of it. @returns the undo */
export function streamHidden({ hub, bus, forget, loadChat, logger }: HiddenStreamOptions): () => void {
  const forgetAll = (): void => {
    forget();
    hub.forget();
  };
  const undo = [
    bus.subscribe((event) => {
      if (event.type === 'chats-changed') forgetAll();
      if (event.type !== 'chat-hidden') return;
      forget(event.room);
      hub.forget();
      if (!hub.hasSubscribers('chatHidden', event.room)) return;
      loadChat(event.chatId).then(
        (chat) => {
          if (chat?.hidden) hub.publish('chatHidden', chat.room, chat);
        },
        (err: unknown) => {
          logger.warn({ err, chatId: event.chatId }, 'a hidden message could not be announced');
        },
      );
    }),
    // Announcements may have been missed.
    bus.onReconnect(forgetAll),
  ];
  return () => {
    for (const each of undo) each();
  };
}
