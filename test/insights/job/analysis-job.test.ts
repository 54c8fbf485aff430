import type { Analysis, AnalysisInput, Analyzer } from '../../../src/insights/analyzer';
import { LocalAnalyzer } from '../../../src/insights/letter/local-analyzer';
import { DomainError, unavailable } from '../../../src/domain/errors';
import type { LogPartition } from '../../../src/ports/chat-log';
import { silentLogger, type Logger } from '../../../src/ports/logger';
import { faulty } from '../../support/faulty';
import { GLOOMY, InsightRig, JOYFUL } from '../../support/insight-rig';
import { onePartition } from '../../support/one-partition';
import { until } from '../../support/until';

const iso = (time: number) => new Date(time).toISOString();
const local = new LocalAnalyzer('test-model');

/** Records its calls and runs a hook of the test before each. */
class RecordingAnalyzer implements Analyzer {
  readonly seen: string[] = [];
  constructor(private readonly before: (input: AnalysisInput, signal: AbortSignal) => Promise<void> | void = () => undefined) {}
  async analyze(input: AnalysisInput, signal: AbortSignal): Promise<Analysis> {
    this.seen.push(`${input.room.id} ${iso(input.window.start).slice(0, 10)}`);
    await this.before(input, signal);
    return local.analyze(input, signal);
  }
}

