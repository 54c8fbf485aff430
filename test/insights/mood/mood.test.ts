import { MoodService, dominantOf } from '../../../src/insights/mood/mood';
import { GLOOMY, InsightRig, JOYFUL, NEUTRAL } from '../../support/insight-rig';
import type { MoodBucket } from '../../../src/domain/mood-bucket';

const at = (iso: string) => Date.parse(iso);
const iso = (time: number) => new Date(time).toISOString();

describe('the mood of a room', () => {
  let rig: InsightRig;
  beforeEach(async () => {
    rig = await InsightRig.open('2026-11-20T03:00:00Z');
  });
  afterEach(() => rig.close());

  it('is the mean over whole minutes up to the current one', async () => {
    await rig.say('2026-11-20T03:00:59.999Z', 'too early', { emotions: GLOOMY });
    await rig.say('2026-11-20T03:01:00Z', 'in', { emotions: JOYFUL });
    await rig.say('2026-11-20T03:02:30Z', 'in', { emotions: NEUTRAL });
    const mood = await rig.mood.mood('main', 2);
    expect(mood).toEqual({
      room: 'main',
      window: { start: at('2026-11-20T03:01:00Z'), end: at('2026-11-20T03:03:00Z') },
      messageCount: 2,
      scores: [0.4, 0.05, 0, 0, 0, 0, 0, 0],
      dominant: 'JOY',
      valence: 0.45,
      saidShare: 0,
    });
  });

  it('counts a message once while it is both in the store and in the backlog', async () => {
    await rig.say('2026-11-20T03:00:10Z', 'one', { emotions: JOYFUL });
    await rig.say('2026-11-20T03:00:20Z', 'two', { emotions: JOYFUL });
    expect((await rig.mood.mood('main', 5)).messageCount).toBe(2);
    await rig.flush(false);
    expect((await rig.mood.mood('main', 5)).messageCount).toBe(2);
    await rig.say('2026-11-20T03:00:30Z', 'three', { emotions: JOYFUL });
    expect((await rig.mood.mood('main', 5)).messageCount).toBe(3);
    expect((await rig.mood.timeline('main', at('2026-11-20T03:00:00Z'), rig.now, 'HOUR'))[0]?.messageCount).toBe(3);
    await rig.flush();
    expect((await rig.mood.mood('main', 5)).messageCount).toBe(3);
  });

  it('keeps rooms apart', async () => {
    await rig.say('2026-11-20T03:00:10Z', 'here', { emotions: JOYFUL });
    await rig.say('2026-11-20T03:00:20Z', 'there', { room: 'other', emotions: GLOOMY });
    expect((await rig.mood.mood('other', 1)).dominant).toBe('SADNESS');
    expect((await rig.mood.mood('empty', 1)).messageCount).toBe(0);
  });

  it('is zero without a dominant emotion for a window without messages', async () => {
    expect(await rig.mood.mood('main', 60)).toMatchObject({ messageCount: 0, scores: NEUTRAL, dominant: null, valence: 0 });
  });

  it('accepts 1 to 10,080 minutes', async () => {
    for (const minutes of [0, 10_081, 1.5, NaN]) {
      await expect(rig.mood.mood('main', minutes)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', field: 'minutes' });
    }
    await rig.say('2026-11-20T03:00:10Z', 'first', { emotions: JOYFUL });
    await rig.flush();
    rig.now = at('2026-11-27T02:59:00Z');
    expect((await rig.mood.mood('main', 1)).messageCount).toBe(0);
    expect((await rig.mood.mood('main', 10_080)).messageCount).toBe(1);
  });

  it('has a dominant emotion only if one exceeds the others', () => {
    expect(dominantOf([0.3, 0.29, 0, 0, 0, 0, 0, 0])).toBeNull();
    expect(dominantOf([0.3, 0.2, 0, 0, 0, 0, 0, 0])).toBe('JOY');
    expect(dominantOf([0.04, 0, 0, 0, 0, 0, 0, 0])).toBeNull();
  });
});

describe('the timeline', () => {
  let rig: InsightRig;
  beforeEach(async () => {
    rig = await InsightRig.open('2026-11-20T00:00:00Z');
  });
  afterEach(() => rig.close());

  it('has one mood per hour, empty hours included, with from and to widened to whole hours', async () => {
    await rig.say('2026-11-20T01:10:00Z', 'a', { emotions: JOYFUL });
    await rig.flush();
    await rig.say('2026-11-20T03:59:59.999Z', 'b', { emotions: GLOOMY });
    const moods = await rig.mood.timeline('main', at('2026-11-20T01:59:00Z'), at('2026-11-20T03:00:00.001Z'), 'HOUR');
    expect(moods.map(({ window, messageCount }) => [iso(window.start), messageCount])).toEqual([
      ['2026-11-20T01:00:00.000Z', 1],
      ['2026-11-20T02:00:00.000Z', 0],
      ['2026-11-20T03:00:00.000Z', 1],
    ]);
  });

  it('has days of the zone, also with half-hour offsets and changes of the clocks', async () => {
    const kolkata = new MoodService({ store: rig.engine.moodStore, tail: rig.tail, clock: rig.clock, timeZone: 'Asia/Kolkata' });
    await rig.say('2026-11-20T18:29:59Z', 'still the 20th', { emotions: JOYFUL });
    await rig.say('2026-11-20T18:30:00Z', 'the 21st', { emotions: JOYFUL });
    await rig.flush();
    await rig.say('2026-11-20T18:31:00Z', 'the 21st too', { emotions: JOYFUL });
    const days = await kolkata.timeline('main', at('2026-11-20T12:00:00Z'), at('2026-11-21T12:00:00Z'), 'DAY');
    expect(days.map(({ window, messageCount }) => [iso(window.start), messageCount])).toEqual([
      ['2026-11-19T18:30:00.000Z', 1],
      ['2026-11-20T18:30:00.000Z', 2],
    ]);
    const newYork = new MoodService({
      store: rig.engine.moodStore,
      tail: rig.tail,
      clock: rig.clock,
      timeZone: 'America/New_York',
    });
    const spring = await newYork.timeline('main', at('2026-03-07T12:00:00Z'), at('2026-03-09T12:00:00Z'), 'DAY');
    expect(spring.map(({ window }) => (window.end - window.start) / 3_600_000)).toEqual([24, 23, 24]);
    const beirut = new MoodService({ store: rig.engine.moodStore, tail: rig.tail, clock: rig.clock, timeZone: 'Asia/Beirut' });
    const noMidnight = await beirut.timeline('main', at('2026-03-28T12:00:00Z'), at('2026-03-29T12:00:00Z'), 'DAY');
    expect(noMidnight.map(({ window }) => iso(window.start))).toEqual(['2026-03-27T22:00:00.000Z', '2026-03-28T22:00:00.000Z']);
  });

  it('accepts up to 2,400 buckets', async () => {
    const from = at('2026-01-01T00:00:00Z');
    expect(await rig.mood.timeline('main', from, from + 2_400 * 3_600_000, 'HOUR')).toHaveLength(2_400);
    const beyond = rig.mood.timeline('main', from, from + 2_400 * 3_600_000 + 1, 'HOUR');
    await expect(beyond).rejects.toMatchObject({ code: 'BAD_USER_INPUT', field: 'to' });
  });

  it('refuses a from that is not before to, and times out of range', async () => {
    await expect(rig.mood.timeline('main', 5, 5, 'DAY')).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(rig.mood.timeline('main', 6, 5, 'HOUR')).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(rig.mood.timeline('main', NaN, 5, 'HOUR')).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(rig.mood.timeline('main', 0, 8.64e15, 'DAY')).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('counts a message once if it moves from the tail to the store between the two reads', async () => {
    await rig.say('2026-11-20T01:10:00Z', 'a', { emotions: JOYFUL });
    const store = rig.engine.moodStore;
    const slow = {
      add: () => Promise.resolve(),
      correct: () => Promise.resolve(),
      removeRoom: () => Promise.resolve(),
      minutes: (room: string, window: { start: number; end: number }): Promise<readonly MoodBucket[]> =>
        store.minutes(room, window),
      hours: async (room: string, window: { start: number; end: number }) => {
        await rig.flush();
        return store.hours(room, window);
      },
    };
    const mood = new MoodService({ store: slow, tail: rig.tail, clock: rig.clock, timeZone: 'UTC' });
    const [hour] = await mood.timeline('main', at('2026-11-20T01:00:00Z'), at('2026-11-20T02:00:00Z'), 'HOUR');
    expect(hour?.messageCount).toBe(1);
  });
});
