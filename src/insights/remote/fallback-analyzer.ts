import type { Analysis, AnalysisInput, Analyzer } from '../analyzer';
import type { Room } from '../../domain/room';
import type { Clock } from '../../ports/clock';
import type { InsightMetrics } from '../insight-metrics';
import type { Logger } from '../../ports/logger';
import { NoRemoteLetter } from './remote-analyzer';

export interface FallbackAnalyzerDeps {
  /** Undefined without an API key. */
  readonly remote: Analyzer | undefined;
  readonly local: Analyzer;
  readonly metrics: InsightMetrics;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Circuit breaker: after three failed letters in a row, no model is called for ten minutes, so that other rooms do not wait. */
const MAX_FAILURES_IN_A_ROW = 3;
const PAUSE_MS = 10 * 60_000;

/** Whether messages of the room may be sent to a model outside. */
const mayLeave = ({ settings }: Room): boolean => settings.visibility !== 'PRIVATE' || settings.letterByModel;

/**
 * Uses the remote analyzer, and the local one if it fails, is paused or the window has no messages, and in PRIVATE rooms unless their
 * hosts allow a model.
 */
export class FallbackAnalyzer implements Analyzer {
  private failuresInARow = 0;
  private pausedUntil = 0;

  constructor(private readonly deps: FallbackAnalyzerDeps) {}

  async analyze(input: AnalysisInput, signal: AbortSignal): Promise<Analysis> {
    const { remote, local, metrics, clock, logger } = this.deps;
    const wanted = remote !== undefined && input.mood.messageCount > 0 && mayLeave(input.room);
    if (wanted && clock.now() >= this.pausedUntil) {
      try {
        const analysis = await remote.analyze(input, signal);
        this.failuresInARow = 0;
        metrics.letter('OPENAI');
        return analysis;
      } catch (error) {
        signal.throwIfAborted();
        this.noteFailure();
        const fault = error instanceof NoRemoteLetter ? error.fault : 'unknown';
        if (fault === 'daily-limit' || fault === 'unknown') metrics.fault(fault);
        const fields = { room: input.room.id, fault, ...(fault === 'unknown' && { error }) };
        logger.warn(fields, 'no model wrote a valid letter; the local analyser writes it');
      }
    } else if (wanted) metrics.fault('paused');
    const analysis = await local.analyze(input, signal);
    metrics.letter('LOCAL');
    return analysis;
  }

  private noteFailure(): void {
    if (++this.failuresInARow < MAX_FAILURES_IN_A_ROW) return;
    this.failuresInARow = 0;
    this.pausedUntil = this.deps.clock.now() + PAUSE_MS;
  }
}
