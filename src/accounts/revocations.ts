import type { Bus } from '../ports/bus';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { SessionStore } from '../ports/session-store';
import { SKEW_MS } from './tokens';

const RELOAD_MS = 15_000;

/**
 * The log-ins that are over while their access tokens would still be good. SessionStore is the truth, the bus announces, and
 * this is what one process knows: loaded at start, after each reconnect of the bus, and now and then, because an announcement
 * may be lost and what was loaded while the store was away may not be all. Checking needs no store.
 */
export class Revocations {
  /** Session id -> when it may be forgotten, because its last access token has expired by then. */
  private readonly ended = new Map<string, number>();
  private readonly listeners = new Set<(sessionId: string) => void>();
  private undo: (() => void)[] = [];
  /** The life of an access token that a process whose clock is ahead signed last. */
  private readonly keepMs: number;

  constructor(
    private readonly store: SessionStore,
    private readonly bus: Bus,
    private readonly clock: Clock,
    private readonly logger: Logger,
    accessTtlMs: number,
  ) {
    this.keepMs = accessTtlMs + SKEW_MS;
  }

  async start(): Promise<void> {
    this.undo = [
      this.bus.subscribe((event) => {
        if (event.type === 'session-ended') this.add(event.sessionId);
      }),
      this.bus.onReconnect(() => {
        this.reload();
      }),
    ];
    await this.load();
    const timer = setInterval(() => {
      this.reload();
    }, RELOAD_MS);
    this.undo.push(() => clearInterval(timer));
  }

  stop(): void {
    this.undo.forEach((undo) => undo());
  }

  has(sessionId: string): boolean {
    return this.ended.has(sessionId);
  }

  /** Tells this process at once and the others by the bus. Call it after the store has recorded the end. */
  announce(sessionId: string): void {
    this.add(sessionId);
    this.bus.publish({ type: 'session-ended', sessionId });
  }

  /** Called once for each log-in that ends from now on. @returns the undo */
  onEnd(listener: (sessionId: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private reload(): void {
    this.load().catch((err: unknown) => {
      this.logger.warn({ err }, 'ended log-ins could not be loaded; known ones stay refused');
    });
  }

  private async load(): Promise<void> {
    const since = this.clock.now() - this.keepMs;
    for (const sessionId of await this.store.endedSince(since)) this.add(sessionId);
  }

  private add(sessionId: string): void {
    const now = this.clock.now();
    // Insertion order is order of expiry, so forgetting stops at the first that is still needed.
    for (const [id, until] of this.ended) {
      if (until > now) break;
      this.ended.delete(id);
    }
    if (this.ended.has(sessionId)) return;
    this.ended.set(sessionId, now + this.keepMs);
    for (const listener of this.listeners) listener(sessionId);
  }
}
