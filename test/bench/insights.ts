/** The local model; the local analyser on a day of 100,000 messages and the timeline of 90 days by the hour, on the embedded engine. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LOCAL_MODEL, loadLocalModel } from '../../src/adapters/local-model/local-model';
import { openLmdb, type LmdbEngine } from '../../src/adapters/lmdb/open-lmdb';
import type { Chat } from '../../src/domain/chat';
import { toPercents } from '../../src/domain/emotion';
import { DEFAULT_ROOM_SETTINGS } from '../../src/domain/room';
import { InsightJob } from '../../src/insights/job/analysis-job';
import { LocalAnalyzer } from '../../src/insights/letter/local-analyzer';
import { RoomQuestions } from '../../src/insights/question/room-questions';
import { MoodService } from '../../src/insights/mood/mood';
import { TailIndexes } from '../../src/flow/tail-index';
import { FireTimes } from '../../src/insights/job/windows';
import { silentLogger } from '../../src/ports/logger';
import type { Scorer } from '../../src/ports/scorer';
import { follow } from '../support/follow';
import { report } from './support/report';

const DAY_MS = 86_400_000;
const MESSAGES = 100_000;
const EARLIER_A_DAY = 5_000;
const EARLIER_DAYS = 90;
const ROOM = 'main';
const END = Date.parse('2026-11-20T00:50:00Z');

const textsOf = (file: string): string[] =>
  readFileSync(join(__dirname, '..', 'fixtures', file), 'utf8')
    .split('\n')
    .map((line) => line.split('\t')[0] ?? '')
    .filter((text) => text !== '');
const korean = textsOf('ko-emotions.tsv');
const english = textsOf('en-emotions.tsv');
const texts = [...korean, ...english];

export async function insights(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'insights-'));
  const clock = { now: () => END };
  const engine = await openLmdb({ dataDir, clock, logger: silentLogger, newId: () => 'e', logMaxBacklog: 1_000 });
  await engine.roomStore.create(
    { id: ROOM, title: 'Jungle', anonymous: true, aliasLocale: 'ko', createdAt: 0, settings: DEFAULT_ROOM_SETTINGS },
    10,
  );
  const { scorer, rows: ofModel } = model();
  await fill(engine, scorer);
  const rows = [...ofModel, ...(await timeline(engine)), ...(await largeDay(engine))];
  report('insights', ['what', 'measured'], rows, { rows });
  await engine.close();
  rmSync(dataDir, { recursive: true });
}

/** Load time is measured first, before anything else is compiled. Scoring is measured in processor time, so that other processes matter less. */
function model() {
  const before = anonymousMb();
  const start = performance.now();
  const scorer = loadLocalModel();
  const loadMs = performance.now() - start;
  const memory = anonymousMb() - before;
  const rows = [
    ['loading the model', `${loadMs.toFixed(0)} ms, ${memory.toFixed(0)} MB of RssAnon`],
    ['scoring 100 characters, Korean', microseconds(scorer, korean)],
    ['scoring 100 characters, English', microseconds(scorer, english)],
  ] as const;
  return { scorer, rows };
}

const ROUNDS = 50;

/** Scores pieces of 100 characters of real messages. */
function microseconds(scorer: Scorer, of: readonly string[]): string {
  const all = [...of.join(' ')];
  const pieces = Array.from({ length: Math.floor(all.length / 100) }, (_, i) => all.slice(i * 100, i * 100 + 100).join(''));
  const times = Array.from({ length: ROUNDS }, () => {
    const used = process.cpuUsage();
    for (let i = 0; i < 20; i++) for (const piece of pieces) scorer.score(piece);
    const { user, system } = process.cpuUsage(used);
    return (user + system) / 20 / pieces.length;
  }).sort((a, b) => a - b);
  return `median ${(times[ROUNDS / 2] ?? 0).toFixed(1)} µs, best ${(times[0] ?? 0).toFixed(1)} µs`;
}

async function fill(engine: LmdbEngine, scorer: Scorer): Promise<void> {
  let offset = 0;
  for (let day = EARLIER_DAYS; day >= 1; day--) {
    const count = day === 1 ? MESSAGES : EARLIER_A_DAY;
    for (let done = 0; done < count; done += 5_000) {
      const batch = Array.from({ length: 5_000 }, (_, i): Chat => {
        const text = `${texts[(offset * 7919) % texts.length] ?? ''} ${texts[(offset * 104_729) % texts.length] ?? ''}`;
        const { scores, dominant } = scorer.score(text);
        const sentAt = END - day * DAY_MS + Math.floor(((done + i) / count) * DAY_MS);
        const author = `u${(offset * 31) % 3_000}`;
        const emotions = toPercents(scores);
        return {
          id: `m${++offset}`,
          room: ROOM,
          authorId: author,
          author,
          text,
          emotions,
          dominant,
          feeling: null,
          answers: null,
          epoch: 'e',
          offset,
          sentAt,
          revision: 0,
          hidden: false,
        };
      });
      await engine.chatStore.insertBatch(batch);
      await engine.moodStore.add(batch);
    }
  }
}

