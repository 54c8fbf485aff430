import type { Analysis, AnalysisInput, Analyzer } from '../analyzer';
import type { Clock } from '../../ports/clock';
import type { InsightMetrics } from '../insight-metrics';
import type { Logger } from '../../ports/logger';
import { NoRemoteLetter } from './remote-analyzer';

export interface FallbackAnalyzerDeps {
  /** Undefined without a key. */
  readonly remote: Analyzer | undefined;
  readonly local: Analyzer;
  readonly metrics: InsightMetrics;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** After so many letters in a row that no model could write, the models are left alone for a while: rooms wait in line. */
const MAX_IN_A_ROW = 3;
const PAUSE_MS = 10 * 60_000;

/** The letter of the day exists whatever happens to the models: then the local analyzer writes it. An empty day is never paid for. */
export class FallbackAnalyzer implements Analyzer {
  private inARow = 0;
  private pausedUntil = 0;

  constructor(private readonly deps: FallbackAnalyzerDeps) {}

  async analyze(input: AnalysisInput, signal: AbortSignal): Promise<Analysis> {
    const { remote, local, metrics, clock, logger } = this.deps;
    const wanted = remote !== undefined && input.mood.messageCount > 0;
    if (wanted && clock.now() >= this.pausedUntil) {
      try {
        const analysis = await remote.analyze(input, signal);
        this.inARow = 0;
        metrics.letter('OPENAI');
        return analysis;
      } catch (error) {
        signal.throwIfAborted();
        this.noteFailure();
        const fault = error instanceof NoRemoteLetter ? error.fault : 'unknown';
        if (fault === 'daily-limit' || fault === 'unknown') metrics.fault(fault);
        const fields = { room: input.room.id, fault, ...(fault === 'unknown' && { error }) };
        logger.warn(fields, 'no model wrote the letter, so the local analyser does');
      }
    } else if (wanted) metrics.fault('paused');
    const analysis = await local.analyze(input, signal);
    metrics.letter('LOCAL');
    return analysis;
  }

  private noteFailure(): void {
    if (++this.inARow < MAX_IN_A_ROW) return;
    this.inARow = 0;
    this.pausedUntil = this.deps.clock.now() + PAUSE_MS;
  }
}
