import type { Chat } from '../../domain/chat';
import type { Bus } from '../../ports/bus';
import type { Logger } from '../../ports/logger';
import type { ChatFeeds } from '../chat-feeds';
import type { LiveHub } from '../hub';

export interface HiddenStreamOptions {
  readonly hub: LiveHub;
  readonly feed: ChatFeeds;
  readonly bus: Bus;
  readonly loadChat: (id: string) => Promise<Chat | undefined>;
  readonly logger: Logger;
}

/**
 * Serves chatHidden. Erases hidden messages in the memory of this process, so that no replay shows them again, and publishes their
 * tombstones to subscribers. Changes feelings in the memory of this process too.
 * @returns a function that stops it
 */
export function streamHidden({ hub, feed, bus, loadChat, logger }: HiddenStreamOptions): () => void {
  const invalidate = (): void => {
    feed.invalidate();
    hub.clearPayloads();
  };
  const stops = [
    bus.subscribe((event) => {
      if (event.type === 'chats-changed') invalidate();
      if (event.type === 'chat-changed' && event.feeling) {
        feed.setFeeling(event.room, event.feeling);
        hub.clearPayloads();
      }
      if (event.type !== 'chat-hidden') return;
      feed.erase(event.room, event.offset);
      hub.clearPayloads();
      if (!hub.hasSubscribers('chatHidden', event.room)) return;
      loadChat(event.chatId).then(
        (chat) => {
          if (chat?.hidden) hub.publish('chatHidden', chat.room, chat);
        },
        (err: unknown) => {
          logger.warn({ err, chatId: event.chatId }, 'hidden message could not be read; chatHidden was not sent for it');
        },
      );
    }),
    // Events of the bus may have been missed while it was disconnected.
    bus.onReconnect(invalidate),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
