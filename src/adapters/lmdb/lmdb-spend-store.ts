import type { Database } from 'lmdb';
import type { Spend, SpendStore } from '../../ports/spend-store';
import type { Environment } from './environment';

/** calls, inputTokens, outputTokens, microUsd; stored under the day. */
export type SpendTuple = readonly [number, number, number, number];

export class LmdbSpendStore implements SpendStore {
  constructor(
    private readonly env: Environment,
    private readonly days: Database<SpendTuple, string>,
  ) {}

  add(day: string, spend: Spend): Promise<Spend> {
    return this.env.write(() => {
      const [calls, inputTokens, outputTokens, microUsd] = this.days.get(day) ?? [0, 0, 0, 0];
      const sum: Spend = {
        calls: calls + spend.calls,
        inputTokens: inputTokens + spend.inputTokens,
        outputTokens: outputTokens + spend.outputTokens,
        microUsd: microUsd + spend.microUsd,
      };
      void this.days.put(day, [sum.calls, sum.inputTokens, sum.outputTokens, sum.microUsd]);
      return sum;
    });
  }
}
