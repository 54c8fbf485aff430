import { chatId, type Chat } from '../../src/domain/chat';
import { DEFAULT_ROOM_SETTINGS, type Room } from '../../src/domain/room';
import { MAIN_ROOM } from '../../src/domain/room-title';
import type { Locale, Mood } from '../../src/domain/insight';
import { openLmdb, type LmdbEngine } from '../../src/adapters/lmdb/open-lmdb';
import { InsightJob, type InsightJobDeps } from '../../src/insights/job/analysis-job';
import type { NoteStatistics } from '../../src/insights/job/note-counter';
import { LocalAnalyzer } from '../../src/insights/letter/local-analyzer';
import { RoomQuestions } from '../../src/insights/question/room-questions';
import { MoodService } from '../../src/insights/mood/mood';
import { TailIndexes } from '../../src/flow/tail-index';
import { FireTimes } from '../../src/insights/job/windows';
import type { BusEvent } from '../../src/ports/bus';
import { silentLogger } from '../../src/ports/logger';
import { tempDir } from './temp-dir';

export const JOYFUL = [80, 10, 0, 0, 0, 0, 0, 0];
export const GLOOMY = [0, 0, 0, 0, 70, 0, 10, 0];
export const NEUTRAL = [0, 0, 0, 0, 0, 0, 0, 0];

export const roomOf = (id: string, title = id): Room => ({
  id,
  title,
  anonymous: true,
  aliasLocale: 'ko',
  createdAt: 0,
  settings: DEFAULT_ROOM_SETTINGS,
});

/** Statistics of notes without any signal, of which each hour with notes has up to three writers. */
export const notesOf = (hours: readonly Mood[]): NoteStatistics => ({
  writersByHour: new Map(
    hours
      .filter(({ messageCount }) => messageCount > 0)
      .map(({ window, messageCount }) => [
        Math.floor(window.start / 3_600_000) * 3_600_000,
        new Set(['a', 'b', 'c'].slice(0, messageCount)),
      ]),
  ),
  signals: {
    thanks: { notes: 0, accounts: 0 },
    laughter: { notes: 0, accounts: 0 },
    congratulations: { notes: 0, accounts: 0 },
    encouragement: { notes: 0, accounts: 0 },
  },
  relieved: 0,
});

/** Log, stores and lease of the embedded engine, with a clock set by the test. */
export class InsightRig {
  now: number;
  readonly published: BusEvent[] = [];
  readonly clock = { now: () => this.now };
  readonly tail: TailIndexes;
  readonly mood: MoodService;
  readonly questions: RoomQuestions;
  private ids = 0;
  private sent = 0;

  private constructor(
    readonly engine: LmdbEngine,
    start: string,
    readonly timeZone: string,
    setClock: (clock: { now(): number }) => void,
  ) {
    this.now = Date.parse(start);
    setClock(this.clock);
    this.tail = new TailIndexes(engine.chatLog);
    this.mood = new MoodService({ store: engine.moodStore, tail: this.tail, clock: this.clock, timeZone });
    const { insightStore: insights, questionStore: questions } = engine;
    this.questions = new RoomQuestions({ insights, questions, clock: this.clock, newId: () => `question-${++this.ids}` });
  }

  static async open(start: string, timeZone = 'Asia/Seoul'): Promise<InsightRig> {
    let clock = { now: () => Date.parse(start) };
    const engine = await openLmdb({
      dataDir: tempDir(),
      clock: { now: () => clock.now() },
      logger: silentLogger,
      newId: () => 'epoch',
      logMaxBacklog: 1_000_000,
    });
    const rig = new InsightRig(engine, start, timeZone, (own) => (clock = own));
    await rig.addRoom(MAIN_ROOM, '정글');
    return rig;
  }

  async addRoom(id: string, title = id): Promise<void> {
    await this.engine.roomStore.create(roomOf(id, title), 1_000);
  }

  /** Sets the clock to the given time and appends a message. */
  async say(
    at: string,
    text: string,
    {
      room = MAIN_ROOM,
      by = 'ann',
      emotions = NEUTRAL,
      scoredBy,
    }: { room?: string; by?: string; emotions?: number[]; scoredBy?: number | undefined } = {},
  ): Promise<Chat> {
    this.now = Date.parse(at);
    const id = chatId(by, String(++this.sent));
    const appended = await this.engine.chatLog.append({
      id,
      room,
      authorId: by,
      author: `the ${by}`,
      text,
      emotions,
      dominant: null,
      scoredBy,
      feeling: null,
      answers: null,
    });
    if (appended.duplicate) throw new Error('said before');
    return appended.chat;
  }

  /** Stores unflushed messages as the batch writer does; without the commit if `commit` is false. */
  async flush(commit = true): Promise<void> {
    const { chatLog, chatStore, moodStore } = this.engine;
    const from = { epoch: (await chatLog.of('main').head()).epoch, offset: await chatLog.of('main').committed() };
    const batch = (await chatLog.of('main').read(from, 100_000)) ?? [];
    await chatStore.insertBatch(batch);
    await moodStore.add(batch);
    const last = batch.at(-1);
    if (commit && last) await chatLog.of('main').commit(last.offset, 1);
  }

  job(changes: Partial<InsightJobDeps> & { readonly cron?: string } = {}, locale?: Locale): InsightJob {
    const { engine, clock, mood, questions, tail, timeZone } = this;
    return new InsightJob({
      fireTimes: new FireTimes(changes.cron ?? '50 9 * * *', timeZone),
      insights: engine.insightStore,
      chats: engine.chatStore,
      log: engine.chatLog,
      tail,
      empathies: engine.empathyStore,
      rooms: engine.roomStore,
      mood,
      questions,
      lease: engine.lease,
      bus: { publish: (event) => void this.published.push(event) },
      analyzer: new LocalAnalyzer('test-model'),
      clock,
      newId: () => `id-${++this.ids}`,
      logger: silentLogger,
      holder: `holder-${++this.ids}`,
      timeZone,
      locale,
      catchUp: 7,
      ...changes,
    });
  }

  close(): Promise<void> {
    return this.engine.close();
  }
}
