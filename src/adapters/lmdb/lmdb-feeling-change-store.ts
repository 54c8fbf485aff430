import type { FeelingChangeStore, PendingFeeling } from '../../ports/feeling-change-store';
import type { Environment } from './environment';
import type { Table } from './table';

export class LmdbFeelingChangeStore implements FeelingChangeStore {
  constructor(
    private readonly env: Environment,
    private readonly changes: Table<PendingFeeling, string>,
  ) {}

  begin(change: PendingFeeling): Promise<PendingFeeling | undefined> {
    return this.env.write(() => {
      const known = this.changes.getIntact(change.chatId);
      if (!known) this.changes.put(change.chatId, change);
      return known;
    });
  }

  pending(limit: number): Promise<readonly PendingFeeling[]> {
    return this.env.read(() =>
      this.changes
        .values()
        .sort((a, b) => a.at - b.at)
        .slice(0, limit),
    );
  }

  end({ chatId, revision }: Pick<PendingFeeling, 'chatId' | 'revision'>): Promise<void> {
    return this.env.write(() => {
      if (this.changes.getIntact(chatId)?.revision === revision) this.changes.remove(chatId);
    });
  }
}
