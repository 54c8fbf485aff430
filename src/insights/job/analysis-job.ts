import { generationOf, type Chat } from '../../domain/chat';
import { DomainError, isUnavailable, unavailable } from '../../domain/errors';
import { scheduledInsightId, type Insight, type Locale, type Window } from '../../domain/insight';
import type { Room } from '../../domain/room';
import { MAIN_ROOM } from '../../domain/room-title';
import type { AnalysisInput, Analyzer, EarlierMood } from '../analyzer';
import type { Bus } from '../../ports/bus';
import type { ChatLog, LogPartition } from '../../ports/chat-log';
import type { ChatStore } from '../../ports/chat-store';
import type { Clock } from '../../ports/clock';
import type { NewId } from '../../ports/ids';
import type { EmpathyStore } from '../../ports/empathy-store';
import type { InsightStore } from '../../ports/insight-store';
import type { Lease } from '../../ports/lease';
import type { Logger } from '../../ports/logger';
import type { RoomStore } from '../../ports/room-store';
import { pause } from '../../util/repeat';
import type { MoodService } from '../mood/mood';
import { mayTellFeeling } from '../letter/privacy';
import { chooseQuestion, themeOf } from '../question/choose-question';
import type { RoomQuestions } from '../question/room-questions';
import { CROWD } from './crowd';
import { RoomMessages } from './room-messages';
import { roomHistory } from './room-history';
import { collectStatistics } from './window-statistics';
import type { FireTimes } from './windows';

export interface InsightJobDeps {
  readonly fireTimes: FireTimes;
  readonly insights: InsightStore;
  readonly chats: Pick<ChatStore, 'byRoom' | 'byAuthor'>;
  readonly log: Pick<ChatLog, 'of' | 'partitions'>;
  /** Messages of a room that the store may not have yet, oldest first. */
  readonly tail: { of(room: string): Promise<readonly Chat[]> };
  readonly empathies: Pick<EmpathyStore, 'counts'>;
  readonly rooms: Pick<RoomStore, 'byId' | 'list'>;
  readonly mood: Pick<MoodService, 'moodOf' | 'timeline'>;
  readonly questions: Pick<RoomQuestions, 'standingIn' | 'recent'>;
  readonly lease: Lease;
  readonly bus: Pick<Bus, 'publish'>;
  readonly analyzer: Analyzer;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly logger: Logger;
  /** Unique per process. */
  readonly holder: string;
  readonly timeZone: string;
  /** Undefined: each letter is in the language that most of its messages are in. */
  readonly locale: Locale | undefined;
  /** Up to this many missed windows are backfilled, the newest. */
  readonly catchUp: number;
}

export const INSIGHT_LEASE = 'insights';
export const INSIGHT_LEASE_TTL_MS = 30_000;
const LEASE_RENEW_MS = 10_000;
const WATERMARK_POLL_MS = 20;
/** 5 s. If the log's clock is further behind this process's, the window waits for a later run. */
const WATERMARK_POLLS = 250;
/** After so many runs with a failure the schedule skips the room's window. */
const MAX_FAILURES = 3;
const EARLIER_WINDOWS = 7;
/** Messages read from each earlier window to compare topics. */
const EARLIER_SAMPLE = 600;

const NEVER_ABORTED = new AbortController().signal;

/**
 * Writes the letters that are due: for each window that has ended, oldest first, `main` and then the rooms with messages, largest
 * first. It is safe to start a run in any process at any time: one process holds the lease, each insight is stored once under the
 * id of its room and window and only with the newest fencing number, and a window is done when all its rooms are. If a process
 * dies, another continues after the lease has expired and keeps the insights already stored. While a partition of the log is
 * unavailable, rooms elsewhere get their letters, and the schedule waits: its rooms get theirs later, as far as `catchUp` reaches.
 */
export class InsightJob {
  private lastRun: Promise<void> = Promise.resolve();
  private readonly manualRuns = new Map<string, Promise<Insight>>();
  /** Failures by insight id, of the current window. */
  private readonly failures = new Map<string, number>();

  constructor(private readonly deps: InsightJobDeps) {}

  /**
   * Writes all letters due at `now`, or nothing while another process holds the lease. The first call of an installation only
   * stores the start of the schedule; windows before it are not backfilled.
   * @throws errors of the stores and the lease, and the signal's reason; the next run continues from there
   */
  run(now?: number, signal?: AbortSignal): Promise<void> {
    // The lease excludes other processes, not other runs of this one.
    const run = this.lastRun.then(() => this.runAsHolder(now ?? this.deps.clock.now(), signal));
    this.lastRun = run.catch(() => undefined);
    return run;
  }

