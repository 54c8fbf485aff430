/** A simulated month in four rooms: people send notes, and the insight job writes the letters, all within this process. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadLocalModel, LOCAL_MODEL } from '../../src/adapters/local-model/local-model';
import { openLmdb, type LmdbEngine } from '../../src/adapters/lmdb/open-lmdb';
import { NOTHING_SAID, chatId, type Chat } from '../../src/domain/chat';
import { toPercents } from '../../src/domain/emotion';
import type { Insight } from '../../src/domain/insight';
import { DEFAULT_ROOM_SETTINGS } from '../../src/domain/room';
import { InsightJob } from '../../src/insights/job/analysis-job';
import { FireTimes } from '../../src/insights/job/windows';
import { LocalAnalyzer } from '../../src/insights/letter/local-analyzer';
import { RoomQuestions } from '../../src/insights/question/room-questions';
import { MoodService } from '../../src/insights/mood/mood';
import { silentLogger } from '../../src/ports/logger';
import { seededRandom } from '../emotions/random';
import { ROOMS, type DayPlan, type SimulatedRoom } from './rooms';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
export const DAYS = 30;
/** Monday 2 November 2026, 09:50 in Seoul, where the windows begin by default. */
const START = Date.UTC(2026, 10, 2, 0, 50);
const NIGHT = 17.4;
/** Share of worries and sorrows that each other person answers with a kind word. */
const EMPATHY = 0.05;
/** Share of notes that answer the question of the day. */
const ANSWERS = 0.1;

export interface SimulatedDay {
  readonly room: SimulatedRoom;
  readonly insight: Insight;
  /** The notes of the window. */
  readonly notes: readonly Chat[];
}

interface PlannedNote {
  readonly room: SimulatedRoom;
  readonly by: string;
  readonly tag: string;
  readonly at: number;
}

/** @returns days with a letter, room by room. The same each time. */
export async function simulateMonth(): Promise<readonly SimulatedDay[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'month-'));
  const clock = { at: START };
  const engine = await openLmdb({
    ...{ dataDir, clock: { now: () => clock.at }, logger: silentLogger, newId: () => 'month', logMaxBacklog: 10_000 },
  });
  try {
    return await new Month(engine, clock).run();
  } finally {
    await engine.close();
    rmSync(dataDir, { recursive: true });
  }
}

class Month {
  private readonly random = seededRandom(20_261_102);
  private readonly scorer = loadLocalModel();
  private readonly texts = new Map(ROOMS.map(({ id, notes }) => [id, textsOf(notes)]));
  private sent = 0;

  constructor(
    private readonly engine: LmdbEngine,
    private readonly clock: { at: number },
  ) {}

  async run(): Promise<readonly SimulatedDay[]> {
    for (const { id, title } of ROOMS) {
      const aliasLocale = id === 'office' ? 'en' : 'ko';
      await this.engine.roomStore.create(
        { id, title, anonymous: true, aliasLocale, createdAt: START, settings: DEFAULT_ROOM_SETTINGS },
        10,
      );
    }
    const job = this.job();
    await job.run(START);
    const written: Chat[] = [];
    for (let day = 0; day < DAYS; day++) {
      const planned = ROOMS.flatMap((room) => this.plan(room, day)).sort((a, b) => a.at - b.at);
      for (const note of planned) written.push(await this.send(note));
      await this.flush(written.slice(-planned.length));
      this.clock.at = START + (day + 1) * DAY;
      await job.run(this.clock.at);
    }
    const days: SimulatedDay[] = [];
    for (const room of ROOMS) {
      const letters = await this.engine.insightStore.page(room.id, undefined, DAYS);
      for (const insight of letters.toReversed()) {
        const { start, end } = insight.window;
        const notes = written.filter((chat) => chat.room === room.id && chat.sentAt >= start && chat.sentAt < end);
        days.push({ room, insight, notes });
      }
    }
    return days;
  }

  private plan(room: SimulatedRoom, day: number): PlannedNote[] {
    const plan = room.plan(day);
    const people = room.people.filter((person) => person.from <= day);
    // Not everybody writes every day, but who joins does.
    const writers = people.filter((person) => person.from === day || this.random() < 0.75);
    const notes = Array.from({ length: plan.notes }, () => this.note(room, plan, writers.length > 0 ? writers : people, day));
    const [owl] = people;
    if (plan.night && owl) notes.push({ room, by: owl.name, tag: 'worry', at: START + day * DAY + NIGHT * HOUR });
    return notes;
  }

