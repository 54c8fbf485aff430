import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError, unavailable } from '../../domain/errors';
import { scheduledInsightId, type Insight, type Locale, type Mood, type Window } from '../../domain/insight';
import { MAIN_ROOM, type Room } from '../../domain/room';
import type { AnalysisInput, Analyzer } from '../analyzer';
import type { Bus } from '../../ports/bus';
import type { ChatLog } from '../../ports/chat-log';
import type { ChatStore } from '../../ports/chat-store';
import type { Clock } from '../../ports/clock';
import type { NewId } from '../../ports/ids';
import type { InsightStore } from '../../ports/insight-store';
import type { Lease } from '../../ports/lease';
import type { Logger } from '../../ports/logger';
import type { RoomStore } from '../../ports/room-store';
import type { MoodService } from '../mood/mood';
import { RoomMessages } from './room-messages';
import { survey } from './survey';
import type { UnflushedTail } from '../mood/unflushed-tail';
import type { FireTimes } from './windows';

export interface InsightJobDeps {
  readonly fireTimes: FireTimes;
  readonly insights: InsightStore;
  readonly chats: Pick<ChatStore, 'byRoom' | 'highestOffset'>;
  readonly log: Pick<ChatLog, 'watermark'>;
  readonly tail: Pick<UnflushedTail, 'of'>;
  readonly rooms: Pick<RoomStore, 'byId' | 'list'>;
  readonly mood: Pick<MoodService, 'moodOf'>;
  readonly lease: Lease;
  readonly bus: Pick<Bus, 'publish'>;
  readonly analyzer: Analyzer;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly logger: Logger;
  /** Unique per process. */
  readonly holder: string;
  readonly timeZone: string;
  /** Undefined: the language the room writes in. */
  readonly locale: Locale | undefined;
  /** Missed windows that are made up for; the newest count. */
  readonly catchUp: number;
}

export const INSIGHT_LEASE = 'insights';
export const INSIGHT_LEASE_TTL_MS = 30_000;
const LEASE_RENEW_MS = 10_000;
const SETTLE_POLL_MS = 20;
/** The log's clock may be behind this process's: then the window waits for a later run. */
const SETTLE_TRIES = 250;
/** Runs in which a room's analysis may fail before its window goes on without it. */
const MAX_FAILURES = 3;
const EARLIER_WINDOWS = 7;
/** Of each earlier window, for comparing topics. */
const EARLIER_SAMPLE = 600;

/**
 * Writes what is due: for each window that is over, oldest first, `main` and then the rooms that had messages, largest first.
 * Safe to start anywhere at any time: one process at a time holds the lease, each result is stored under the id of its room and
 * window, once, and only under the newest fence; a window counts as done when all its rooms are. A run that dies is taken over
 * when its lease ends, and what it had stored stays.
 */
export class InsightJob {
  private readonly messages: RoomMessages;
  private turn: Promise<void> = Promise.resolve();
  private readonly byHand = new Map<string, Promise<Insight>>();
  /** By insight id, of the window at hand. */
  private readonly failures = new Map<string, number>();

  constructor(private readonly deps: InsightJobDeps) {
    this.messages = new RoomMessages(deps.chats, deps.tail);
  }

  /**
   * Does all that is due at `now`, or nothing if another process is at it. The first call of an installation only notes the window
   * in which it runs: nothing before it is made up for.
   * @throws what the stores and the lease throw, and the signal's reason: the next run goes on from there
   */
  run(now?: number, signal?: AbortSignal): Promise<void> {
    // The lease keeps other processes out; within this one, runs follow one another.
    const run = this.turn.then(() => this.runAsHolder(now ?? this.deps.clock.now(), signal));
    this.turn = run.catch(() => undefined);
    return run;
  }

