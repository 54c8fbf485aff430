import type { Insight, Mood } from '../domain/insight';
import type { Viewer } from '../domain/user';
import type { InsightHistory, InsightPage } from './insight-history';
import type { InsightJob } from './job/analysis-job';
import type { MoodService } from './mood/mood';
import type { OwnMood } from './mood/own-mood';

export interface RoomInsightsDeps {
  /** @throws DomainError NOT_FOUND */
  readonly requireRoom: (room: string) => Promise<unknown>;
  readonly mood: Pick<MoodService, 'mood' | 'timeline'>;
  readonly ownMood: Pick<OwnMood, 'days'>;
  readonly history: Pick<InsightHistory, 'byId' | 'latest' | 'page'>;
  readonly job: Pick<InsightJob, 'analyzeNow'>;
}

/** Moods and insights of rooms that exist. Every method with a room throws DomainError NOT_FOUND for an unknown one. */
export class RoomInsights {
  constructor(private readonly deps: RoomInsightsDeps) {}

  async mood(room: string, minutes: number): Promise<Mood> {
    await this.deps.requireRoom(room);
    return this.deps.mood.mood(room, minutes);
  }

  async moodTimeline(room: string, from: number, to: number, bucket: 'HOUR' | 'DAY'): Promise<readonly Mood[]> {
    await this.deps.requireRoom(room);
    return this.deps.mood.timeline(room, from, to, bucket);
  }

  /** One Mood per day, oldest first, of the messages of one author. */
  ownMood(viewer: Viewer, days: number): Promise<readonly Mood[]> {
    return this.deps.ownMood.days(viewer.userId, days);
  }

  async latest(room: string): Promise<Insight | null> {
    await this.deps.requireRoom(room);
    return this.deps.history.latest(room);
  }

  /** A letter by its id, or null. */
  byId(id: string): Promise<Insight | null> {
    return this.deps.history.byId(id);
  }

  async page(room: string, first: number, after: string | undefined): Promise<InsightPage> {
    await this.deps.requireRoom(room);
    return this.deps.history.page(room, first, after);
  }

  async run(room: string): Promise<Insight> {
    await this.deps.requireRoom(room);
    return this.deps.job.analyzeNow(room);
  }
}
