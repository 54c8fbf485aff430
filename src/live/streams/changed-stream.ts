import type { Chat } from '../../domain/chat';
import { NO_EMPATHIES, type EmpathyCounts } from '../../domain/empathy';
import type { Bus } from '../../ports/bus';
import type { Logger } from '../../ports/logger';
import { KeyedThrottle } from '../../util/keyed-throttle';
import type { LiveHub } from '../hub';

export interface ChangedStreamOptions {
  readonly hub: LiveHub;
  readonly bus: Bus;
  readonly loadChat: (id: string) => Promise<Chat | undefined>;
  /** Messages without empathies are left out. */
  readonly loadCounts: (ids: readonly string[]) => Promise<ReadonlyMap<string, EmpathyCounts>>;
  readonly logger: Logger;
}

/**
 * Shortest time between two chatChanged events of a message, in milliseconds: at most two events a second. It is longer than half a
 * second because reading and delivering take a time that varies.
 */
const INTERVAL_MS = 600;
/** Messages that may have changed within the interval. Changes of more are not sent, as best effort allows. */
const MESSAGES_MAX = 10_000;

/**
 * Serves chatChanged: reads a changed message once for all subscribers of its room and publishes it at once, and then at most every
 * INTERVAL_MS with the newest state. Does nothing for a room without subscribers.
 * @returns a function that stops it
 */
export function streamChanged({ hub, bus, loadChat, loadCounts, logger }: ChangedStreamOptions): () => void {
  const publish = async (chatId: string): Promise<void> => {
    try {
      const chat = await loadChat(chatId);
      if (!chat || !hub.hasSubscribers('chatChanged', chat.room)) return;
      const counts = chat.hidden ? undefined : (await loadCounts([chatId])).get(chatId);
      hub.publish('chatChanged', chat.room, { chat, empathies: counts ?? NO_EMPATHIES });
    } catch (err) {
      logger.warn({ err, chatId }, 'changed message could not be read; chatChanged was not sent for it');
    }
  };
  const throttle = new KeyedThrottle<string>(INTERVAL_MS, MESSAGES_MAX, publish);
  const stopListening = bus.subscribe((event) => {
    if (event.type !== 'chat-changed' && event.type !== 'chat-hidden') return;
    if (hub.hasSubscribers('chatChanged', event.room)) throttle.call(event.chatId, event.chatId);
  });
  return () => {
    stopListening();
    throttle.stop();
  };
}