  /**
   * The time since the last scheduled window, answered but neither stored nor listed. Calls for one room at one time share a run.
   * @throws DomainError NOT_FOUND
   */
  async analyzeNow(roomId: string): Promise<Insight> {
    const running = this.byHand.get(roomId);
    if (running) return running;
    const run = this.analyzeSinceLast(roomId).finally(() => this.byHand.delete(roomId));
    this.byHand.set(roomId, run);
    return run;
  }

  /**
   * What the analyzer is given for the time since the last scheduled window.
   * @throws DomainError NOT_FOUND
   */
  async inputSinceLast(roomId: string): Promise<AnalysisInput> {
    const { insights, rooms, fireTimes, clock } = this.deps;
    const room = await rooms.byId(roomId);
    if (!room) throw new DomainError('NOT_FOUND', 'There is no such room.', { field: 'room' });
    const end = clock.now();
    const start = (await insights.schedule())?.doneUntil ?? fireTimes.lastUpTo(end);
    return this.input(room, { start: Math.min(start, end), end });
  }

  /** What the analyzer is given for a room and window. */
  async input(room: Room, window: Window): Promise<AnalysisInput> {
    const { mood, timeZone, locale } = this.deps;
    const all = () => this.messages.inWindow(room.id, window);
    const found = await survey(room.id, window, all);
    const earlierWindows = windowsBefore(window);
    const earlier: Mood[] = [];
    for (const before of earlierWindows) earlier.push(await mood.moodOf(room.id, before));
    return {
      room,
      window,
      locale: locale ?? found.language ?? room.aliasLocale,
      timeZone,
      mood: found.mood,
      hours: found.hours,
      earlier,
      participantCount: found.participantCount,
      messages: all,
      isPlanted: (chat) => found.planted.isPlanted(chat),
      earlierMessages: () => this.samples(room.id, earlierWindows),
    };
  }

  private async runAsHolder(now: number, signal: AbortSignal | undefined): Promise<void> {
    const { lease, holder, logger } = this.deps;
    const grant = await lease.acquire(INSIGHT_LEASE, holder, INSIGHT_LEASE_TTL_MS);
    if (!grant) return;
    const lost = new AbortController();
    const renew = setInterval(() => {
      lease.acquire(INSIGHT_LEASE, holder, INSIGHT_LEASE_TTL_MS).then(
        (again) => {
          if (again?.fence !== grant.fence) lost.abort(new Error('the lease of the insight job was lost'));
        },
        (error: unknown) => logger.warn({ error }, 'the lease of the insight job could not be renewed'),
      );
    }, LEASE_RENEW_MS);
    try {
      await this.runDue(now, grant.fence, signal ? AbortSignal.any([signal, lost.signal]) : lost.signal);
    } finally {
      clearInterval(renew);
      await lease.release(INSIGHT_LEASE, holder);
    }
  }

  private async runDue(now: number, fence: number, signal: AbortSignal): Promise<void> {
    const { insights, fireTimes, catchUp, logger } = this.deps;
    const state = await insights.schedule();
    if (!state) {
      await insights.advance({ doneUntil: fireTimes.lastUpTo(now) }, fence);
      return;
    }
    const { windows, gap } = fireTimes.due(state.doneUntil, now, catchUp);
    if (gap) {
      logger.warn(
        { from: new Date(gap.start), to: new Date(gap.end), catchUp },
        'more windows were missed than are made up for: no insight for this time',
      );
      if (!(await insights.advance({ doneUntil: gap.end }, fence))) return;
    }
    for (const window of windows) {
      // A `now` ahead of the clock is somebody's who runs this by hand and need not wait for it.
      await this.watermark(Math.min(window.end, this.deps.clock.now()), signal);
      let complete = true;
      for (const room of await this.roomsToAnalyze(window)) {
        complete = (await this.analyzeOrGiveUp(room, window, fence, signal)) && complete;
      }
      if (!complete || !(await insights.advance({ doneUntil: window.end }, fence))) return;
      this.failures.clear();
    }
  }

