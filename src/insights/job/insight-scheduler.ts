import { scheduleJob } from 'node-schedule';
import type { Logger } from '../../ports/logger';
import type { InsightJob } from './analysis-job';

export interface InsightSchedulerDeps {
  readonly job: Pick<InsightJob, 'run'>;
  readonly cron: string;
  readonly timeZone: string;
  readonly logger: Logger;
}

/** Pause between two checks for missed or failed windows. */
const CHECK_INTERVAL_MS = 60_000;

/** Runs the job at start, when the schedule fires and every minute; runs never overlap in this process. */
export class InsightScheduler {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private runRequested = false;
  private timers: (() => void)[] = [];

  constructor(private readonly deps: InsightSchedulerDeps) {}

  start(): void {
    const { cron, timeZone } = this.deps;
    const schedule = scheduleJob({ rule: cron, tz: timeZone }, () => this.requestRun());
    const check = setInterval(() => this.requestRun(), CHECK_INTERVAL_MS);
    this.timers = [() => schedule.cancel(), () => clearInterval(check)];
    this.requestRun();
  }

  /** Aborts the current run and waits for its end; the next start continues it. */
  async stop(): Promise<void> {
    for (const cancel of this.timers.splice(0)) cancel();
    this.stopping.abort(new Error('the scheduler is stopping'));
    await this.running;
  }

  private requestRun(): void {
    this.runRequested = true;
    this.running ??= this.runWhileRequested().finally(() => {
      this.running = undefined;
    });
  }

  private async runWhileRequested(): Promise<void> {
    while (this.runRequested && !this.stopped()) {
      this.runRequested = false;
      try {
        await this.deps.job.run(undefined, this.stopping.signal);
      } catch (error) {
        if (!this.stopping.signal.aborted)
          this.deps.logger.warn({ error }, 'the insight job failed; it runs again within a minute');
      }
    }
  }

  private stopped(): boolean {
    return this.stopping.signal.aborted;
  }
}
