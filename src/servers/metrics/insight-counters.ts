import { Counter, Registry } from 'prom-client';
import type { InsightSource } from '../../domain/insight';
import type { InsightFault, InsightMetrics } from '../../insights/insight-metrics';

/** Counts letters by source, faults by reason, and the cost of models. */
export class InsightCounters implements InsightMetrics {
  private readonly letters: Counter<'source'>;
  private readonly faults: Counter<'reason'>;
  private readonly usd: Counter;

  constructor(registry = new Registry()) {
    const registers = [registry];
    this.letters = new Counter({
      name: 'jungle_buzz_insight_letters_total',
      help: 'Letters written, by source.',
      labelNames: ['source'],
      registers,
    });
    this.faults = new Counter({
      name: 'jungle_buzz_insight_faults_total',
      help: 'Letters of a model that were not used, and calls to a model that were skipped, by reason.',
      labelNames: ['reason'],
      registers,
    });
    this.usd = new Counter({
      name: 'jungle_buzz_insight_spent_usd_total',
      help: 'Cost of calls to models in US dollars.',
      registers,
    });
  }

  letter(source: InsightSource): void {
    this.letters.inc({ source });
  }

  fault(reason: InsightFault): void {
    this.faults.inc({ reason });
  }

  spent(microUsd: number): void {
    this.usd.inc(microUsd / 1e6);
  }
}
