import { withNewerFields, type Insight } from '../../domain/insight';
import type { InsightStore, ScheduleState } from '../../ports/insight-store';
import type { Environment } from './environment';
import type { KeySet, Table } from './table';

export interface LmdbInsightStoreOptions {
  readonly env: Environment;
  readonly insights: Table<Insight, string>;
  /** Room, window end and id of the scheduled insights. */
  readonly byRoom: KeySet<[string, number, string]>;
  /** `fence`: the highest fence of a write. `done-until`: see ScheduleState. */
  readonly schedule: Table<number, string>;
}

export class LmdbInsightStore implements InsightStore {
  constructor(private readonly options: LmdbInsightStoreOptions) {}

  put(insight: Insight, fence: number): Promise<'stored' | 'exists' | 'fenced'> {
    const { env, insights, byRoom } = this.options;
    return env.write(() => {
      if (!this.mayWrite(fence)) return 'fenced';
      if (insights.has(insight.id)) return 'exists';
      insights.put(insight.id, insight);
      if (insight.scheduled) byRoom.add([insight.room, insight.window.end, insight.id]);
      return 'stored';
    });
  }

  byId(id: string): Promise<Insight | undefined> {
    return this.options.env.read(() => {
      const stored = this.options.insights.get(id);
      return stored && withNewerFields(stored);
    });
  }

  async latest(room: string): Promise<Insight | undefined> {
    const [newest] = await this.page(room, undefined, 1);
    return newest;
  }

  page(room: string, before: number | undefined, limit: number): Promise<readonly Insight[]> {
    return this.options.env.read(() => {
      if (limit < 1) return [];
      // No id is empty, so this start is below every key with the window end `before`.
      const start: [string, number, string] = [room, before ?? Number.MAX_SAFE_INTEGER, ''];
      const keys = this.options.byRoom.keys({ start, end: [room, 0, ''], reverse: true, limit });
      return keys.flatMap(([, , id]) => this.options.insights.getIntact(id) ?? []).map(withNewerFields);
    });
  }

  removeRoom(room: string): Promise<void> {
    const { env, insights, byRoom } = this.options;
    return env.write(() => {
      for (const key of byRoom.keys({ start: [room, 0, ''], end: [room, Number.MAX_SAFE_INTEGER, ''] })) {
        insights.remove(key[2]);
        byRoom.remove(key);
      }
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
      schedule.put('done-until', state.doneUntil);
      return true;
    });
  }

  private mayWrite(fence: number): boolean {
    const seen = this.options.schedule.get('fence') ?? 0;
    if (fence > seen) this.options.schedule.put('fence', fence);
    return fence >= seen;
  }
}
