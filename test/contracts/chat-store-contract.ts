import { toTombstone } from '../../src/domain/chat';
import type { ChatStore, OffsetRange } from '../../src/ports/chat-store';
import { chat, chats, NOON, offsets } from './samples';
import { eachTest, type MakeSubject } from './subject';

/** Offsets of a partition. */
const BAND = 2 ** 40;

export function chatStoreContract(name: string, make: MakeSubject<ChatStore>): void {
  describe(`${name} as a ChatStore`, () => {
    const subject = eachTest(make);
    const store = () => subject().port;
    const inRooms = (offset: number) => ({ room: offset % 2 ? 'main' : 'side', authorId: `author-${offset % 3}` });

    test('an empty store returns nothing', async () => {
      expect(await store().highestOffset()).toBe(0);
      expect(await store().byId('id-1')).toBeUndefined();
      expect(await store().byRoom('main', {}, 10, 'newest-first')).toEqual([]);
      expect(await store().byAuthor('author-1', [{}], 0, 10)).toEqual([]);
      expect(await store().countByAuthor('author-1', [{}])).toBe(0);
      expect(await store().countByRoom('main', {}, 10)).toBe(0);
      expect(await store().insertBatch([])).toEqual([]);
      await store().erase(1);
    });

    test('a chat is read as it was stored', async () => {
      const said = { feeling: 'JOY', answers: 'main:1767225000000' } as const;
      const whole = chat(1, { ...said, text: '한글 🌿\n"quoted" __proto__ \u2028', emotions: [100, 0, 1, 99, 50, 7, 0, 12] });
      const plain = chat(2, { dominant: null, emotions: [0, 0, 0, 0, 0, 0, 0, 0] });
      expect(await store().insertBatch([whole, plain, toTombstone(chat(3))])).toEqual([]);
      expect(await store().byId('id-1')).toEqual(whole);
      expect(await store().byRoom('main', {}, 10, 'oldest-first')).toEqual([whole, plain, toTombstone(chat(3))]);
      expect(await store().highestOffset()).toBe(3);
    });

    test('a batch that is inserted again, whole or in part, stores each chat once', async () => {
      await store().insertBatch(chats(1, 5));
      expect(await store().insertBatch(chats(3, 8))).toEqual([]);
      expect(offsets(await store().byRoom('main', {}, 100, 'oldest-first'))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      expect(await store().countByAuthor('author-1', [{}])).toBe(8);
    });

    test('a batch inserted twice concurrently is stored once', async () => {
      await Promise.all([store().insertBatch(chats(1, 50)), store().insertBatch(chats(1, 50))]);
      expect(await store().countByRoom('main', {}, 1000)).toBe(50);
      expect(await store().countByAuthor('author-1', [{}])).toBe(50);
    });

    test('a batch of 2,500 chats is stored completely', async () => {
      expect(await store().insertBatch(chats(1, 2_500))).toEqual([]);
      expect(await store().countByRoom('main', {}, 10_000)).toBe(2_500);
      expect(await store().highestOffset()).toBe(2_500);
    });

    test('a chat whose id is stored with another offset is rejected, and the others are stored', async () => {
      await store().insertBatch([chat(1)]);
      const moved = chat(2, { id: 'id-1' });
      expect(await store().insertBatch([moved, chat(3)])).toEqual([{ chat: moved, reason: 'offset mismatch' }]);
      expect(await store().byId('id-1')).toEqual(chat(1));
      expect(await store().byId('id-3')).toEqual(chat(3));
    });

    test('a dead letter is found by every read, and counted', async () => {
      await store().insertBatch([chat(1), chat(3)]);
      await store().addDeadLetter(chat(2), 'document too large');
      await store().addDeadLetter(chat(2), 'document too large');
      expect(await store().deadLetterCount()).toBe(1);
      expect(await store().byId('id-2')).toEqual(chat(2));
      const byIds = await store().byIds(['id-3', 'unknown', 'id-1', 'id-2']);
      expect([...byIds].sort((a, b) => a.offset - b.offset)).toEqual([chat(1), chat(2), chat(3)]);
      expect(await store().byIds([])).toEqual([]);
      expect(offsets(await store().byRoom('main', {}, 10, 'oldest-first'))).toEqual([1, 2, 3]);
      expect(offsets(await store().byRoom('main', { before: 3 }, 1, 'newest-first'))).toEqual([2]);
      expect(offsets(await store().byAuthor('author-1', [{ before: 4 }], 1, 10))).toEqual([2, 1]);
      expect(await store().countByAuthor('author-1', [{ before: 3 }])).toBe(2);
      expect(await store().countByRoom('main', { after: 1 }, 10)).toBe(2);
    });

    test('the highest offset includes dead letters', async () => {
      await store().insertBatch([chat(1)]);
      await store().addDeadLetter(chat(9), 'refused');
      expect(await store().highestOffset()).toBe(9);
    });

    test('byRoom reads one room in both directions with exclusive ends', async () => {
      await store().insertBatch(chats(1, 12, inRooms));
      const read = async (...args: Parameters<ChatStore['byRoom']>) => offsets(await store().byRoom(...args));
      expect(await read('main', {}, 100, 'newest-first')).toEqual([11, 9, 7, 5, 3, 1]);
      expect(await read('main', {}, 2, 'newest-first')).toEqual([11, 9]);
      expect(await read('main', { before: 9 }, 2, 'newest-first')).toEqual([7, 5]);
      expect(await read('main', { after: 3, before: 9 }, 100, 'newest-first')).toEqual([7, 5]);
      expect(await read('main', { after: 3 }, 2, 'oldest-first')).toEqual([5, 7]);
      expect(await read('main', { after: 3, before: 9 }, 100, 'oldest-first')).toEqual([5, 7]);
      expect(await read('side', { after: 0, before: Infinity }, 100, 'oldest-first')).toEqual([2, 4, 6, 8, 10, 12]);
      expect(await read('main', { after: 5, before: 6 }, 100, 'oldest-first')).toEqual([]);
      expect(await read('main', { after: 9, before: 3 }, 100, 'oldest-first')).toEqual([]);
      expect(await read('mai', {}, 100, 'oldest-first')).toEqual([]);
    });

    test('byAuthor pages from the newest chat up to an offset', async () => {
      await store().insertBatch(chats(1, 12, inRooms));
      const read = async (...args: Parameters<ChatStore['byAuthor']>) => offsets(await store().byAuthor(...args));
      expect(await read('author-1', [{ before: 13 }], 0, 10)).toEqual([10, 7, 4, 1]);
      expect(await read('author-1', [{ before: 13 }], 1, 2)).toEqual([7, 4]);
      expect(await read('author-1', [{ before: 13 }], 3, 2)).toEqual([1]);
      expect(await read('author-1', [{ before: 13 }], 4, 2)).toEqual([]);
      expect(await read('author-1', [{ before: 8 }], 0, 2)).toEqual([7, 4]);
      expect(await read('author-1', [{ before: 7 }], 1, 2)).toEqual([1]);
      expect(await read('author-1', [{ before: 1 }], 0, 2)).toEqual([]);
    });

    test('chats of an author in several ranges, whose offsets are not in the order of time, are paged newest first', async () => {
      // Of three partitions: rooms are written in at the same time.
      const sent = [2, 5, 9, 10, 1, 3, 6, 11, 4, 7, 8, 12];
      const bands = [0, 3, 15].map((number) => number * BAND);
      const all = sent.map((time, i) =>
        chat((bands[i >> 2] ?? 0) + i + 1, { sentAt: NOON + time * 1000, authorId: i % 6 === 5 ? 'other' : 'author-1' }),
      );
      await store().insertBatch(all);
      const read = async (...args: Parameters<ChatStore['byAuthor']>) => offsets(await store().byAuthor(...args));
      const newestFirst = (ranges: readonly OffsetRange[]) =>
        all
          .filter(({ authorId }) => authorId === 'author-1')
          .filter(({ offset }) => ranges.some(({ after = 0, before = Infinity }) => offset > after && offset < before))
          .sort((a, b) => b.sentAt - a.sentAt);
      for (const ranges of [
        [{}],
        [{ before: 15 * BAND + 10 }],
        [{ after: 15 * BAND }, { before: BAND }, { after: 3 * BAND + 4, before: 3 * BAND + 7 }],
        [{ after: 2, before: 2 }, { before: 3 }],
        [{ after: 20 * BAND }],
        [],
      ] satisfies OffsetRange[][]) {
        const expected = newestFirst(ranges);
        expect(await store().countByAuthor('author-1', ranges)).toBe(expected.length);
        for (const [skip, limit] of [
          [0, 20],
          [0, 3],
          [3, 3],
          [6, 5],
        ] as const) {
          expect(await read('author-1', ranges, skip, limit)).toEqual(offsets(expected.slice(skip, skip + limit)));
        }
      }
    });

    test('chats of an author that were sent in the same millisecond are in the order of their offsets', async () => {
      await store().insertBatch([1, 2, BAND + 1, BAND + 2].map((offset) => chat(offset, { sentAt: NOON })));
      expect(offsets(await store().byAuthor('author-1', [{}], 0, 9))).toEqual([BAND + 2, BAND + 1, 2, 1]);
    });

    test('many chats of an author in two bands are merged completely', async () => {
      const inBand = (base: number, late: number) =>
        chats(1, 250).map((one) => ({
          ...one,
          id: `${base}-${one.offset}`,
          offset: base + one.offset,
          sentAt: one.sentAt + late,
        }));
      const all = [...inBand(0, 0), ...inBand(BAND, 500)];
      await store().insertBatch(all);
      const pages = [0, 150, 300, 450].map((skip) => store().byAuthor('author-1', [{}], skip, 150));
      expect((await Promise.all(pages)).flat()).toEqual(all.sort((a, b) => b.sentAt - a.sentAt));
    });

    test('the highest offset and the chats of a band are those within its range', async () => {
      const last = 16 * BAND - 1;
      await store().insertBatch([5, 6, BAND, 15 * BAND + 1].map((offset) => chat(offset)));
      await store().addDeadLetter(chat(7), 'refused');
      await store().addDeadLetter(chat(last), 'refused');
      expect(await store().highestOffset({ before: BAND })).toBe(7);
      expect(await store().highestOffset({ before: 7 })).toBe(6);
      expect(await store().highestOffset({ after: 7, before: BAND + 1 })).toBe(BAND);
      expect(await store().highestOffset({ after: BAND, before: 15 * BAND })).toBe(0);
      expect(await store().highestOffset({ after: 15 * BAND, before: Number.MAX_SAFE_INTEGER })).toBe(last);
      expect(offsets(await store().inOrder({ after: 5, before: BAND }, 10))).toEqual([6, 7]);
      expect(offsets(await store().inOrder({ after: 5, before: BAND }, 1))).toEqual([6]);
      expect(offsets(await store().inOrder({ after: 7 }, 2))).toEqual([BAND, 15 * BAND + 1]);
      expect(await store().inOrder({ after: 9, before: 3 }, 2)).toEqual([]);
      expect(await store().byRoom('main', {}, 1, 'newest-first')).toEqual([chat(last)]);
      expect(await store().byId(`id-${15 * BAND + 1}`)).toEqual(chat(15 * BAND + 1));
    });

    test('counts respect their limits', async () => {
      await store().insertBatch(chats(1, 12, inRooms));
      expect(await store().countByAuthor('author-1', [{ before: 13 }])).toBe(4);
      expect(await store().countByAuthor('author-1', [{ before: 8 }])).toBe(3);
      expect(await store().countByAuthor('author-1', [{ before: 7 }])).toBe(2);
      expect(await store().countByAuthor('author-1', [{ before: 1 }])).toBe(0);
      expect(await store().countByRoom('main', {}, 100)).toBe(6);
      expect(await store().countByRoom('main', {}, 4)).toBe(4);
      expect(await store().countByRoom('main', { after: 3, before: 11 }, 100)).toBe(3);
    });

    test('the feeling of a chat is changed by the highest revision, in any order of the changes, unless it is erased', async () => {
      await store().insertBatch([...chats(1, 2), toTombstone(chat(3))]);
      await store().addDeadLetter(chat(4), 'too large');
      for (const offset of [1, 2, 3, 4, 99]) {
        await store().setFeeling(offset, { feeling: 'HOPE', revision: 2 });
        await store().setFeeling(offset, { feeling: 'JOY', revision: 1 });
      }
      await store().setFeeling(2, { feeling: null, revision: 3 });
      const hope = { feeling: 'HOPE', revision: 2 } as const;
      expect(await store().inOrder({}, 10)).toEqual([
        chat(1, hope),
        chat(2, { revision: 3 }),
        toTombstone(chat(3)),
        chat(4, hope),
      ]);
    });

    test('an erased chat keeps its offset and loses its text, also when its batch is inserted again', async () => {
      await store().insertBatch(chats(1, 3));
      await store().erase(2);
      await store().insertBatch(chats(1, 3));
      expect(await store().byId('id-2')).toEqual(toTombstone(chat(2)));
      expect(await store().byRoom('main', {}, 10, 'oldest-first')).toEqual([chat(1), toTombstone(chat(2)), chat(3)]);
    });

    test('a dead letter can be erased', async () => {
      await store().addDeadLetter(chat(1), 'refused');
      await store().erase(1);
      expect(await store().byId('id-1')).toEqual(toTombstone(chat(1)));
      expect(await store().deadLetterCount()).toBe(1);
    });

    test('a tombstone that is stored first stays when its batch is inserted', async () => {
      await store().insertBatch([toTombstone(chat(2))]);
      expect(await store().insertBatch(chats(1, 3))).toEqual([]);
      expect(await store().byRoom('main', {}, 10, 'oldest-first')).toEqual([chat(1), toTombstone(chat(2)), chat(3)]);
      expect(await store().countByAuthor('author-1', [{ before: 4 }])).toBe(3);
    });

    test('a renamed chat, hidden or not, is found under its new author only', async () => {
      const nobody = { authorId: 'gone-1', author: '고요한 고래' };
      await store().insertBatch(chats(1, 3));
      await store().addDeadLetter(chat(4), 'refused');
      for (const offset of [2, 2, 4, 99]) await store().rename(offset, nobody);
      await store().erase(2);
      const reopened = await subject().reopen();
      expect(await reopened.byId('id-2')).toEqual({ ...toTombstone(chat(2)), ...nobody });
      expect(await reopened.byId('id-4')).toEqual({ ...chat(4), ...nobody });
      expect(offsets(await reopened.byAuthor('gone-1', [{}], 0, 9))).toEqual([4, 2]);
      expect(offsets(await reopened.byAuthor('author-1', [{}], 0, 9))).toEqual([3, 1]);
      expect(await reopened.countByAuthor('gone-1', [{}])).toBe(2);
      expect(await reopened.countByAuthor('author-1', [{}])).toBe(2);
      expect(await reopened.insertBatch(chats(1, 3))).toEqual([]);
      expect(offsets(await reopened.byAuthor('author-1', [{}], 0, 9))).toEqual([3, 1]);
    });

    test('inOrder pages through all rooms, including hidden chats and dead letters', async () => {
      await store().insertBatch(chats(1, 5, inRooms));
      await store().addDeadLetter(chat(6), 'refused');
      await store().erase(2);
      expect(offsets(await store().inOrder({}, 4))).toEqual([1, 2, 3, 4]);
      expect(offsets(await store().inOrder({ after: 4 }, 4))).toEqual([5, 6]);
      expect(await store().inOrder({ after: 6 }, 4)).toEqual([]);
      expect((await store().inOrder({ after: 1 }, 1))[0]).toMatchObject({ offset: 2, hidden: true });
    });

    test('an epoch that is recorded twice is stored once', async () => {
      await store().recordEpoch('one');
      await store().recordEpoch('two');
      await store().recordEpoch('one');
      expect(await store().hasEpoch('one')).toBe(true);
      expect(await store().hasEpoch('two')).toBe(true);
      expect(await store().hasEpoch('three')).toBe(false);
    });

    test('all data survive a restart', async () => {
      await store().insertBatch(chats(1, 5));
      await store().addDeadLetter(chat(6), 'refused');
      await store().recordEpoch('one');
      const reopened = await subject().reopen();
      expect(await reopened.byRoom('main', {}, 10, 'oldest-first')).toEqual(chats(1, 6));
      expect(await reopened.countByAuthor('author-1', [{ before: 7 }])).toBe(6);
      expect(await reopened.deadLetterCount()).toBe(1);
      expect(await reopened.hasEpoch('one')).toBe(true);
    });
  });
}
