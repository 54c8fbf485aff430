import { scheduleJob } from 'node-schedule';
import type { Logger } from '../../ports/logger';
import type { InsightJob } from './analysis-job';

export interface InsightSchedulerDeps {
  readonly job: Pick<InsightJob, 'run'>;
  readonly cron: string;
  readonly timeZone: string;
  readonly logger: Logger;
}

/** What was missed, or failed, is looked for so often. */
const LOOK_AGAIN_MS = 60_000;

/** Starts the job when the schedule fires, at start and every minute; never twice at a time in this process. */
export class InsightScheduler {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private again = false;
  private undo: (() => void)[] = [];

  constructor(private readonly deps: InsightSchedulerDeps) {}

  start(): void {
    const { cron, timeZone } = this.deps;
    const fires = scheduleJob({ rule: cron, tz: timeZone }, () => this.wake());
    const look = setInterval(() => this.wake(), LOOK_AGAIN_MS);
    this.undo = [() => fires.cancel(), () => clearInterval(look)];
    this.wake();
  }

  /** Aborts what is running, which the next start goes on with, and waits for it to end. */
  async stop(): Promise<void> {
    for (const undo of this.undo.splice(0)) undo();
    this.stopping.abort(new Error('the scheduler is stopping'));
    await this.running;
  }

  private wake(): void {
    this.again = true;
    this.running ??= this.work().finally(() => {
      this.running = undefined;
    });
  }

  private async work(): Promise<void> {
    while (this.again && !this.stopped()) {
      this.again = false;
      try {
        await this.deps.job.run(undefined, this.stopping.signal);
      } catch (error) {
        if (!this.stopping.signal.aborted)
          this.deps.logger.warn({ error }, 'the insight job failed and is tried again within a minute');
      }
    }
  }

  private stopped(): boolean {
    return this.stopping.signal.aborted;
  }
}
