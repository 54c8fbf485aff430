import type { ChatLog } from '../ports/chat-log';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';

/** A larger difference of clocks disturbs sessions, mutes and windows. */
const MAX_SKEW_MS = 60_000;

/** Compares the clock of this process with the time of the log, and warns when they begin to differ by more than a minute. */
export class ClockWatch {
  private differs = false;

  constructor(
    private readonly log: Pick<ChatLog, 'partitions'>,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** @throws DomainError UNAVAILABLE if no partition can be asked */
  async check(): Promise<void> {
    const asked = await Promise.allSettled(
      this.log.partitions.map(async (partition) => Math.round((await partition.watermark()) - this.clock.now())),
    );
    const ahead = asked.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    const [first] = asked;
    if (ahead.length === 0 && first?.status === 'rejected') throw first.reason;
    const logAheadMs = ahead.reduce((worst, ms) => (Math.abs(ms) > Math.abs(worst) ? ms : worst), 0);
    const differs = Math.abs(logAheadMs) > MAX_SKEW_MS;
    if (differs && !this.differs) {
      this.logger.warn(
        { logAheadMs },
        logAheadMs > 0
          ? 'the time of the message log is ahead of the clock of this process: one of the clocks is or was wrong; messages keep the time of the log until its clock has caught up'
          : 'the clock of this process is ahead of the time of the message log: set the clock of this machine or of Redis, or sessions end too early',
      );
    }
    this.differs = differs;
  }
}
