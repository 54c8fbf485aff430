import type { Database } from 'lmdb';
import type { Emotion } from '../../domain/emotion';
import type { Insight, InsightSource, Locale } from '../../domain/insight';
import type { InsightStore, ScheduleState } from '../../ports/insight-store';
import { lookUp, type Environment } from './environment';

/** dominant emotion, scores, valence, message count; room and window are the insight's own. */
type MoodTuple = readonly [Emotion | null, readonly number[], number, number];
/**
 * room, window start, window end, createdAt, letter, locale, mood, topics, message count, participant count, scheduled (0 or 1),
 * source, model; stored under the id.
 */
export type InsightTuple = readonly [
  string,
  number,
  number,
  number,
  string,
  Locale,
  MoodTuple,
  readonly string[],
  number,
  number,
  number,
  InsightSource,
  string,
];

export interface LmdbInsightStoreOptions {
  readonly env: Environment;
  readonly insights: Database<InsightTuple, string>;
  /** Room, window end and id of the scheduled ones. */
  readonly byRoom: Database<null, [string, number, string]>;
  /** `fence`: the highest seen. `done-until`: see ScheduleState. */
  readonly schedule: Database<number, string>;
}

export class LmdbInsightStore implements InsightStore {
  constructor(private readonly options: LmdbInsightStoreOptions) {}

  put(insight: Insight, fence: number): Promise<'stored' | 'exists' | 'fenced'> {
    const { env, insights, byRoom } = this.options;
    return env.write(() => {
      if (!this.mayWrite(fence)) return 'fenced';
      if (insights.get(insight.id)) return 'exists';
      void insights.put(insight.id, toTuple(insight));
      if (insight.scheduled) void byRoom.put([insight.room, insight.window.end, insight.id], null);
      return 'stored';
    });
  }

  byId(id: string): Promise<Insight | undefined> {
    return this.options.env.read(() => this.load(id));
  }

  async latest(room: string): Promise<Insight | undefined> {
    const [newest] = await this.page(room, undefined, 1);
    return newest;
  }

  page(room: string, before: number | undefined, limit: number): Promise<readonly Insight[]> {
    return this.options.env.read(() => {
      if (limit < 1) return [];
      // Ids are not empty, so this start is below every key with the window end `before`.
      const start: [string, number, string] = [room, before ?? Number.MAX_SAFE_INTEGER, ''];
      const keys = [...this.options.byRoom.getKeys({ start, end: [room, 0, ''], reverse: true, limit })];
      return keys.flatMap(([, , id]) => this.load(id) ?? []);
    });
  }

  schedule(): Promise<ScheduleState | undefined> {
    return this.options.env.read(() => {
      const doneUntil = this.options.schedule.get('done-until');
      return doneUntil === undefined ? undefined : { doneUntil };
    });
  }

  advance(state: ScheduleState, fence: number): Promise<boolean> {
    const { env, schedule } = this.options;
    return env.write(() => {
      if (state.doneUntil < (schedule.get('done-until') ?? 0) || !this.mayWrite(fence)) return false;
      void schedule.put('done-until', state.doneUntil);
      return true;
    });
  }

  private mayWrite(fence: number): boolean {
    const seen = this.options.schedule.get('fence') ?? 0;
    if (fence > seen) void this.options.schedule.put('fence', fence);
    return fence >= seen;
  }

  private load(id: string): Insight | undefined {
    const tuple = lookUp(this.options.insights, id);
    return tuple && fromTuple(id, tuple);
  }
}

const toTuple = (insight: Insight): InsightTuple => [
  insight.room,
  insight.window.start,
  insight.window.end,
  insight.createdAt,
  insight.letter,
  insight.locale,
  [insight.mood.dominant, insight.mood.scores, insight.mood.valence, insight.mood.messageCount],
  insight.topics,
  insight.messageCount,
  insight.participantCount,
  insight.scheduled ? 1 : 0,
  insight.source,
  insight.model,
];

function fromTuple(id: string, tuple: InsightTuple): Insight {
  const [room, start, end, createdAt, letter, locale, mood, topics, messageCount, participantCount, scheduled, source, model] =
    tuple;
  const window = { start, end };
  const [dominant, scores, valence, moodCount] = mood;
  return {
    id,
    room,
    window,
    createdAt,
    letter,
    locale,
    mood: { room, window, messageCount: moodCount, scores, dominant, valence },
    topics,
    messageCount,
    participantCount,
    scheduled: scheduled === 1,
    source,
    model,
  };
}