  /**
   * An insight about the time since the last scheduled window, which is not stored. Concurrent calls for one room share a run.
   * @throws DomainError NOT_FOUND
   */
  async analyzeNow(roomId: string): Promise<Insight> {
    const running = this.manualRuns.get(roomId);
    if (running) return running;
    const run = this.analyzeSinceLast(roomId).finally(() => this.manualRuns.delete(roomId));
    this.manualRuns.set(roomId, run);
    return run;
  }

  /**
   * The analyzer's input for the time since the last scheduled window.
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

  /** The analyzer's input for a room and window. */
  async input(room: Room, window: Window, signal: AbortSignal = NEVER_ABORTED): Promise<AnalysisInput> {
    const { mood, questions, timeZone, locale, chats, tail } = this.deps;
    const messages = new RoomMessages(room.id, chats, tail);
    const all = () => untilAborted(messages.inWindow(window), signal);
    const stood = await questions.standingIn(room.id, window);
    const statistics = await collectStatistics(room.id, window, stood, all(), this.deps.empathies);
    const earlierWindows = windowsBefore(window);
    const earlier: EarlierMood[] = [];
    for (const before of earlierWindows) {
      const first = await messages.firstIn(before);
      const isComparable = !first || (statistics.generations.size < 2 && statistics.generations.has(generationOf(first)));
      if (isComparable || statistics.mood.messageCount === 0) earlier.push(await this.earlierMood(room.id, before, messages));
    }
    return {
      room,
      window,
      locale: locale ?? statistics.language ?? room.aliasLocale,
      timeZone,
      mood: statistics.mood,
      hours: statistics.hours,
      earlier,
      participantCount: statistics.writers.size,
      notes: statistics.notes,
      history: await roomHistory(room.id, window, statistics.writers, { chats, tail, mood }),
      answers: statistics.answers,
      empathies: statistics.empathies,
      messages: all,
      answering: () => answersTo(stood, all()),
      previous: (await this.deps.insights.page(room.id, window.end, 1))[0],
      earlierMessages: () => samples(messages, earlierWindows),
    };
  }

  private async earlierMood(room: string, window: Window, messages: RoomMessages): Promise<EarlierMood> {
    const mood = await this.deps.mood.moodOf(room, window);
    const participantCount = mood.messageCount === 0 ? 0 : await messages.countWriters(window, CROWD);
    return mayTellFeeling({ mood, participantCount }) ? mood : { ...mood, withheld: true };
  }

