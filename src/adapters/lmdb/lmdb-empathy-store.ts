import { EMPATHIES, isWithout, NO_EMPATHIES, recount, type Empathy, type EmpathyCounts } from '../../domain/empathy';
import type { EmpathyStore, Press, PressOutcome } from '../../ports/empathy-store';
import type { Environment } from './environment';
import type { KeySet, Table } from './table';

/** Message and person. */
export type PressKey = [string, string];

export interface LmdbEmpathyStoreOptions {
  readonly env: Environment;
  readonly presses: Table<Empathy, PressKey>;
  /** By message, so that a page does not read every press. */
  readonly counts: Table<EmpathyCounts, string>;
  /** Person and message. */
  readonly byUser: KeySet<PressKey>;
}

/** A damaged press counts as absent, and damaged counts are counted again. */
export class LmdbEmpathyStore implements EmpathyStore {
  constructor(private readonly options: LmdbEmpathyStoreOptions) {}

  set(chatId: string, userId: string, empathy: Empathy | null): Promise<PressOutcome> {
    const { env, presses } = this.options;
    return env.write(() => {
      const before = presses.getIntact([chatId, userId]) ?? null;
      const changed = before !== empathy;
      if (changed) this.put(chatId, userId, before, empathy);
      return { changed, counts: this.countsOf(chatId) ?? NO_EMPATHIES };
    });
  }

  counts(chatIds: readonly string[]): Promise<ReadonlyMap<string, EmpathyCounts>> {
    return this.options.env.read(() => collect(chatIds, (id) => this.countsOf(id)));
  }

  of(userId: string, chatIds: readonly string[]): Promise<ReadonlyMap<string, Empathy>> {
    return this.options.env.read(() => collect(chatIds, (id) => this.options.presses.getIntact([id, userId])));
  }

  presses(chatIds: readonly string[]): Promise<ReadonlyMap<string, readonly Press[]>> {
    return this.options.env.read(() =>
      collect(chatIds, (id) => {
        const found = this.pressesOf(id);
        return found.length > 0 ? found : undefined;
      }),
    );
  }

  removeNote(chatId: string): Promise<void> {
    const { env, presses, counts, byUser } = this.options;
    return env.write(() => {
      for (const key of presses.keys(ofChat(chatId))) {
        presses.remove(key);
        byUser.remove([key[1], chatId]);
      }
      counts.remove(chatId);
    });
  }

  removeUser(userId: string, limit: number): Promise<readonly string[]> {
    const { env, presses, byUser } = this.options;
    return env.write(() => {
      const keys = byUser.keys({ start: [userId, ''], end: [userId, '\uffff'], limit });
      for (const [, chatId] of keys) {
        this.put(chatId, userId, presses.getIntact([chatId, userId]) ?? null, null);
      }
      return keys.map(([, chatId]) => chatId);
    });
  }

  private put(chatId: string, userId: string, before: Empathy | null, after: Empathy | null): void {
    const { presses, counts, byUser } = this.options;
    const key: PressKey = [chatId, userId];
    const isDamaged = before === null && presses.has(key);
    const old = isDamaged ? countOf(this.pressesOf(chatId)) : (this.countsOf(chatId) ?? NO_EMPATHIES);
    const next = recount(old, before, after);
    if (after) {
      presses.put(key, after);
      byUser.add([userId, chatId]);
    } else {
      presses.remove(key);
      byUser.remove([userId, chatId]);
    }
    if (isWithout(next)) counts.remove(chatId);
    else counts.put(chatId, next);
  }

  private countsOf(chatId: string): EmpathyCounts | undefined {
    return this.options.counts.get(chatId, () => countOf(this.pressesOf(chatId)));
  }

  private pressesOf(chatId: string): Press[] {
    const entries = this.options.presses.entries(ofChat(chatId));
    return entries.map(({ key: [, userId], value: empathy }) => ({ userId, empathy }));
  }
}

const ofChat = (chatId: string): { start: PressKey; end: PressKey } => ({ start: [chatId, ''], end: [chatId, '\uffff'] });

const countOf = (presses: readonly Press[]): EmpathyCounts =>
  EMPATHIES.map((kind) => presses.filter(({ empathy }) => empathy === kind).length);

function collect<T>(ids: readonly string[], find: (id: string) => T | undefined): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const id of ids) {
    const value = find(id);
    if (value !== undefined) found.set(id, value);
  }
  return found;
}
