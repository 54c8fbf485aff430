import type { InsightStore } from '../../src/ports/insight-store';
import { insight, NOON } from './samples';
import { eachTest, type MakeSubject } from './subject';

export function insightStoreContract(name: string, make: MakeSubject<InsightStore>): void {
  describe(`${name} as an InsightStore`, () => {
    const subject = eachTest(make);
    const store = () => subject().port;
    const end = (day: number) => insight('any', day).window.end;

    test('an insight is read as it was stored', async () => {
      const first = insight('main:1', 1);
      const other = insight('x', 1, {
        room: 'side',
        locale: 'en',
        scheduled: false,
        source: 'OPENAI',
        model: 'gpt-4o-mini',
        topics: [],
      });
      expect(await store().put(first, 1)).toBe('stored');
      expect(await store().put(other, 1)).toBe('stored');
      expect(await store().byId('main:1')).toEqual(first);
      expect(await store().byId('x')).toEqual(other);
      expect(await store().byId('y')).toBeUndefined();
    });

    test('an id is stored once', async () => {
      await store().put(insight('main:1', 1), 1);
      expect(await store().put(insight('main:1', 1, { letter: 'another' }), 2)).toBe('exists');
      expect(await store().byId('main:1')).toEqual(insight('main:1', 1));
    });

    test('of several concurrent puts of one id, one is stored', async () => {
      const outcomes = await Promise.all(['a', 'b', 'c'].map((letter) => store().put(insight('main:1', 1, { letter }), 1)));
      expect(outcomes.sort()).toEqual(['exists', 'exists', 'stored']);
    });

    test('a put with an older fence stores nothing', async () => {
      expect(await store().put(insight('main:1', 1), 5)).toBe('stored');
      expect(await store().put(insight('main:2', 2), 4)).toBe('fenced');
      expect(await store().byId('main:2')).toBeUndefined();
      expect(await store().put(insight('main:2', 2), 5)).toBe('stored');
    });

    test('latest returns the scheduled insight of the room with the latest window', async () => {
      expect(await store().latest('main')).toBeUndefined();
      await store().put(insight('main:2', 2), 1);
      await store().put(insight('main:1', 1), 1);
      await store().put(insight('by-hand', 3, { scheduled: false }), 1);
      await store().put(insight('side:4', 4, { room: 'side' }), 1);
      expect((await store().latest('main'))?.id).toBe('main:2');
    });

    test('the insights of a room are removed together', async () => {
      for (const day of [1, 2]) await store().put(insight(`main:${day}`, day), 1);
      await store().put(insight('side:1', 1, { room: 'side' }), 1);
      await store().removeRoom('main');
      expect(await store().byId('main:1')).toBeUndefined();
      expect(await store().page('main', undefined, 10)).toEqual([]);
      expect((await store().latest('side'))?.id).toBe('side:1');
    });

    test('page reads back from a window end, newest first, without unscheduled insights', async () => {
      for (const day of [1, 2, 3, 4, 5]) await store().put(insight(`main:${day}`, day), 1);
      await store().put(insight('by-hand', 3, { scheduled: false }), 1);
      await store().put(insight('side:3', 3, { room: 'side' }), 1);
      const page = async (before: number | undefined, limit: number) =>
        (await store().page('main', before, limit)).map(({ id }) => id);
      expect(await page(undefined, 2)).toEqual(['main:5', 'main:4']);
      expect(await page(end(4), 2)).toEqual(['main:3', 'main:2']);
      expect(await page(end(2), 10)).toEqual(['main:1']);
      expect(await page(end(1), 10)).toEqual([]);
    });

    test('the schedule only moves forward, and only with the newest fence', async () => {
      expect(await store().schedule()).toBeUndefined();
      expect(await store().advance({ doneUntil: NOON }, 3)).toBe(true);
      expect(await store().advance({ doneUntil: NOON - 1 }, 3)).toBe(false);
      expect(await store().advance({ doneUntil: NOON + 1 }, 2)).toBe(false);
      expect(await store().schedule()).toEqual({ doneUntil: NOON });
      expect(await store().advance({ doneUntil: NOON + 1 }, 4)).toBe(true);
      expect(await store().schedule()).toEqual({ doneUntil: NOON + 1 });
    });

    test('put and advance share one fence', async () => {
      await store().put(insight('main:1', 1), 7);
      expect(await store().advance({ doneUntil: NOON }, 6)).toBe(false);
      expect(await store().advance({ doneUntil: NOON }, 8)).toBe(true);
      expect(await store().put(insight('main:2', 2), 7)).toBe('fenced');
    });

    test('all data survive a restart', async () => {
      await store().put(insight('main:1', 1), 7);
      await store().advance({ doneUntil: NOON }, 7);
      const reopened = await subject().reopen();
      expect(await reopened.latest('main')).toEqual(insight('main:1', 1));
      expect(await reopened.schedule()).toEqual({ doneUntil: NOON });
      expect(await reopened.put(insight('main:2', 2), 6)).toBe('fenced');
    });
  });
}
