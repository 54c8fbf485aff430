import type { ChatTable } from './chat-table';
import type { Environment } from './environment';
import type { LogState } from './log-state';
import type { SettledEntries } from './settled-entries';
import type { Table } from './table';
import type { Unsettled } from './unsettled';

/** Entries that one transaction removes or moves from the journal. They take the event loop some milliseconds. */
export const CHUNK = 250;

export interface SettlerOptions {
  readonly env: Environment;
  /** The table of the log's own. */
  readonly entries: ChatTable;
  readonly ids: Table<number, string>;
  readonly state: LogState;
  readonly unsettled: Unsettled;
  readonly settled: SettledEntries;
}

/** Moves entries from the journal into LMDB. */
export class Settler {
  private moving: Promise<void> | undefined;

  constructor(private readonly options: SettlerOptions) {}

  /** Moves the entries up to the offset. Concurrent calls share the transactions. */
  async settle(upTo: number): Promise<void> {
    while (this.options.unsettled.settled < upTo) await (this.moving ?? this.alone(() => this.moveSome()));
  }

  /**
   * Records that the store has the entries up to the offset. Those that it has stored since the start are not moved.
   * @returns the committed offset; undefined after a commit with a higher fence
   */
  async commit(last: number, fence: number): Promise<number | undefined> {
    await this.settle(this.options.unsettled.lastNotStored(last));
    return this.alone(() => this.commitStored(last, fence));
  }

  /** Waits until no other call moves entries. */
  private async alone<T>(move: () => Promise<T>): Promise<T> {
    while (this.moving) await this.moving;
    const result = move();
    const end = (): void => {
      this.moving = undefined;
    };
    this.moving = result.then(end, end);
    return result;
  }

  private async moveSome(): Promise<void> {
    const { env, entries, ids, state, unsettled } = this.options;
    const oldest = unsettled.oldest(CHUNK);
    await env.write(() => {
      for (const { chat, record } of oldest) {
        entries.put(chat, record);
        if (!ids.has(chat.id)) ids.put(chat.id, chat.offset);
      }
      const { offset: head = 0, sentAt = 0 } = oldest.at(-1)?.chat ?? {};
      state.set({ head, sentAt: Math.max(sentAt, state.get().sentAt) });
    });
    unsettled.settle(oldest.length);
  }

  private async commitStored(last: number, fence: number): Promise<number | undefined> {
    const { env, state, unsettled, settled } = this.options;
    const left = last - unsettled.settled;
    const [chat] = left > 0 ? unsettled.from(last, 1) : [];
    const committed = await env.write(() => {
      const seen = state.get();
      if (fence < seen.fence) return undefined;
      const head = chat && { head: last, sentAt: Math.max(chat.sentAt, seen.sentAt) };
      const commit = { committed: Math.max(seen.committed, last), fence };
      state.set({ ...head, ...commit, first: settled.first });
      return commit.committed;
    });
    if (committed !== undefined && left > 0) unsettled.settle(left);
    return committed;
  }
}
