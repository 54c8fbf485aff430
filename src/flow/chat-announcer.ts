import type { Chat } from '../domain/chat';
import type { Bus } from '../ports/bus';
import { KeyedThrottle } from '../util/keyed-throttle';

/** Shortest time between two announcements of one message by this process, in milliseconds. */
const INTERVAL_MS = 100;
/** Messages that may change within the interval. Changes of more are not announced: clients see them when they load the message. */
const MESSAGES_MAX = 10_000;

/** Announces changed messages to all processes: at once, and then at most once in an interval for each message. */
export class ChatAnnouncer {
  private readonly throttle: KeyedThrottle<Pick<Chat, 'id' | 'room'>>;

  constructor(bus: Pick<Bus, 'publish'>) {
    this.throttle = new KeyedThrottle(INTERVAL_MS, MESSAGES_MAX, ({ id, room }) => {
      bus.publish({ type: 'chat-changed', room, chatId: id });
    });
  }

  changed({ id, room }: Pick<Chat, 'id' | 'room'>): void {
    this.throttle.call(id, { id, room });
  }

  stop(): void {
    this.throttle.stop();
  }
}
