import { NO_SPEND, type Spend, type SpendStore } from '../../ports/spend-store';
import type { Environment } from './environment';
import type { Table } from './table';

export class LmdbSpendStore implements SpendStore {
  constructor(
    private readonly env: Environment,
    private readonly days: Table<Spend, string>,
  ) {}

  add(day: string, spend: Spend): Promise<Spend> {
    return this.env.write(() => {
      const { calls, inputTokens, outputTokens, microUsd } = this.days.get(day) ?? NO_SPEND;
      const sum: Spend = {
        calls: calls + spend.calls,
        inputTokens: inputTokens + spend.inputTokens,
        outputTokens: outputTokens + spend.outputTokens,
        microUsd: microUsd + spend.microUsd,
      };
      this.days.put(day, sum);
      return sum;
    });
  }
}
