import type { Mood } from '../../domain/insight';
import type { Logger } from '../../ports/logger';
import type { ChatFeed } from '../chat-feed';
import type { LiveHub } from '../hub';

export interface MoodStreamOptions {
  readonly hub: LiveHub;
  readonly feed: ChatFeed;
  /** The mood of the last hour. */
  readonly readMood: (room: string) => Promise<Mood>;
  readonly logger: Logger;
}

/** Shortest time between two moodChanged events of a room, in milliseconds. */
const INTERVAL_MS = 1_000;
/** How often every subscribed room is read even without new messages, because the window of the last hour moves, in milliseconds. */
const WINDOW_STEP_MS = 60_000;

/** Two moods with the same key look the same to clients; only their windows differ. */
const keyOf = ({ messageCount, scores, dominant, valence }: Mood): string =>
  JSON.stringify([messageCount, scores, dominant, valence]);

/** Serves moodChanged: reads the mood after new messages and once a minute, and publishes it if it has changed. */
export class MoodStream {
  /** Rooms that were read within the last INTERVAL_MS, and whether they must be read again after it. */
  private readonly cooldowns = new Map<string, { timer: NodeJS.Timeout; readAgain: boolean }>();
  /** Key of the last published mood, by room. */
  private readonly published = new Map<string, string>();
  private readonly stopListening: () => void;
  private readonly windowTimer: NodeJS.Timeout;

  constructor(private readonly options: MoodStreamOptions) {
    this.stopListening = options.feed.onChats((room) => {
      if (options.hub.hasSubscribers('moodChanged', room)) this.refresh(room);
    });
    this.windowTimer = setInterval(() => {
      this.refreshAll();
    }, WINDOW_STEP_MS).unref();
  }

  stop(): void {
    this.stopListening();
    clearInterval(this.windowTimer);
    for (const { timer } of this.cooldowns.values()) clearTimeout(timer);
    this.cooldowns.clear();
  }

  private refreshAll(): void {
    const rooms = new Set(this.options.hub.roomsOf('moodChanged'));
    for (const room of this.published.keys()) if (!rooms.has(room)) this.published.delete(room);
    for (const room of rooms) this.refresh(room);
  }

  private refresh(room: string): void {
    const cooldown = this.cooldowns.get(room);
    if (cooldown) {
      cooldown.readAgain = true;
      return;
    }
    const timer = setTimeout(() => {
      const readAgain = this.cooldowns.get(room)?.readAgain;
      this.cooldowns.delete(room);
      if (readAgain) this.refresh(room);
    }, INTERVAL_MS);
    this.cooldowns.set(room, { timer, readAgain: false });
    this.options.readMood(room).then(
      (mood) => {
        const key = keyOf(mood);
        if (this.published.get(room) === key) return;
        this.published.set(room, key);
        this.options.hub.publish('moodChanged', room, mood);
      },
      (err: unknown) => {
        this.options.logger.warn({ err, room }, 'mood could not be read; moodChanged was not sent');
      },
    );
  }
}
