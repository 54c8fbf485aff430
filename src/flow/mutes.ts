import { DomainError } from '../domain/errors';
import type { Bus } from '../ports/bus';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { ModerationStore } from '../ports/moderation-store';

/** Announcements may be lost, and the store may be away at the start. */
const RELOAD_MS = 30_000;

/** Who may not write at the moment, known to every process without a read per message. */
export class Mutes {
  private until = new Map<string, number>();
  private undo: (() => void)[] = [];

  constructor(
    private readonly store: Pick<ModerationStore, 'activeMutes'>,
    private readonly bus: Bus,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async start(): Promise<void> {
    const reload = (): void => void this.load();
    const timer = setInterval(reload, RELOAD_MS);
    this.undo = [
      this.bus.subscribe(({ type }) => {
        if (type === 'mutes-changed') reload();
      }),
      this.bus.onReconnect(reload),
      () => {
        clearInterval(timer);
      },
    ];
    await this.load();
  }

  stop(): void {
    for (const undo of this.undo.splice(0)) undo();
  }

  /** @throws DomainError FORBIDDEN with reason MUTED and the end of it */
  admit(userId: string): void {
    const until = this.until.get(userId) ?? 0;
    if (until > this.clock.now())
      throw new DomainError('FORBIDDEN', 'You may not write for a while.', { reason: 'MUTED', until });
  }

  /** What this process itself changed counts at once. */
  set(userId: string, until: number): void {
    this.until.set(userId, until);
  }

  private async load(): Promise<void> {
    try {
      const mutes = await this.store.activeMutes(this.clock.now());
      this.until = new Map(mutes.map((mute) => [mute.userId, mute.until]));
    } catch (err) {
      this.logger.warn({ err }, 'mutes could not be read; those known before go on');
    }
  }
}