  /** An append that was under way when the window ended still belongs to it. */
  private async watermark(end: number, signal: AbortSignal): Promise<void> {
    for (let i = 0; (await this.deps.log.watermark()) < end; i++) {
      if (i === SETTLE_TRIES) throw unavailable("the log's clock has not reached the window's end");
      await sleep(SETTLE_POLL_MS, undefined, { signal });
    }
    signal.throwIfAborted();
  }

  /** A room that cannot be analysed holds up neither the other rooms nor, after some tries, the schedule. */
  private async analyzeOrGiveUp(room: Room, window: Window, fence: number, signal: AbortSignal): Promise<boolean> {
    try {
      await this.analyzeOnce(room, window, fence, signal);
      return true;
    } catch (error) {
      if (signal.aborted || error instanceof DomainError || error instanceof Overtaken) throw error;
      const id = scheduledInsightId(room.id, window);
      const failures = (this.failures.get(id) ?? 0) + 1;
      this.failures.set(id, failures);
      const fields = { error, room: room.id, windowEnd: new Date(window.end), failures };
      if (failures < MAX_FAILURES) this.deps.logger.warn(fields, 'an insight could not be made and is tried again');
      else this.deps.logger.error(fields, 'an insight could not be made and is given up');
      return failures >= MAX_FAILURES;
    }
  }

  private async roomsToAnalyze(window: Window): Promise<Room[]> {
    const sized: { readonly room: Room; readonly size: number }[] = [];
    for (const room of await this.deps.rooms.list()) {
      const { messageCount } = await this.deps.mood.moodOf(room.id, window);
      if (room.id === MAIN_ROOM) sized.push({ room, size: Infinity });
      else if (messageCount > 0) sized.push({ room, size: messageCount });
    }
    return sized.sort((a, b) => b.size - a.size).map(({ room }) => room);
  }

  private async analyzeOnce(room: Room, window: Window, fence: number, signal: AbortSignal): Promise<void> {
    const { insights, bus, logger } = this.deps;
    const id = scheduledInsightId(room.id, window);
    if (await insights.byId(id)) return;
    const startedAt = performance.now();
    const insight = await this.write(await this.input(room, window), id, true, signal);
    if (insight.messageCount === 0 && room.id !== MAIN_ROOM) return;
    signal.throwIfAborted();
    const outcome = await insights.put(insight, fence);
    if (outcome === 'fenced') throw new Overtaken('a newer run of the insight job has taken over');
    if (outcome !== 'stored') return;
    bus.publish({ type: 'insight', room: room.id, insightId: id });
    const { messageCount, source, model } = insight;
    const tookMs = Math.round(performance.now() - startedAt);
    logger.info({ room: room.id, windowEnd: new Date(window.end), messageCount, source, model, tookMs }, 'insight stored');
  }

  private async analyzeSinceLast(roomId: string): Promise<Insight> {
    const input = await this.inputSinceLast(roomId);
    return this.write(input, this.deps.newId(), false, new AbortController().signal);
  }

  private async write(input: AnalysisInput, id: string, scheduled: boolean, signal: AbortSignal): Promise<Insight> {
    const { letter, topics, source, model } = await this.deps.analyzer.analyze(input, signal);
    return {
      id,
      room: input.room.id,
      window: input.window,
      createdAt: this.deps.clock.now(),
      letter,
      locale: input.locale,
      mood: input.mood,
      topics,
      messageCount: input.mood.messageCount,
      participantCount: input.participantCount,
      scheduled,
      source,
      model,
    };
  }

  private async *samples(room: string, windows: readonly Window[]) {
    for (const window of windows) yield* this.messages.sample(room, window, EARLIER_SAMPLE);
  }
}

class Overtaken extends Error {}

/** Windows of the same length, newest first. */
function windowsBefore({ start, end }: Window): Window[] {
  const length = end - start;
  if (length <= 0) return [];
  return Array.from({ length: EARLIER_WINDOWS }, (_, i) => ({ start: start - (i + 1) * length, end: start - i * length }));
}
