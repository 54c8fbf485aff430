import { QUESTIONS } from '../../../src/insights/question/choose-question';
import { insight } from '../../contracts/samples';
import { InsightRig, JOYFUL } from '../../support/insight-rig';

const DAY = 24 * 3_600_000;

describe('the questions of a room', () => {
  let rig: InsightRig;
  beforeEach(async () => {
    rig = await InsightRig.open('2026-11-20T03:00:00Z');
    await rig.job().run();
  });
  afterEach(() => rig.close());

  /** Writes the letter of the day that ends at 00:50 UTC of this date. */
  const letterOf = async (date: string) => {
    rig.now = Date.parse(`${date}T00:50:30Z`);
    await rig.job().run();
    const letter = await rig.engine.insightStore.latest('main');
    if (letter?.createdAt !== rig.now) throw new Error('no letter was written');
    return letter;
  };
  const askAt = (at: string, text: string, room = 'main') => {
    rig.now = Date.parse(at);
    return rig.questions.ask(room, text);
  };

  it('has none before the first letter, then that of the newest letter under its id, until somebody asks or the next letter', async () => {
    expect(await rig.questions.current('main')).toBeNull();
    const first = await letterOf('2026-11-21');
    expect(first.question).toBeDefined();
    const current = { id: first.id, room: 'main', text: first.question, askedAt: first.createdAt };
    expect(await rig.questions.current('main')).toEqual(current);
    const asked = await askAt('2026-11-21T05:00:00Z', '점심 뭐 먹었어요?');
    expect(await rig.questions.current('main')).toEqual(asked);
    const next = await letterOf('2026-11-22');
    expect((await rig.questions.current('main'))?.id).toBe(next.id);
  });

  it('finds each of them by its id however old it is, and only in its room', async () => {
    await rig.addRoom('side');
    const asked = await askAt('2026-11-20T05:00:00Z', '점심 뭐 먹었어요?');
    const letter = await letterOf('2026-11-21');
    for (let day = 22; day <= 26; day++) await letterOf(`2026-11-${day}`);
    for (const id of [asked.id, letter.id]) {
      expect(await rig.questions.isQuestion(id, 'main')).toBe(true);
      expect(await rig.questions.isQuestion(id, 'side')).toBe(false);
    }
    await rig.engine.insightStore.put(insight('by hand', 1, { scheduled: false }), 9);
    for (const id of ['by hand', 'unknown', '', 'x'.repeat(9_000)]) {
      expect(await rig.questions.isQuestion(id, 'main')).toBe(false);
    }
  });

  it('knows which stood in a window: those asked in it and the one before', async () => {
    const first = await letterOf('2026-11-21');
    const morning = await askAt('2026-11-21T01:00:00Z', 'a?');
    const noon = await askAt('2026-11-21T04:00:00Z', 'b?');
    await askAt('2026-11-21T05:00:00Z', 'elsewhere?', 'side');
    const second = await letterOf('2026-11-22');
    const { start, end } = second.window;
    const standing = async (from: number, to: number) =>
      [...(await rig.questions.standingIn('main', { start: from, end: to }))].sort();
    // The letter of the day before arrives some seconds after the window has begun.
    expect(await standing(start, end)).toEqual([first.id, morning.id, noon.id].sort());
    expect(await standing(noon.askedAt - 1, noon.askedAt)).toEqual([morning.id]);
    expect(await standing(noon.askedAt, noon.askedAt + 1)).toEqual([noon.id]);
    expect(await standing(end, end + DAY)).toEqual([noon.id, second.id].sort());
    expect(await standing(first.window.start, first.window.end)).toEqual([]);
  });

  it('never asks one twice in 60 days, also over restarts', async () => {
    const texts: string[] = [];
    for (let day = 1; day <= 60; day++) {
      const date = new Date(Date.parse('2026-11-20') + day * DAY).toISOString().slice(0, 10);
      texts.push((await letterOf(date)).question ?? '');
    }
    expect(new Set(texts).size).toBe(60);
    for (const text of texts) expect(QUESTIONS.ko.QUIET.concat(QUESTIONS.ko.MIXED, QUESTIONS.ko.JOY)).toContain(text);
  });

  it('follows the leading feeling and language of the day', async () => {
    await rig.say('2026-11-20T05:00:00Z', 'what a lovely day', { emotions: JOYFUL });
    expect(QUESTIONS.en.JOY).toContain((await letterOf('2026-11-21')).question);
  });
});
