import type { Mood } from '../../domain/insight';
import type { Bus } from '../../ports/bus';
import type { Logger } from '../../ports/logger';
import type { ChatFeed } from '../chat-feed';
import { pause } from '../../util/repeat';
import type { LiveHub } from '../hub';

export interface MoodStreamOptions {
  readonly hub: LiveHub;
  readonly feed: ChatFeed;
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
  /** Rooms that are being read or were read within the last INTERVAL_MS, and whether they must be read again. */
  private readonly cooldowns = new Map<string, { readAgain: boolean }>();
  /** Key of the last published mood, by room. */
  private readonly published = new Map<string, string>();
  private readonly stopping = new AbortController();
  private readonly stops: readonly (() => void)[];
  private readonly windowTimer: NodeJS.Timeout;

  constructor(private readonly options: MoodStreamOptions) {
    const changed = (room: string): void => {
      if (options.hub.hasSubscribers('moodChanged', room)) this.refresh(room);
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
    this.stopping.abort();
  }

  private refreshAll(): void {
    const rooms = new Set(this.options.hub.roomsOf('moodChanged'));
    for (const room of this.published.keys()) if (!rooms.has(room)) this.published.delete(room);
    for (const room of rooms) this.refresh(room);
  }

  /** One read at a time per room, so that an older answer cannot overwrite a newer one. */
  private refresh(room: string): void {
    const cooldown = this.cooldowns.get(room);
    if (cooldown) {
      cooldown.readAgain = true;
      return;
    }
    const { signal } = this.stopping;
    const started = { readAgain: false };
    this.cooldowns.set(room, started);
    void Promise.all([this.publishMood(room), pause(INTERVAL_MS, signal)]).then(() => {
      this.cooldowns.delete(room);
      if (started.readAgain && !signal.aborted) this.refresh(room);
    });
  }

  private async publishMood(room: string): Promise<void> {
    try {
      const mood = await this.options.readMood(room);
      const key = keyOf(mood);
      if (this.published.get(room) === key || this.stopping.signal.aborted) return;
      this.published.set(room, key);
      this.options.hub.publish('moodChanged', room, mood);
    } catch (err) {
      this.options.logger.warn({ err, room }, 'mood could not be read; moodChanged was not sent');
    }
  }
}