const noTail = { of: () => Promise.resolve([]), scoresOf: () => Promise.resolve([]) };

async function timeline(engine: LmdbEngine) {
  const mood = new MoodService({
    store: engine.moodStore,
    tail: new TailIndexes(engine.chatLog),
    clock: { now: () => END },
    timeZone: 'Asia/Seoul',
  });
  const took = async (bucket: 'HOUR' | 'DAY', days: number) => {
    const times: number[] = [];
    for (let i = 0; i < 300; i++) {
      const start = performance.now();
      await mood.timeline(ROOM, END - days * DAY_MS, END, bucket);
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    return `p50 ${(times[150] ?? 0).toFixed(1)} ms, p99 ${(times[297] ?? 0).toFixed(1)} ms`;
  };
  return [
    ['moodTimeline, 90 days by the hour', await took('HOUR', 90)],
    ['moodTimeline, 90 days by the day', await took('DAY', 90)],
  ] as const;
}

async function largeDay(engine: LmdbEngine) {
  const { insightStore, questionStore, chatStore, chatLog, empathyStore, roomStore, lease, moodStore } = engine;
  const clock = { now: () => END };
  const newId = () => 'x';
  const job = new InsightJob({
    fireTimes: new FireTimes('50 9 * * *', 'Asia/Seoul'),
    insights: insightStore,
    chats: chatStore,
    log: chatLog,
    tail: noTail,
    empathies: empathyStore,
    rooms: roomStore,
    mood: new MoodService({ store: moodStore, tail: noTail, clock, timeZone: 'Asia/Seoul' }),
    questions: new RoomQuestions({ insights: insightStore, questions: questionStore, clock, newId }),
    lease,
    bus: { publish: () => undefined },
    analyzer: new LocalAnalyzer(LOCAL_MODEL),
    clock,
    newId,
    logger: silentLogger,
    holder: 'bench',
    timeZone: 'Asia/Seoul',
    locale: undefined,
    catchUp: 7,
  });
  await job.run(END - 1);
  const before = anonymousMb();
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, anonymousMb())), 50);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const live = await beat(chatLog);
  const start = performance.now();
  await job.run(END);
  const seconds = (performance.now() - start) / 1_000;
  const delivered = await live.stop();
  delay.disable();
  clearInterval(watch);
  const insight = await insightStore.latest(ROOM);
  if (insight?.messageCount !== MESSAGES)
    throw new Error(`analysed ${insight?.messageCount ?? 0} messages instead of ${MESSAGES}`);
  return [
    ['a day of 100,000 messages, local letter', `${seconds.toFixed(1)} s`],
    [
      'event loop held meanwhile',
      `p50 ${(delay.percentile(50) / 1e6).toFixed(1)} ms, p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms, longest ${(delay.max / 1e6).toFixed(0)} ms`,
    ],
    [
      'message at the same time, due to durable and delivered',
      `p50 ${at(delivered, 50)} ms, p99 ${at(delivered, 99)} ms of ${delivered.length}`,
    ],
    ['anonymous memory (RssAnon) more than before', `${(peak - before).toFixed(0)} MB`],
  ] as const;
}

const at = (sorted: readonly number[], percent: number): string =>
  (sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? NaN).toFixed(1);

const BEAT_MS = 50;
/** Below the backlog limit of the log. */
const MAX_BEATS = 900;

/** Sends a message every 50 ms until stopped. @returns sorted latencies from the due time to the tail */
async function beat(chatLog: LmdbEngine['chatLog']) {
  const start = performance.now();
  const times: number[] = [];
  let sent = 0;
  const tail = await follow(chatLog, ['live'], (entries) => {
    for (const { id } of entries) times.push(performance.now() - start - Number(id) * BEAT_MS);
  });
  const emotions = toPercents([]);
  const appends: Promise<unknown>[] = [];
  const send = () => {
    while (sent < MAX_BEATS && performance.now() - start >= sent * BEAT_MS) {
      const id = String(sent++);
      appends.push(
        chatLog.append({
          id,
          room: 'live',
          authorId: 'u',
          author: 'u',
          text: 'hello',
          emotions,
          dominant: null,
          feeling: null,
          answers: null,
        }),
      );
    }
  };
  const timer = setInterval(send, BEAT_MS / 5);
  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.all(appends);
      while (times.length < sent) await nextTurn();
      tail.stop();
      return times.sort((a, b) => a - b);
    },
  };
}

/** RssAnon of this process; the mapped file of the store does not count. */
function anonymousMb(): number {
  const [, kb] = /^RssAnon:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kb ?? 0) / 1024;
}
