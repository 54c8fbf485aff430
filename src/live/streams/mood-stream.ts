import type { Mood } from '../../domain/insight';
import type { Bus } from '../../ports/bus';
import type { Logger } from '../../ports/logger';
import type { ChatFeeds } from '../chat-feeds';
import { KeyedThrottle } from '../../util/keyed-throttle';
import type { LiveHub } from '../hub';

export interface MoodStreamOptions {
  readonly hub: LiveHub;
  readonly feed: ChatFeeds;
  readonly bus: Pick<Bus, 'subscribe'>;
  /** The mood of the last hour. */
  readonly readMood: (room: string) => Promise<Mood>;
  readonly logger: Logger;
}

/** Shortest time between two moodChanged events of a room, in milliseconds. */
const INTERVAL_MS = 1_000;
/** How often every subscribed room is read even without new messages, because the window of the last hour moves, in milliseconds. */
const WINDOW_STEP_MS = 60_000;

/** Two moods with the same key look the same to clients; only their windows differ. */
const keyOf = ({ messageCount, scores, dominant, valence, saidShare }: Mood): string =>
  JSON.stringify([messageCount, scores, dominant, valence, saidShare]);

/** Serves moodChanged: reads the mood after new, changed and erased messages and once a minute, and publishes it if it has changed. */
export class MoodStream {
  /** One read at a time per room, so that an older answer cannot overwrite a newer one. At most one per room that exists. */
  private readonly reads = new KeyedThrottle<string>(INTERVAL_MS, Infinity, (room) => this.publishMood(room));
  /** Key of the last published mood, by room. */
  private readonly published = new Map<string, string>();
  private stopped = false;
  private readonly stops: readonly (() => void)[];
  private readonly windowTimer: NodeJS.Timeout;

  constructor(private readonly options: MoodStreamOptions) {
    const changed = (room: string): void => {
      if (options.hub.hasSubscribers('moodChanged', room)) this.reads.call(room, room);
    };
    this.stops = [
      options.feed.onChats(changed),
      options.bus.subscribe((event) => {
        if (event.type === 'chat-hidden' || (event.type === 'chat-changed' && event.feeling)) changed(event.room);
        if (event.type === 'chats-changed') this.refreshAll();
      }),
    ];
    this.windowTimer = setInterval(() => {
      this.refreshAll();
    }, WINDOW_STEP_MS).unref();
  }

  stop(): void {
    for (const stop of this.stops) stop();
    clearInterval(this.windowTimer);
    this.reads.stop();
    this.stopped = true;
  }

  private refreshAll(): void {
    const rooms = new Set(this.options.hub.roomsOf('moodChanged'));
    for (const room of this.published.keys()) if (!rooms.has(room)) this.published.delete(room);
    for (const room of rooms) this.reads.call(room, room);
  }

  private async publishMood(room: string): Promise<void> {
    try {
      const mood = await this.options.readMood(room);
      const key = keyOf(mood);
      if (this.published.get(room) === key || this.stopped) return;
      this.published.set(room, key);
      this.options.hub.publish('moodChanged', room, mood);
    } catch (err) {
      this.options.logger.warn({ err, room }, 'mood could not be read; moodChanged was not sent');
    }
  }
}