  private note(room: SimulatedRoom, plan: DayPlan, writers: SimulatedRoom['people'], day: number): PlannedNote {
    const hour = plan.from + ((this.random() + this.random()) / 2) * (plan.to - plan.from);
    const moods = plan.turn && hour >= plan.turn.hour ? plan.turn.moods : plan.moods;
    const by = writers[Math.floor(this.random() * writers.length)]?.name ?? '';
    return { room, by, tag: this.pick(moods), at: START + day * DAY + Math.floor(hour * HOUR) };
  }

  private pick(weights: Readonly<Record<string, number>>): string {
    const entries = Object.entries(weights);
    let left = this.random() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    return entries.find(([, weight]) => (left -= weight) < 0)?.[0] ?? entries[0]?.[0] ?? '';
  }

  /** Sends the text of the tag that was used longest ago. */
  private async send({ room, by, tag, at }: PlannedNote): Promise<Chat> {
    const texts = this.texts.get(room.id)?.get(tag) ?? [];
    const text = texts.shift();
    if (text === undefined) throw new Error(`${room.notes} has no notes tagged ${tag}`);
    texts.push(text);
    this.clock.at = at;
    const { scores, dominant } = this.scorer.score(text);
    const author = `${room.id} ${by}`;
    const appended = await this.engine.chatLog.append({
      ...{ id: chatId(by, String(++this.sent)), room: room.id, authorId: `${room.id}-${by}`, author, text, ...NOTHING_SAID },
      ...{ answers: this.random() < ANSWERS ? await this.question(room.id) : null },
      ...{ emotions: toPercents(scores), dominant, scoredBy: this.scorer.scoredBy },
    });
    if (appended.duplicate) throw new Error('a note was sent twice');
    if (tag === 'worry' || tag === 'sad') {
      for (const { name } of room.people) {
        if (name !== by && this.random() < EMPATHY) await this.engine.empathyStore.set(appended.chat.id, name, 'ME_TOO');
      }
    }
    return appended.chat;
  }

  /** Id of the question that stands in the room. */
  private async question(room: string): Promise<string | null> {
    return (await this.engine.insightStore.latest(room))?.id ?? null;
  }

  private async flush(batch: readonly Chat[]): Promise<void> {
    const { chatStore, moodStore, chatLog } = this.engine;
    await chatStore.insertBatch(batch);
    await moodStore.add(batch);
    const last = batch.at(-1);
    if (last) await chatLog.commit(last.offset, 1);
  }

  private job(): InsightJob {
    const { engine, clock } = this;
    const timeZone = 'Asia/Seoul';
    const noTail = { of: () => Promise.resolve([]), scoresOf: () => Promise.resolve([]) };
    const now = { now: () => clock.at };
    return new InsightJob({
      fireTimes: new FireTimes('50 9 * * *', timeZone),
      insights: engine.insightStore,
      chats: engine.chatStore,
      log: engine.chatLog,
      tail: noTail,
      empathies: engine.empathyStore,
      questions: new RoomQuestions({
        insights: engine.insightStore,
        questions: engine.questionStore,
        clock: now,
        newId: () => '',
      }),
      rooms: engine.roomStore,
      mood: new MoodService({ store: engine.moodStore, tail: noTail, clock: now, timeZone }),
      lease: engine.lease,
      bus: { publish: () => undefined },
      analyzer: new LocalAnalyzer(LOCAL_MODEL),
      clock: now,
      newId: () => 'unused',
      logger: silentLogger,
      holder: 'month',
      timeZone,
      locale: undefined,
      catchUp: 7,
    });
  }
}

/** Notes of a file by tag. */
function textsOf(file: string): Map<string, string[]> {
  const byTag = new Map<string, string[]>();
  let texts: string[] = [];
  for (const line of readFileSync(join(__dirname, file), 'utf8').split('\n')) {
    const [, tag] = /^# (\w+)$/.exec(line) ?? [];
    if (tag !== undefined) byTag.set(tag, (texts = []));
    else if (line !== '') texts.push(line);
  }
  return byTag;
}
