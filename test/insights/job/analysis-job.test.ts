import type { Analysis, AnalysisInput, Analyzer } from '../../../src/insights/analyzer';
import { LocalAnalyzer } from '../../../src/insights/letter/local-analyzer';
import { DomainError } from '../../../src/domain/errors';
import { silentLogger, type Logger } from '../../../src/ports/logger';
import { GLOOMY, InsightRig, JOYFUL } from '../../support/insight-rig';
import { until } from '../../support/until';

const iso = (time: number) => new Date(time).toISOString();
const local = new LocalAnalyzer('test-model');

/** Counts its letters, and does to each what a test asks for. */
class Watched implements Analyzer {
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

  it('begins with the window in which the installation first started', async () => {
    await runAt('2026-11-20T03:00:00Z');
    expect(await letters()).toEqual([]);
    await runAt('2026-11-21T00:50:00Z');
    expect(await letters()).toEqual(['2026-11-20T00:50:00.000Z 2026-11-21T00:50:00.000Z']);
  });

  it('analyses exactly the messages of the window, stored and not stored yet, and announces it', async () => {
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

  it('leaves hidden messages out', async () => {
    await runAt('2026-11-20T03:00:00Z');
    await rig.say('2026-11-20T04:00:00Z', 'stays', { emotions: JOYFUL });
    const gone = await rig.say('2026-11-20T04:00:01Z', 'goes', { by: 'ben', emotions: GLOOMY });
    await rig.flush();
    await rig.engine.chatStore.erase(gone.offset);
    await runAt('2026-11-21T01:00:00Z');
    expect(await rig.engine.insightStore.latest('main')).toMatchObject({ messageCount: 1, participantCount: 1 });
  });

  it('writes main first, empty or not, then rooms with messages, the largest first', async () => {
    for (const room of ['small', 'large', 'silent']) await rig.addRoom(room);
    await runAt('2026-11-20T03:00:00Z');
    await rig.say('2026-11-20T04:00:00Z', 'a', { room: 'small' });
    await rig.say('2026-11-20T04:00:00Z', 'b', { room: 'large' });
    await rig.say('2026-11-20T04:00:00Z', 'c', { room: 'large' });
    const analyzer = new Watched();
    await runAt('2026-11-21T01:00:00Z', rig.job({ analyzer }));
    expect(analyzer.seen).toEqual(['main 2026-11-20', 'large 2026-11-20', 'small 2026-11-20']);
    expect(await rig.engine.insightStore.latest('main')).toMatchObject({ messageCount: 0, participantCount: 0 });
    expect(await letters('silent')).toEqual([]);
  });

  it('makes up for three missed windows in order, and for no window twice', async () => {
    await runAt('2026-11-20T03:00:00Z');
    const analyzer = new Watched();
    await runAt('2026-11-23T03:00:00Z', rig.job({ analyzer }));
    await runAt('2026-11-23T03:01:00Z', rig.job({ analyzer }));
    expect(analyzer.seen).toEqual(['main 2026-11-20', 'main 2026-11-21', 'main 2026-11-22']);
    expect(await letters()).toHaveLength(3);
  });

  it('makes up for the newest windows only when too many were missed, and logs the gap', async () => {
    await runAt('2026-11-01T03:00:00Z');
    const warned: object[] = [];
    const logger: Logger = { ...silentLogger, warn: (fields) => void warned.push(fields) };
    const analyzer = new Watched();
    await runAt('2026-11-20T03:00:00Z', rig.job({ analyzer, logger, catchUp: 2 }));
    expect(analyzer.seen).toEqual(['main 2026-11-18', 'main 2026-11-19']);
    expect(warned).toMatchObject([{ from: new Date('2026-11-01T00:50:00Z'), to: new Date('2026-11-18T00:50:00Z') }]);
  });

  it('goes on where the last window ended when the schedule was changed', async () => {
    await runAt('2026-11-20T03:00:00Z');
    await runAt('2026-11-21T03:00:00Z');
    await runAt('2026-11-21T12:00:00Z', rig.job({ cron: '0 18 * * *' }));
    expect(await letters()).toEqual([
      '2026-11-21T00:50:00.000Z 2026-11-21T09:00:00.000Z',
      '2026-11-20T00:50:00.000Z 2026-11-21T00:50:00.000Z',
    ]);
  });

  it('stores one result when three processes fire at once', async () => {
    await runAt('2026-11-20T03:00:00Z');
    rig.now = Date.parse('2026-11-21T00:50:00Z');
    const analyzer = new Watched();
    await Promise.all([1, 2, 3].map(() => rig.job({ analyzer }).run()));
    expect(analyzer.seen).toEqual(['main 2026-11-20']);
    expect(rig.published).toHaveLength(1);
  });

  it.each([
    ['while the letter is being written', 'analyze'],
    ['between the answer and storing it', 'put'],
    ['between storing it and noting that', 'advance'],
  ] as const)('is taken over when the process dies %s, and there is one result', async (_, moment) => {
    await runAt('2026-11-20T03:00:00Z');
    await rig.say('2026-11-20T04:00:00Z', 'hello');
    rig.now = Date.parse('2026-11-21T00:50:00Z');
    // What a dead process does next: nothing, until the test is over.
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
      analyzer: new Watched(() => (moment === 'analyze' ? die() : undefined)),
      insights: {
        byId: (id) => insightStore.byId(id),
        latest: (room) => insightStore.latest(room),
        page: (room, before, limit) => insightStore.page(room, before, limit),
        schedule: () => insightStore.schedule(),
        put: (insight, fence) => (moment === 'put' ? die() : insightStore.put(insight, fence)),
        advance: (state, fence) => (moment === 'advance' ? die() : insightStore.advance(state, fence)),
      },
    });
    const run = dying.run(undefined, over.signal);
    await until(() => dead);
    const watched = new Watched();
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

  it('does not store under a lease that another process has taken meanwhile', async () => {
    await runAt('2026-11-20T03:00:00Z');
    rig.now = Date.parse('2026-11-21T00:50:00Z');
    const other = rig.job();
    const slow = new Watched(async () => {
      rig.now += 31_000;
      await other.run();
    });
    await expect(rig.job({ analyzer: slow }).run()).rejects.toThrow('taken over');
    expect(await letters()).toHaveLength(1);
    expect(rig.published).toHaveLength(1);
  });

  it('waits until every append of the window is durable', async () => {
    await runAt('2026-11-20T03:00:00Z');
    rig.now = Date.parse('2026-11-21T00:50:00Z');
    let settled = rig.now - 1;
    let asked = 0;
    const analyzer = new Watched();
    const run = rig
      .job({
        analyzer,
        log: {
          watermark: () => {
            asked++;
            return Promise.resolve(settled);
          },
        },
      })
      .run();
    await until(() => asked > 2);
    expect(analyzer.seen).toEqual([]);
    settled = rig.now;
    await run;
    expect(analyzer.seen).toHaveLength(1);
  });

  it('tries a room that fails again, gives it up after three runs, and holds up no other', async () => {
    await rig.addRoom('poison');
    await rig.addRoom('fine');
    await runAt('2026-11-20T03:00:00Z');
    await rig.say('2026-11-20T04:00:00Z', 'a', { room: 'poison' });
    await rig.say('2026-11-20T04:00:00Z', 'b', { room: 'poison' });
    await rig.say('2026-11-20T04:00:00Z', 'c', { room: 'fine' });
    const errors: object[] = [];
    const analyzer = new Watched(({ room }) => {
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

  it('stops at a store that is away and goes on with the same window later', async () => {
    await runAt('2026-11-20T03:00:00Z');
    let away = true;
    const analyzer = new Watched(() => {
      if (away) throw new DomainError('UNAVAILABLE');
    });
    const job = rig.job({ analyzer });
    await expect(runAt('2026-11-21T01:00:00Z', job)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    away = false;
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

  describe('by hand', () => {
    it('analyses the time since the last window, moves no window and is listed nowhere', async () => {
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

    it('knows no unknown room', async () => {
      await expect(rig.job().analyzeNow('nowhere')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    it('shares a run between calls at one time', async () => {
      const analyzer = new Watched();
      const job = rig.job({ analyzer });
      const [first, second] = await Promise.all([job.analyzeNow('main'), job.analyzeNow('main')]);
      expect(first).toBe(second);
      expect(analyzer.seen).toHaveLength(1);
    });
  });
});
