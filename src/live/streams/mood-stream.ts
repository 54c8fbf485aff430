import type { Mood } from '../../domain/insight';
import type { ChatFeed } from '../chat-feed';
import type { Logger } from '../../ports/logger';
import type { LiveHub } from '../hub';

export interface MoodStreamOptions {
  readonly hub: LiveHub;
  readonly feed: ChatFeed;
  /** The mood of the last hour. */
  readonly readMood: (room: string) => Promise<Mood>;
  readonly logger: Logger;
}

/** At most one event a second and room. */
const INTERVAL_MS = 1_000;
/** The hour moves on by whole minutes, and the mood with it, messages or not. */
const MINUTE_MS = 60_000;

const essence = ({ messageCount, scores, dominant, valence }: Mood): string =>
  JSON.stringify([messageCount, scores, dominant, valence]);

/** moodChanged: reads the mood again when messages came or a minute passed, and tells it where it is another than before. */
export class MoodStream {
  /** Rooms that were read within the last second, and whether something has come since. */
  private readonly resting = new Map<string, { timer: NodeJS.Timeout; again: boolean }>();
  private readonly told = new Map<string, string>();
  private readonly unlisten: () => void;
  private readonly minutes: NodeJS.Timeout;

  constructor(private readonly options: MoodStreamOptions) {
    this.unlisten = options.feed.listen({
      chats: (room) => {
        if (options.hub.hasSubscribers('moodChanged', room)) this.look(room);
      },
      epoch: () => undefined,
    });
    this.minutes = setInterval(() => {
      this.lookEverywhere();
    }, MINUTE_MS).unref();
  }

  stop(): void {
    this.unlisten();
    clearInterval(this.minutes);
    for (const { timer } of this.resting.values()) clearTimeout(timer);
    this.resting.clear();
  }

  private lookEverywhere(): void {
    const rooms = new Set(this.options.hub.roomsOf('moodChanged'));
    for (const room of this.told.keys()) if (!rooms.has(room)) this.told.delete(room);
    for (const room of rooms) this.look(room);
  }

  private look(room: string): void {
    const rest = this.resting.get(room);
    if (rest) {
      rest.again = true;
      return;
    }
    const timer = setTimeout(() => {
      const again = this.resting.get(room)?.again;
      this.resting.delete(room);
      if (again) this.look(room);
    }, INTERVAL_MS);
    this.resting.set(room, { timer, again: false });
    this.options.readMood(room).then(
      (mood) => {
        const now = essence(mood);
        if (this.told.get(room) === now) return;
        this.told.set(room, now);
        this.options.hub.publish('moodChanged', room, mood);
      },
      (err: unknown) => {
        this.options.logger.warn({ err, room }, 'the mood could not be read');
      },
    );
  }
}
