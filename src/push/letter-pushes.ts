import type { Insight } from '../domain/insight';
import type { Bus } from '../ports/bus';
import type { Clock } from '../ports/clock';
import type { InsightStore } from '../ports/insight-store';
import type { Lease } from '../ports/lease';
import type { Logger } from '../ports/logger';
import type { PushService } from '../ports/push-service';
import type { PushStore, PushSubscription } from '../ports/push-store';
import { LETTER_TOPIC, letterNotice } from './letter-notice';
import type { QuietHours } from './quiet-hours';

export interface LetterPushesDeps {
  readonly store: PushStore;
  readonly insights: Pick<InsightStore, 'latest' | 'schedule'>;
  readonly service: PushService;
  readonly lease: Lease;
  /** Names this process to the lease. */
  readonly holder: string;
  readonly bus: Pick<Bus, 'subscribe'>;
  readonly quietHours: QuietHours;
  /** Whether the account may still read the room. @throws DomainError UNAVAILABLE */
  readonly mayRead: (userId: string, room: string) => Promise<boolean>;
  readonly clock: Clock;
  readonly logger: Logger;
}

const LEASE = 'letter-pushes';
/** Longer than a push service may take to answer. A process that was killed holds up the others for so long. */
const LEASE_TTL_MS = 20_000;
/** Notifications sent at a time, under one lease. A kill repeats at most so many. */
export const MAX_IN_FLIGHT = 16;
/** Pause after the first failed attempt. It doubles up to the longest. */
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 3_600_000;
/** Nobody is notified of a letter that is older. */
const LETTER_TTL_MS = 24 * 3_600_000;

/**
 * Notifies browsers of the newest letters. What was sent is recorded at each subscription, so that another process, or this one after
 * a restart, sends the rest. A browser is notified once a day at most, also of several rooms, and not at night.
 */
export class LetterPushes {
  /** When the stores are to be read, in milliseconds since 1970. */
  private wakeAt = 0;
  private seenSchedule: number | undefined;
  private readonly unsubscribe: () => void;

  constructor(private readonly deps: LetterPushesDeps) {
    this.unsubscribe = deps.bus.subscribe((event) => {
      if (event.type === 'insight') this.wakeAt = 0;
    });
  }

  stop(): void {
    this.unsubscribe();
  }

  /** Sends what is due. It is called every few seconds. @throws DomainError UNAVAILABLE; the next run continues */
  async run(signal: AbortSignal): Promise<void> {
    const { insights, lease, holder, clock, quietHours } = this.deps;
    const now = clock.now();
    const doneUntil = (await insights.schedule())?.doneUntil;
    // The announcement of a letter can be lost.
    if (doneUntil !== this.seenSchedule) this.wakeAt = 0;
    if (now < this.wakeAt) return;
    const morning = quietHours.nextTime(now);
    if (morning > now) {
      this.seenSchedule = doneUntil;
      this.wakeAt = morning;
      return;
    }
    if (!(await lease.acquire(LEASE, holder, LEASE_TTL_MS))) return;
    try {
      // A letter that is announced meanwhile sets it to 0 again.
      this.wakeAt = Infinity;
      const next = await this.sendAll(signal);
      this.wakeAt = Math.min(this.wakeAt, next);
      this.seenSchedule = doneUntil;
    } catch (error) {
      this.wakeAt = 0;
      throw error;
    } finally {
      await lease.release(LEASE, holder);
    }
  }

  /** @returns when there is something to do again */
  private async sendAll(signal: AbortSignal): Promise<number> {
    const { store, insights, clock } = this.deps;
    let next = Infinity;
    for (const room of await store.rooms()) {
      const letter = await insights.latest(room);
      if (!letter || letter.createdAt < clock.now() - LETTER_TTL_MS) continue;
      if (!(await this.sendLetter(letter, signal))) return 0;
      next = Math.min(next, (await store.nextDue(room, letter.window.end)) ?? Infinity);
    }
    return next;
  }

  /** @returns false if it has to stop before the end */
  private async sendLetter(letter: Insight, signal: AbortSignal): Promise<boolean> {
    const { store, lease, holder, clock, quietHours } = this.deps;
    for (;;) {
      const now = clock.now();
      const batch = await store.pending(letter.room, letter.window.end, now, MAX_IN_FLIGHT);
      if (batch.length === 0) return true;
      if (signal.aborted || quietHours.nextTime(now) > now || !(await lease.acquire(LEASE, holder, LEASE_TTL_MS))) return false;
      const sent = await Promise.allSettled(batch.map((subscription) => this.sendOne(subscription, letter)));
      for (const outcome of sent) if (outcome.status === 'rejected') throw outcome.reason;
    }
  }

  private async sendOne(subscription: PushSubscription, letter: Insight): Promise<void> {
    const { store, service, clock, quietHours, logger } = this.deps;
    const { endpoint, userId, locale, sentAt } = subscription;
    const doneUntil = letter.window.end;
    if (!(await this.deps.mayRead(userId, letter.room))) {
      await store.removeOf(userId, letter.room);
      return;
    }
    const now = clock.now();
    if (quietHours.day(sentAt) === quietHours.day(now)) {
      await store.settle(endpoint, userId, { doneUntil });
      return;
    }
    const payload = letterNotice(locale, letter.room, letter.id);
    const message = { payload, topic: LETTER_TOPIC, ttlSeconds: LETTER_TTL_MS / 1_000 };
    let outcome: 'accepted' | 'gone';
    try {
      outcome = await service.send(subscription, message);
    } catch (err) {
      const failures = subscription.failures + 1;
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** subscription.failures, LONGEST_PAUSE_MS);
      logger.warn({ err, host: new URL(endpoint).host, failures }, 'a notification was not sent; trying again');
      await store.settle(endpoint, userId, { dueAt: clock.now() + pauseMs, failures });
      return;
    }
    if (outcome === 'gone') await store.forget(endpoint);
    else await store.settle(endpoint, userId, { doneUntil, sentAt: clock.now(), dueAt: 0, failures: 0 });
  }
}