describe('the insight job', () => {
  let rig: InsightRig;
  beforeEach(async () => {
    rig = await InsightRig.open('2026-11-20T03:00:00Z');
  });
  afterEach(() => rig.close());
  const runAt = (time: string, job = rig.job()) => {
    rig.now = Date.parse(time);
    return job.run();
  };
  const letters = async (room = 'main') =>
    (await rig.engine.insightStore.page(room, undefined, 100)).map(({ window }) => `${iso(window.start)} ${iso(window.end)}`);

  it('starts with the window in which the installation first started', async () => {
    await runAt('2026-11-20T03:00:00Z');
    expect(await letters()).toEqual([]);
    await runAt('2026-11-21T00:50:00Z');
    expect(await letters()).toEqual(['2026-11-20T00:50:00.000Z 2026-11-21T00:50:00.000Z']);
  });

  it('analyses the messages of the window, stored or not, and publishes an event', async () => {
    await runAt('2026-11-20T03:00:00Z');
    await rig.say('2026-11-20T04:00:00Z', '오늘은 기분이 좋아요', { by: 'ann', emotions: JOYFUL });
    await rig.say('2026-11-20T05:00:00Z', '저도 그래요', { by: 'ben', emotions: JOYFUL });
    await rig.flush();
    await rig.say('2026-11-21T00:49:59.999Z', '아직 오늘', { by: 'cho', emotions: GLOOMY });
    await rig.say('2026-11-21T00:50:00Z', '벌써 내일', { by: 'dan', emotions: GLOOMY });
    await runAt('2026-11-21T00:50:01Z');
    const insight = await rig.engine.insightStore.latest('main');
    expect(insight).toMatchObject({
      id: `main:${Date.parse('2026-11-20T00:50:00Z')}`,
      messageCount: 3,
      participantCount: 3,
      locale: 'ko',
      scheduled: true,
      source: 'LOCAL',
      model: 'test-model',
      createdAt: rig.now,
    });
    expect(insight?.mood.scores[0]).toBeCloseTo(1.6 / 3);
    expect(rig.published).toEqual([{ type: 'insight', room: 'main', insightId: insight?.id }]);
  });

  it('ignores hidden messages', async () => {
    await runAt('2026-11-20T03:00:00Z');
    await rig.say('2026-11-20T04:00:00Z', 'stays', { emotions: JOYFUL });
    const gone = await rig.say('2026-11-20T04:00:01Z', 'goes', { by: 'ben', emotions: GLOOMY });
    await rig.flush();
    await rig.engine.chatStore.erase(gone.offset);
    await runAt('2026-11-21T01:00:00Z');
    expect(await rig.engine.insightStore.latest('main')).toMatchObject({ messageCount: 1, participantCount: 1 });
  });

  it('writes main first, also without messages, then rooms with messages, the largest first', async () => {
    for (const room of ['small', 'large', 'silent']) await rig.addRoom(room);
    await runAt('2026-11-20T03:00:00Z');
    await rig.say('2026-11-20T04:00:00Z', 'a', { room: 'small' });
    await rig.say('2026-11-20T04:00:00Z', 'b', { room: 'large' });
    await rig.say('2026-11-20T04:00:00Z', 'c', { room: 'large' });
    const analyzer = new RecordingAnalyzer();
    await runAt('2026-11-21T01:00:00Z', rig.job({ analyzer }));
    expect(analyzer.seen).toEqual(['main 2026-11-20', 'large 2026-11-20', 'small 2026-11-20']);
    expect(await rig.engine.insightStore.latest('main')).toMatchObject({ messageCount: 0, participantCount: 0 });
    expect(await letters('silent')).toEqual([]);
  });

  it('backfills three missed windows in order, each once', async () => {
    await runAt('2026-11-20T03:00:00Z');
    const analyzer = new RecordingAnalyzer();
    await runAt('2026-11-23T03:00:00Z', rig.job({ analyzer }));
    await runAt('2026-11-23T03:01:00Z', rig.job({ analyzer }));
    expect(analyzer.seen).toEqual(['main 2026-11-20', 'main 2026-11-21', 'main 2026-11-22']);
    expect(await letters()).toHaveLength(3);
  });

  it('backfills only the newest windows beyond the limit and logs the gap', async () => {
    await runAt('2026-11-01T03:00:00Z');
    const warned: object[] = [];
    const logger: Logger = { ...silentLogger, warn: (fields) => void warned.push(fields) };
    const analyzer = new RecordingAnalyzer();
    await runAt('2026-11-20T03:00:00Z', rig.job({ analyzer, logger, catchUp: 2 }));
    expect(analyzer.seen).toEqual(['main 2026-11-18', 'main 2026-11-19']);
    expect(warned).toMatchObject([{ from: new Date('2026-11-01T00:50:00Z'), to: new Date('2026-11-18T00:50:00Z') }]);
  });

  it('continues at the end of the last window after the schedule was changed', async () => {
    await runAt('2026-11-20T03:00:00Z');
    await runAt('2026-11-21T03:00:00Z');
    await runAt('2026-11-21T12:00:00Z', rig.job({ cron: '0 18 * * *' }));
    expect(await letters()).toEqual([
      '2026-11-21T00:50:00.000Z 2026-11-21T09:00:00.000Z',
      '2026-11-20T00:50:00.000Z 2026-11-21T00:50:00.000Z',
    ]);
  });

  it('stores one insight when three processes run at once', async () => {
    await runAt('2026-11-20T03:00:00Z');
    rig.now = Date.parse('2026-11-21T00:50:00Z');
    const analyzer = new RecordingAnalyzer();
    await Promise.all([1, 2, 3].map(() => rig.job({ analyzer }).run()));
    expect(analyzer.seen).toEqual(['main 2026-11-20']);
    expect(rig.published).toHaveLength(1);
  });

  it.each([
    ['while the letter is being written', 'analyze'],
    ['between the answer and storing it', 'put'],
    ['between storing it and noting that', 'advance'],
  ] as const)('is continued by another process after one dies %s, with one insight', async (_, moment) => {
    await runAt('2026-11-20T03:00:00Z');
    await rig.say('2026-11-20T04:00:00Z', 'hello');
    rig.now = Date.parse('2026-11-21T00:50:00Z');
    // The dying process never continues; it rejects at the end of the test.
    const over = new AbortController();
    let dead = false;
    const die = () => {
      dead = true;
      return new Promise<never>((_resolve, reject) => {
        over.signal.addEventListener('abort', () => reject(new Error('over')));
      });
    };
    const { insightStore } = rig.engine;
    const dying = rig.job({
      analyzer: new RecordingAnalyzer(() => (moment === 'analyze' ? die() : undefined)),
      insights: {
        byId: (id) => insightStore.byId(id),
        latest: (room) => insightStore.latest(room),
        page: (room, before, limit) => insightStore.page(room, before, limit),
        schedule: () => insightStore.schedule(),
        removeRoom: (room) => insightStore.removeRoom(room),
        put: (insight, fence) => (moment === 'put' ? die() : insightStore.put(insight, fence)),
        advance: (state, fence) => (moment === 'advance' ? die() : insightStore.advance(state, fence)),
      },
    });
    const run = dying.run(undefined, over.signal);
    await until(() => dead);
    const watched = new RecordingAnalyzer();
    const next = rig.job({ analyzer: watched });
    await next.run();
    expect(await letters()).toHaveLength(moment === 'advance' ? 1 : 0);
    rig.now += 31_000;
    await next.run();
    await next.run();
    expect(await letters()).toHaveLength(1);
    expect(rig.published).toHaveLength(1);
    expect(watched.seen).toHaveLength(moment === 'advance' ? 0 : 1);
    expect((await insightStore.schedule())?.doneUntil).toBe(Date.parse('2026-11-21T00:50:00Z'));
    over.abort();
    await expect(run).rejects.toThrow();
  });

  it('stores nothing with a lease that another process has taken', async () => {
    await runAt('2026-11-20T03:00:00Z');
    rig.now = Date.parse('2026-11-21T00:50:00Z');
    const other = rig.job();
    const slow = new RecordingAnalyzer(async () => {
      rig.now += 31_000;
      await other.run();
    });
    await expect(rig.job({ analyzer: slow }).run()).rejects.toThrow('taken over');
    expect(await letters()).toHaveLength(1);
    expect(rig.published).toHaveLength(1);
  });

  it('writes the letters of other rooms while a partition is unavailable, and those of its rooms when it is back', async () => {
    await rig.addRoom('side');
    await runAt('2026-11-20T03:00:00Z');
    const main = rig.engine.chatLog.of('main');
    let isLost = true;
    const side = faulty<LogPartition>(main, () => (isLost ? unavailable('lost') : undefined));
    const log = { partitions: [main, side], of: (room: string) => (room === 'side' ? side : main) };
    const job = rig.job({ log });
    for (const day of ['20', '21'])
      for (const room of ['main', 'side']) await rig.say(`2026-11-${day}T05:00:00Z`, 'hello', { room });
    await expect(runAt('2026-11-21T00:50:01Z', job)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(runAt('2026-11-22T00:50:01Z', job)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect([(await letters()).length, (await letters('side')).length]).toEqual([2, 0]);
    isLost = false;
    await runAt('2026-11-22T00:51:00Z', job);
    expect(await letters('side')).toEqual(await letters());
    expect((await rig.engine.insightStore.schedule())?.doneUntil).toBe(Date.parse('2026-11-22T00:50:00Z'));
  });

  it('waits until the watermark has passed the end of the window', async () => {
    await runAt('2026-11-20T03:00:00Z');
    rig.now = Date.parse('2026-11-21T00:50:00Z');
    let watermark = rig.now - 1;
    let asked = 0;
    const analyzer = new RecordingAnalyzer();
    const run = rig
      .job({
        analyzer,
        log: onePartition({
          watermark: () => {
            asked++;
            return Promise.resolve(watermark);
          },
        }),
      })
      .run();
    await until(() => asked > 2);
    expect(analyzer.seen).toEqual([]);
    watermark = rig.now;
    await run;
    expect(analyzer.seen).toHaveLength(1);
  });

  it('retries a failing room, skips it after three runs, and does not block other rooms', async () => {
    await rig.addRoom('poison');
    await rig.addRoom('fine');
    await runAt('2026-11-20T03:00:00Z');
    await rig.say('2026-11-20T04:00:00Z', 'a', { room: 'poison' });
    await rig.say('2026-11-20T04:00:00Z', 'b', { room: 'poison' });
    await rig.say('2026-11-20T04:00:00Z', 'c', { room: 'fine' });
    const errors: object[] = [];
    const analyzer = new RecordingAnalyzer(({ room }) => {
      if (room.id === 'poison') throw new TypeError('cannot read this');
    });
    const job = rig.job({ analyzer, logger: { ...silentLogger, error: (fields) => void errors.push(fields) } });
    await runAt('2026-11-21T01:00:00Z', job);
    expect(await letters('fine')).toHaveLength(1);
    expect((await rig.engine.insightStore.schedule())?.doneUntil).toBe(Date.parse('2026-11-20T00:50:00Z'));
    await runAt('2026-11-21T01:01:00Z', job);
    await runAt('2026-11-21T01:02:00Z', job);
    expect(errors).toMatchObject([{ room: 'poison', failures: 3 }]);
    expect((await rig.engine.insightStore.schedule())?.doneUntil).toBe(Date.parse('2026-11-21T00:50:00Z'));
    expect(analyzer.seen.filter((seen) => seen.startsWith('main'))).toHaveLength(1);
  });

  it('stops at an unavailable store and continues with the same window later', async () => {
    await runAt('2026-11-20T03:00:00Z');
    let unavailable = true;
    const analyzer = new RecordingAnalyzer(() => {
      if (unavailable) throw new DomainError('UNAVAILABLE');
    });
    const job = rig.job({ analyzer });
    await expect(runAt('2026-11-21T01:00:00Z', job)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    unavailable = false;
    await runAt('2026-11-21T01:01:00Z', job);
    expect(await letters()).toHaveLength(1);
  });

  it('gives the analyzer the moods and a sample of the seven windows before', async () => {
    for (let day = 10; day < 21; day++) {
      await rig.say(`2026-11-${day}T04:00:00Z`, `message of day ${day}`, { emotions: day % 2 ? JOYFUL : GLOOMY });
    }
    await rig.flush();
    const room = await rig.engine.roomStore.byId('main');
    if (!room) throw new Error('no room');
    const input = await rig
      .job()
      .input(room, { start: Date.parse('2026-11-20T00:50:00Z'), end: Date.parse('2026-11-21T00:50:00Z') });
    expect(input.earlier.map(({ scores }) => scores[0])).toEqual([0.8, 0, 0.8, 0, 0.8, 0, 0.8]);
    const texts: string[] = [];
    for await (const chunk of input.earlierMessages()) texts.push(...chunk.map(({ text }) => text));
    expect(texts.sort()).toEqual([13, 14, 15, 16, 17, 18, 19].map((day) => `message of day ${day}`));
    expect(input.hours).toHaveLength(25);
    expect(input.hours.map(({ messageCount }) => messageCount)[4]).toBe(1);
  });

  it('compares only with windows whose messages the same model read', async () => {
    const room = await rig.engine.roomStore.byId('main');
    if (!room) throw new Error('no room');
    for (const [day, scoredBy] of [
      [17, undefined],
      [18, 1],
      [19, 2],
      [20, 2],
    ] as const) {
      await rig.say(`2026-11-${day}T04:00:00Z`, `message of day ${day}`, { emotions: JOYFUL, scoredBy });
    }
    await rig.flush();
    const window = { start: Date.parse('2026-11-20T00:50:00Z'), end: Date.parse('2026-11-21T00:50:00Z') };
    const written = async () => (await rig.job().input(room, window)).earlier.filter(({ messageCount }) => messageCount > 0);
    expect(await written()).toHaveLength(1);
    await rig.say('2026-11-20T05:00:00Z', 'read by an older process', { scoredBy: 1 });
    expect(await written()).toEqual([]);
  });

  it('marks the earlier windows whose feeling would be that of one person', async () => {
    const room = await rig.engine.roomStore.byId('main');
    if (!room) throw new Error('no room');
    for (const [day, authors] of [
      [18, ['a', 'a', 'a', 'a']],
      [19, ['a', 'b', 'a']],
      [20, ['a']],
    ] as const) {
      for (const [hour, by] of authors.entries()) {
        await rig.say(`2026-11-${day}T0${hour + 3}:00:00Z`, `message ${hour} of day ${day}`, { emotions: JOYFUL, by });
      }
    }
    await rig.flush();
    const window = { start: Date.parse('2026-11-20T00:50:00Z'), end: Date.parse('2026-11-21T00:50:00Z') };
    const { earlier } = await rig.job().input(room, window);
    expect(earlier.slice(0, 2).map(({ withheld }) => withheld)).toEqual([undefined, true]);
  });

  it('stops reading the messages of a window when it is aborted', async () => {
    await rig.say('2026-11-20T04:00:00Z', 'hello there', { emotions: JOYFUL });
    await rig.flush();
    const room = await rig.engine.roomStore.byId('main');
    if (!room) throw new Error('no room');
    const window = { start: Date.parse('2026-11-20T00:50:00Z'), end: Date.parse('2026-11-21T00:50:00Z') };
    const stopping = AbortSignal.abort(new Error('the process is stopping'));
    await expect(rig.job().input(room, window, stopping)).rejects.toThrow('the process is stopping');
  });

  describe('run by hand', () => {
    it('analyses the time since the last window, changes no window and is not stored', async () => {
      await runAt('2026-11-20T03:00:00Z');
      await runAt('2026-11-21T01:00:00Z');
      await rig.say('2026-11-21T02:00:00Z', 'hello there', { emotions: JOYFUL });
      rig.now = Date.parse('2026-11-21T03:00:00Z');
      const insight = await rig.job().analyzeNow('main');
      expect(insight).toMatchObject({ scheduled: false, messageCount: 1, locale: 'en' });
      expect(iso(insight.window.start)).toBe('2026-11-21T00:50:00.000Z');
      expect(insight.window.end).toBe(rig.now);
      expect(await letters()).toHaveLength(1);
      expect((await rig.engine.insightStore.schedule())?.doneUntil).toBe(Date.parse('2026-11-21T00:50:00Z'));
    });

    it('refuses an unknown room', async () => {
      await expect(rig.job().analyzeNow('nowhere')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    it('shares a run between concurrent calls', async () => {
      const analyzer = new RecordingAnalyzer();
      const job = rig.job({ analyzer });
      const [first, second] = await Promise.all([job.analyzeNow('main'), job.analyzeNow('main')]);
      expect(first).toBe(second);
      expect(analyzer.seen).toHaveLength(1);
    });
  });
});