  private async runAsHolder(now: number, signal: AbortSignal | undefined): Promise<void> {
    const { lease, holder, logger } = this.deps;
    const grant = await lease.acquire(INSIGHT_LEASE, holder, INSIGHT_LEASE_TTL_MS);
    if (!grant) return;
    const leaseLost = new AbortController();
    const renew = setInterval(() => {
      lease.acquire(INSIGHT_LEASE, holder, INSIGHT_LEASE_TTL_MS).then(
        (again) => {
          if (again?.fence !== grant.fence) leaseLost.abort(new Error('the lease of the insight job was lost'));
        },
        (error: unknown) =>
          logger.warn({ error }, 'renewing the lease of the insight job failed; the run stops if another process takes it'),
      );
    }, LEASE_RENEW_MS);
    try {
      await this.runDue(now, grant.fence, signal ? AbortSignal.any([signal, leaseLost.signal]) : leaseLost.signal);
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
        'more windows were missed than INSIGHT_CATCH_UP; no insight is written for this time',
      );
      if (!(await insights.advance({ doneUntil: gap.end }, fence))) return;
    }
    let lost: DomainError | undefined;
    for (const window of windows) {
      // `now` may be ahead of the clock in tests and tools; the log's clock does not reach it.
      const missing = await this.partitionsBefore(Math.min(window.end, this.deps.clock.now()), signal);
      lost ??= [...missing.values()][0];
      let complete = true;
      for (const room of await this.roomsToAnalyze(window, missing, signal)) {
        complete = (await this.analyzeOrSkip(room, window, fence, signal)) && complete;
      }
      if (!complete) return;
      // Rooms of a lost partition get their letters when it is back, the others now.
      if (lost) continue;
      if (!(await insights.advance({ doneUntil: window.end }, fence))) return;
      this.failures.clear();
    }
    if (lost) throw lost;
  }

  /**
   * Waits until every append with a time before `end` is durable.
   * @returns the partitions of which that is not known, each with its error
   * @throws DomainError UNAVAILABLE if there is no other
   */
  private async partitionsBefore(end: number, signal: AbortSignal): Promise<ReadonlyMap<LogPartition, DomainError>> {
    const { partitions } = this.deps.log;
    const failed = new Map<LogPartition, DomainError>();
    const waitFor = (log: LogPartition) =>
      waitForWatermark(log, end, signal).catch((error: unknown) => {
        if (!isUnavailable(error)) throw error;
        failed.set(log, error);
      });
    await Promise.all(partitions.map(waitFor));
    const [error] = failed.values();
    if (error && failed.size === partitions.length) throw error;
    return failed;
  }

  /** A room that cannot be analysed does not block other rooms and, after MAX_FAILURES runs, not the schedule. */
  private async analyzeOrSkip(room: Room, window: Window, fence: number, signal: AbortSignal): Promise<boolean> {
    try {
      await this.analyzeOnce(room, window, fence, signal);
      return true;
    } catch (error) {
      if (signal.aborted || error instanceof DomainError || error instanceof FencedError) throw error;
      const id = scheduledInsightId(room.id, window);
      const failures = (this.failures.get(id) ?? 0) + 1;
      this.failures.set(id, failures);
      const fields = { error, room: room.id, windowEnd: new Date(window.end), failures };
      if (failures < MAX_FAILURES) this.deps.logger.warn(fields, 'writing an insight failed; the next run retries it');
      else this.deps.logger.error(fields, 'writing an insight failed repeatedly; this room gets none for this window');
      return failures >= MAX_FAILURES;
    }
  }

  private async roomsToAnalyze(
    window: Window,
    missing: ReadonlyMap<LogPartition, DomainError>,
    signal: AbortSignal,
  ): Promise<Room[]> {
    const sized: { readonly room: Room; readonly size: number }[] = [];
    for (const room of await this.deps.rooms.list()) {
      signal.throwIfAborted();
      if (missing.has(this.deps.log.of(room.id))) continue;
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
    const insight = await this.write(await this.input(room, window, signal), id, true, signal);
    if (insight.messageCount === 0 && room.id !== MAIN_ROOM) return;
    signal.throwIfAborted();
    const outcome = await insights.put(insight, fence);
    if (outcome === 'fenced') throw new FencedError('a newer run of the insight job has taken over');
    if (outcome !== 'stored') return;
    bus.publish({ type: 'insight', room: room.id, insightId: id });
    const { messageCount, source, model } = insight;
    const tookMs = Math.round(performance.now() - startedAt);
    logger.info({ room: room.id, windowEnd: new Date(window.end), messageCount, source, model, tookMs }, 'insight stored');
  }

  private async analyzeSinceLast(roomId: string): Promise<Insight> {
    const input = await this.inputSinceLast(roomId);
    return this.write(input, this.deps.newId(), false, NEVER_ABORTED);
  }

  private async write(input: AnalysisInput, id: string, scheduled: boolean, signal: AbortSignal): Promise<Insight> {
    const { question, ...analysis } = await this.deps.analyzer.analyze(input, signal);
    const recent = await this.deps.questions.recent(input.room.id, input.window.end);
    const isNew = question !== undefined && !recent.includes(question);
    return {
      id,
      room: input.room.id,
      window: input.window,
      createdAt: this.deps.clock.now(),
      locale: input.locale,
      mood: input.mood,
      messageCount: input.mood.messageCount,
      participantCount: input.participantCount,
      scheduled,
      question: isNew ? question : chooseQuestion({ id, locale: input.locale, theme: themeOf(input), recent }),
      answerCount: input.answers.notes,
      ...analysis,
    };
  }
}

async function waitForWatermark(log: LogPartition, end: number, signal: AbortSignal): Promise<void> {
  for (let i = 0; (await log.watermark()) < end; i++) {
    signal.throwIfAborted();
    if (i === WATERMARK_POLLS) throw unavailable("the log's clock has not reached the window's end");
    await pause(WATERMARK_POLL_MS, signal);
  }
  signal.throwIfAborted();
}

/** Throws the reason of the signal between two items. */
async function* untilAborted<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  for await (const item of source) {
    signal.throwIfAborted();
    yield item;
  }
}

async function* samples(messages: RoomMessages, windows: readonly Window[]) {
  for (const window of windows) yield* messages.sample(window, EARLIER_SAMPLE);
}

async function* answersTo(questions: ReadonlySet<string>, messages: AsyncIterable<readonly Chat[]>) {
  for await (const chats of messages) yield chats.filter(({ answers }) => answers !== null && questions.has(answers));
}

class FencedError extends Error {}

/** Windows of the same length, newest first. */
function windowsBefore({ start, end }: Window): Window[] {
  const length = end - start;
  if (length <= 0) return [];
  return Array.from({ length: EARLIER_WINDOWS }, (_, i) => ({ start: start - (i + 1) * length, end: start - i * length }));
}
