import { DomainError } from '../domain/errors';
import type { Insight, Mood } from '../domain/insight';
import { noSuchRoom, type Room } from '../domain/room';
import type { Viewer } from '../domain/user';
import type { InsightHistory, InsightPage } from './insight-history';
import type { InsightJob } from './job/analysis-job';
import type { MoodService } from './mood/mood';
import type { OwnMood } from './mood/own-mood';

/** Who may read which room. */
export interface RoomAccess {
  /** @throws DomainError UNAVAILABLE */
  readable(viewer: Viewer | null, room: string): Promise<Room | undefined>;
  /** @throws DomainError NOT_FOUND, UNAVAILABLE */
  requireReader(viewer: Viewer | null, room: string): Promise<Room>;
  /** @throws DomainError NOT_FOUND, FORBIDDEN, UNAVAILABLE */
  requireHost(viewer: Viewer, room: string): Promise<Room>;
}

export interface RoomInsightsDeps {
  readonly access: RoomAccess;
  readonly isAdmin: (username: string) => boolean;
  /** Counts an analysis by a host. @throws DomainError RATE_LIMITED */
  readonly admitRunOf: (viewer: Viewer) => Promise<void>;
  readonly mood: Pick<MoodService, 'mood' | 'timeline'>;
  readonly ownMood: Pick<OwnMood, 'days'>;
  readonly history: Pick<InsightHistory, 'byId' | 'latest' | 'page'>;
  readonly job: Pick<InsightJob, 'analyzeNow'>;
}

/** Moods and insights of rooms. Every method with a room throws DomainError NOT_FOUND for one that the viewer cannot read. */
export class RoomInsights {
  constructor(private readonly deps: RoomInsightsDeps) {}

  async mood(viewer: Viewer | null, room: string, minutes: number): Promise<Mood> {
    await this.deps.access.requireReader(viewer, room);
    return this.deps.mood.mood(room, minutes);
  }

  async moodTimeline(
    viewer: Viewer | null,
    room: string,
    from: number,
    to: number,
    bucket: 'HOUR' | 'DAY',
  ): Promise<readonly Mood[]> {
    await this.deps.access.requireReader(viewer, room);
    return this.deps.mood.timeline(room, from, to, bucket);
  }

  /** One Mood per day, oldest first, of the messages of one author. */
  ownMood(viewer: Viewer, days: number): Promise<readonly Mood[]> {
    return this.deps.ownMood.days(viewer.userId, days);
  }

  async latest(viewer: Viewer | null, room: string): Promise<Insight | null> {
    await this.deps.access.requireReader(viewer, room);
    return this.deps.history.latest(room);
  }

  /** A letter by its id; null if there is none that the viewer can read. */
  async byId(viewer: Viewer | null, id: string): Promise<Insight | null> {
    const insight = await this.deps.history.byId(id);
    return insight && (await this.deps.access.readable(viewer, insight.room)) ? insight : null;
  }

  async page(viewer: Viewer | null, room: string, first: number, after: string | undefined): Promise<InsightPage> {
    await this.deps.access.requireReader(viewer, room);
    return this.deps.history.page(room, first, after);
  }

  /**
   * Analyses the time since the last scheduled window: of a private room for its hosts, of others for administrators.
   * @throws DomainError FORBIDDEN, NOT_FOUND, RATE_LIMITED, UNAVAILABLE
   */
  async run(viewer: Viewer, id: string): Promise<Insight> {
    const { access, isAdmin, admitRunOf, job } = this.deps;
    const room = await access.readable(viewer, id);
    if (room?.settings.visibility === 'PRIVATE') {
      await access.requireHost(viewer, id);
      await admitRunOf(viewer);
    } else {
      if (!isAdmin(viewer.username)) throw new DomainError('FORBIDDEN');
      if (!room) throw noSuchRoom();
    }
    return job.analyzeNow(id);
  }
}
