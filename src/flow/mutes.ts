import { DomainError } from '../domain/errors';
import type { Bus } from '../ports/bus';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { ModerationStore } from '../ports/moderation-store';
import { pause, repeatUntil } from '../util/repeat';

/** Mutes are reloaded this often, because announcements may be lost and the store may be unavailable at the start. */
const RELOAD_MS = 30_000;

/**
 * The active mutes, known to every process without a read per message. Reads may be answered in another order than they were asked,
 * so an answer is dropped if a later read was answered first, and changes made during a read outlive its answer.
 */
export class Mutes {
  /** Ends by `keyOf`. */
  private until = new Map<string, number>();
  /** Changes of this process that a read may have missed, with the number of reads begun before them. */
  private changed = new Map<string, { readonly until: number; readonly reads: number }>();
  private reads = 0;
  private answered = 0;
  private readonly stopping = new AbortController();
  private undo: (() => void)[] = [];

  constructor(
    private readonly store: Pick<ModerationStore, 'activeMutes'>,
    private readonly bus: Pick<Bus, 'subscribe' | 'onReconnect'>,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async start(): Promise<void> {
    const reload = (): void => void this.load();
    this.undo = [
      this.bus.subscribe(({ type }) => {
        if (type === 'mutes-changed') reload();
      }),
      this.bus.onReconnect(reload),
    ];
    await this.load();
    const { signal } = this.stopping;
    void pause(RELOAD_MS, signal).then(() =>
      repeatUntil(
        signal,
        RELOAD_MS,
        () => this.load(),
        () => undefined,
      ),
    );
  }

  stop(): void {
    this.stopping.abort();
    for (const undo of this.undo.splice(0)) undo();
  }

  /** @throws DomainError FORBIDDEN with reason MUTED and the end of the mute, in all rooms or in this one */
  admit(userId: string, room: string): void {
    const until = Math.max(this.until.get(keyOf(userId)) ?? 0, this.until.get(keyOf(userId, room)) ?? 0);
    if (until <= this.clock.now()) return;
    throw new DomainError('FORBIDDEN', `You are muted until ${new Date(until).toISOString()}.`, { reason: 'MUTED', until });
  }

  /**
   * Applies a change of this process at once. Call it after the store has the change.
   * @param room of a mute in one room
   */
  set(userId: string, until: number, room?: string): void {
    const key = keyOf(userId, room);
    this.until.set(key, until);
    this.changed.set(key, { until, reads: this.reads });
  }

  private async load(): Promise<void> {
    const read = ++this.reads;
    try {
      const mutes = await this.store.activeMutes(this.clock.now());
      if (read < this.answered) return;
      this.answered = read;
      this.until = new Map(mutes.map(({ userId, room, until }) => [keyOf(userId, room), until]));
      for (const [key, { until, reads }] of this.changed) {
        if (reads >= read) this.until.set(key, until);
        else this.changed.delete(key);
      }
    } catch (err) {
      this.logger.warn({ err }, 'mutes were not loaded; known ones stay in force');
    }
  }
}

/** No room has a space in its id. */
const keyOf = (userId: string, room = ''): string => `${room} ${userId}`;
