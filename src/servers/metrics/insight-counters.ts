import { Counter, Registry } from 'prom-client';
import type { InsightSource } from '../../domain/insight';
import type { InsightFault, InsightMetrics } from '../../insights/insight-metrics';

/** Letters by who wrote them, faults by reason, and what the models cost. */
export class InsightCounters implements InsightMetrics {
  private readonly letters: Counter<'source'>;
  private readonly faults: Counter<'reason'>;
  private readonly usd: Counter;

  constructor(registry = new Registry()) {
    const registers = [registry];
    this.letters = new Counter({
      name: 'jungle_buzz_insight_letters_total',
      help: 'Letters written.',
      labelNames: ['source'],
      registers,
    });
    this.faults = new Counter({
      name: 'jungle_buzz_insight_faults_total',
      help: 'Why a letter of a model was not used, or no model asked.',
      labelNames: ['reason'],
      registers,
    });
    this.usd = new Counter({
      name: 'jungle_buzz_insight_spent_usd_total',
      help: 'Cost of calls to models, US dollars.',
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
