import type { FeelingChangeStore, PendingFeeling } from '../../src/ports/feeling-change-store';
import { eachTest, type MakeSubject } from './subject';

const change = (chatId: string, at: number, rest: Partial<PendingFeeling> = {}): PendingFeeling => ({
  ...{ chatId, feeling: 'HOPE', revision: 1, at },
  ...rest,
});

export function feelingChangeStoreContract(name: string, make: MakeSubject<FeelingChangeStore>): void {
  describe(`${name} as a FeelingChangeStore`, () => {
    const subject = eachTest(make);
    const store = () => subject().port;

    test('lists pending changes, oldest first, also after a restart', async () => {
      expect(await store().begin(change('b', 2))).toBeUndefined();
      expect(await store().begin(change('a', 3, { feeling: null }))).toBeUndefined();
      expect(await store().begin(change('c', 1))).toBeUndefined();
      expect(await store().pending(2)).toEqual([change('c', 1), change('b', 2)]);
      expect(await (await subject().reopen()).pending(9)).toEqual([
        change('c', 1),
        change('b', 2),
        change('a', 3, { feeling: null }),
      ]);
    });

    test('answers the pending change of a message and records no other', async () => {
      await store().begin(change('a', 1));
      expect(await store().begin(change('a', 2, { feeling: 'JOY' }))).toEqual(change('a', 1));
      expect(await store().pending(9)).toEqual([change('a', 1)]);
    });

    test('of concurrent changes of one message one is recorded', async () => {
      const begun = await Promise.all([1, 2, 3, 4].map((at) => store().begin(change('a', at))));
      expect(begun.filter((known) => known === undefined)).toHaveLength(1);
      expect(await store().pending(9)).toHaveLength(1);
    });

    test('ends only the revision that is pending', async () => {
      await store().begin(change('a', 1, { revision: 2 }));
      await store().end({ chatId: 'a', revision: 1 });
      await store().end({ chatId: 'b', revision: 2 });
      expect(await store().pending(9)).toHaveLength(1);
      await store().end({ chatId: 'a', revision: 2 });
      expect(await store().pending(9)).toEqual([]);
      expect(await store().begin(change('a', 3))).toBeUndefined();
    });
  });
}
