import type { Bus } from '../ports/bus';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { SessionStore } from '../ports/session-store';
import { Listeners } from '../util/listeners';
import { pause, repeatUntil } from '../util/repeat';
import { SKEW_MS } from './tokens';

/** The store is asked this often for sessions that were revoked lately, because announcements may be lost. */
const POLL_MS = 1_000;
/** Every so many polls all revoked sessions are loaded again. */
const POLLS_PER_RELOAD = 15;
/** A poll looks back this far: the clocks of two processes may differ. */
const RECENT_MS = 2 * SKEW_MS;

/**
 * The revoked sessions whose access tokens have not expired. SessionStore is the source of truth and the bus announces; this is the
 * copy of one process, so that checking a token needs no store. It is loaded at the start, after each reconnect of the bus, and by
 * polling.
 */
export class Revocations {
  /** Session id to the time when it may be forgotten, because its last access token has expired. By the monotonic clock. */
  private readonly revoked = new Map<string, number>();
  private readonly listeners: Listeners<[sessionId: string]>;
  private readonly stopping = new AbortController();
  private undo: (() => void)[] = [];
  private polls = 0;
  private failing = false;
  /** Life of an access token that was issued last, by a process whose clock is ahead. */
  private readonly keepMs: number;

  /** @param elapsed a clock that never jumps, in milliseconds: setting the wall clock must not make a session valid again */
  constructor(
    private readonly store: Pick<SessionStore, 'endedSince'>,
    private readonly bus: Bus,
    private readonly clock: Clock,
    private readonly logger: Logger,
    accessTtlMs: number,
    private readonly elapsed: () => number = () => performance.now(),
  ) {
    this.keepMs = accessTtlMs + SKEW_MS;
    this.listeners = new Listeners((err) => {
      logger.error({ err }, 'a listener of revoked sessions failed');
    });
  }

  /** @throws DomainError UNAVAILABLE if the revoked sessions cannot be loaded */
  async start(): Promise<void> {
    this.undo = [
      this.bus.subscribe((event) => {
        if (event.type === 'session-ended') this.add(event.sessionId);
      }),
      this.bus.onReconnect(() => {
        this.load(this.keepMs).catch((err: unknown) => {
          this.failed(err);
        });
      }),
    ];
    await this.load(this.keepMs);
    const { signal } = this.stopping;
    void pause(POLL_MS, signal).then(() =>
      repeatUntil(
        signal,
        POLL_MS,
        () => this.poll(),
        (err) => this.failed(err),
      ),
    );
  }

  stop(): void {
    this.stopping.abort();
    for (const undo of this.undo.splice(0)) undo();
  }

  has(sessionId: string): boolean {
    return this.revoked.has(sessionId);
  }

  /** Adds the session in this process and announces it to the others. Call it after the store has recorded the revocation. */
  announce(sessionId: string): void {
    this.add(sessionId);
    this.bus.publish({ type: 'session-ended', sessionId });
  }

  /** Calls the listener once for each session that is revoked from now on. @returns a function that removes the listener */
  onEnd(listener: (sessionId: string) => void): () => void {
    return this.listeners.add(listener);
  }

  private async poll(): Promise<void> {
    await this.load(++this.polls % POLLS_PER_RELOAD === 0 ? this.keepMs : Math.min(RECENT_MS, this.keepMs));
    this.failing = false;
  }

  private failed(err: unknown): void {
    if (!this.failing) this.logger.warn({ err }, 'revoked sessions were not loaded; known ones stay refused');
    this.failing = true;
  }

  private async load(lookBackMs: number): Promise<void> {
    for (const sessionId of await this.store.endedSince(this.clock.now() - lookBackMs)) this.add(sessionId);
  }

  private add(sessionId: string): void {
    const now = this.elapsed();
    // Insertion order is order of expiry, so forgetting stops at the first that is still needed.
    for (const [id, until] of this.revoked) {
      if (until > now) break;
      this.revoked.delete(id);
    }
    if (this.revoked.has(sessionId)) return;
    this.revoked.set(sessionId, now + this.keepMs);
    this.listeners.call(sessionId);
  }
}
