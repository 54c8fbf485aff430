import { EMPATHIES, NO_EMPATHIES } from '../../src/domain/empathy';
import type { EmpathyStore } from '../../src/ports/empathy-store';
import { eachTest, type MakeSubject, type Subject } from './subject';

export interface EmpathyStoreSubject extends Subject<EmpathyStore> {
  /** A store of another process on the same storage; the same store where one process has it for itself. */
  another(): Promise<EmpathyStore>;
}

/** More persons than fit into one document of MongoDB. */
const CROWD = 400;
const person = (number: number): string => `person-${number}`;

export function empathyStoreContract(name: string, make: MakeSubject<EmpathyStore, EmpathyStoreSubject>): void {
  describe(`${name} as an EmpathyStore`, () => {
    const subject = eachTest(make);
    const store = () => subject().port;

    test('a person has at most one empathy for a message, which can be replaced and removed', async () => {
      expect(await store().set('c1', 'u1', 'HUG')).toEqual({ changed: true, counts: [0, 1, 0] });
      expect(await store().set('c1', 'u1', 'HUG')).toEqual({ changed: false, counts: [0, 1, 0] });
      expect(await store().set('c1', 'u1', 'CHEER')).toEqual({ changed: true, counts: [0, 0, 1] });
      expect(await store().set('c1', 'u2', 'ME_TOO')).toEqual({ changed: true, counts: [1, 0, 1] });
      expect(await store().set('c1', 'u1', null)).toEqual({ changed: true, counts: [1, 0, 0] });
      expect(await store().set('c1', 'u1', null)).toEqual({ changed: false, counts: [1, 0, 0] });
      expect(await store().set('c2', 'u1', null)).toEqual({ changed: false, counts: NO_EMPATHIES });
    });

    test('counts, own empathies and presses are answered for many messages, and survive a restart', async () => {
      await store().set('c1', 'u1', 'HUG');
      await store().set('c1', 'u2', 'HUG');
      await store().set('c2', 'u1', 'CHEER');
      await store().set('c3', 'u1', 'CHEER');
      await store().set('c3', 'u1', null);
      const ids = ['c3', 'c2', 'unknown', 'c1'];
      const check = async (port: EmpathyStore): Promise<void> => {
        expect(entries(await port.counts(ids))).toEqual([
          ['c1', [0, 2, 0]],
          ['c2', [0, 0, 1]],
        ]);
        expect(entries(await port.of('u1', ids))).toEqual([
          ['c1', 'HUG'],
          ['c2', 'CHEER'],
        ]);
        expect(entries(await port.of('u2', ids))).toEqual([['c1', 'HUG']]);
        const presses = await port.presses(ids);
        expect([...presses.keys()].sort()).toEqual(['c1', 'c2']);
        expect([...(presses.get('c1') ?? [])].sort((a, b) => a.userId.localeCompare(b.userId))).toEqual([
          { userId: 'u1', empathy: 'HUG' },
          { userId: 'u2', empathy: 'HUG' },
        ]);
      };
      expect([await store().counts([]), await store().of('u1', [])]).toEqual([new Map(), new Map()]);
      await check(store());
      await check(await subject().reopen());
    });

    test('of different empathies that one person presses at once, one counts', async () => {
      const other = await subject().another();
      const kinds = Array.from({ length: 30 }, (_, i) => [...EMPATHIES, null][i % 4] ?? null);
      await Promise.all(kinds.map((kind, i) => (i % 2 === 0 ? store() : other).set('c1', 'u1', kind)));
      const own = (await store().of('u1', ['c1'])).get('c1');
      const counts = (await store().counts(['c1'])).get('c1') ?? NO_EMPATHIES;
      expect(counts).toEqual(EMPATHIES.map((kind) => Number(kind === own)));
    });

    test('a crowd that presses through two processes is counted exactly, also when everybody presses again', async () => {
      const other = await subject().another();
      const pressAll = (kindOf: (number: number) => number): Promise<unknown> =>
        Promise.all(
          Array.from({ length: CROWD }, (_, i) => {
            const kind = EMPATHIES[kindOf(i)] ?? null;
            return (i % 2 === 0 ? store() : other).set('c1', person(i), kind);
          }),
        );
      await pressAll((i) => i % 3);
      expect((await store().counts(['c1'])).get('c1')).toEqual([134, 133, 133]);
      await pressAll((i) => i % 3);
      expect((await other.counts(['c1'])).get('c1')).toEqual([134, 133, 133]);
      // Everybody changes, and every fourth takes the empathy away.
      await pressAll((i) => (i % 4 === 0 ? -1 : 1));
      expect((await store().counts(['c1'])).get('c1')).toEqual([0, 300, 0]);
      expect((await store().of(person(CROWD - 1), ['c1'])).get('c1')).toBe('HUG');
      expect((await store().presses(['c1'])).get('c1')).toHaveLength(300);
      // Through the other process, so that no person is counted in two places.
      await Promise.all(Array.from({ length: CROWD }, (_, i) => (i % 2 === 0 ? other : store()).set('c1', person(i), 'CHEER')));
      expect((await store().counts(['c1'])).get('c1')).toEqual([0, 0, CROWD]);
      await store().removeNote('c1');
      expect([await store().counts(['c1']), await store().of(person(5), ['c1'])]).toEqual([new Map(), new Map()]);
    });

    test('the empathies of a message are removed with it, and those of other messages stay', async () => {
      await store().set('c1', 'u1', 'HUG');
      await store().set('c1', 'u2', 'CHEER');
      await store().set('c10', 'u1', 'HUG');
      await store().removeNote('c1');
      await store().removeNote('c1');
      expect(await store().counts(['c1', 'c10'])).toEqual(new Map([['c10', [0, 1, 0]]]));
      expect(await store().of('u1', ['c1', 'c10'])).toEqual(new Map([['c10', 'HUG']]));
      expect(await store().removeUser('u2', 10)).toEqual([]);
    });

    test('the empathies of a person are removed page by page', async () => {
      for (const chatId of ['c1', 'c2', 'c3']) await store().set(chatId, 'u1', 'HUG');
      await store().set('c2', 'u2', 'HUG');
      await store().set('c3', 'u10', 'CHEER');
      const removed = [await store().removeUser('u1', 2), await store().removeUser('u1', 2)];
      expect(removed.map((page) => page.length)).toEqual([2, 1]);
      expect(removed.flat().sort()).toEqual(['c1', 'c2', 'c3']);
      expect(await store().removeUser('u1', 2)).toEqual([]);
      expect(entries(await store().counts(['c1', 'c2', 'c3']))).toEqual([
        ['c2', [0, 1, 0]],
        ['c3', [0, 0, 1]],
      ]);
    });
  });
}

const entries = <T>(map: ReadonlyMap<string, T>): [string, T][] => [...map].sort(([a], [b]) => a.localeCompare(b));
