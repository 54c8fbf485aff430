import { toTombstone, type Chat } from '../../src/domain/chat';
import { correctionOf } from '../../src/domain/mood-bucket';
import type { MoodStore } from '../../src/ports/mood-store';
import { chat, NOON } from './samples';
import { eachTest, type MakeSubject, type Subject } from './subject';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const nothing = { said: 0, corrected: {} };
const DAY = { start: NOON - 12 * HOUR, end: NOON + 12 * HOUR };

/** Forty chats in two rooms over four minutes around a full hour. No two have the same emotions. */
const sample: Chat[] = Array.from({ length: 40 }, (_, i) =>
  chat(i + 1, {
    room: i % 3 === 0 ? 'side' : 'main',
    sentAt: NOON + HOUR - 2 * MINUTE + i * 6_000,
    emotions: [i, 0, 0, 100 - i, 0, i % 7, 0, 1],
  }),
);

interface MoodSubject extends Subject<MoodStore> {
  /** Opens a second adapter of the same storage, where several processes may share it. */
  readonly another?: () => Promise<MoodStore>;
}

export function moodStoreContract(name: string, make: MakeSubject<MoodStore, MoodSubject>): void {
  describe(`${name} as a MoodStore`, () => {
    const subject = eachTest(make);
    const store = () => subject().port;
    const everything = async (from: MoodStore = store()) => ({
      minutes: [await from.minutes('main', DAY), await from.minutes('side', DAY)],
      hours: [await from.hours('main', DAY), await from.hours('side', DAY)],
    });

    test('buckets hold the count, the sums and the highest offset of their minute and hour', async () => {
      await store().add([
        chat(1, { sentAt: NOON, emotions: [1, 2, 3, 4, 5, 6, 7, 8] }),
        chat(2, { sentAt: NOON + MINUTE - 1, emotions: [100, 0, 0, 0, 0, 0, 0, 1] }),
        chat(3, { sentAt: NOON + MINUTE, emotions: [0, 0, 50, 0, 0, 0, 0, 0] }),
        chat(4, { sentAt: NOON + HOUR, emotions: [0, 0, 0, 0, 0, 9, 0, 0] }),
      ]);
      expect(await store().minutes('main', DAY)).toEqual([
        { ...nothing, start: NOON, count: 2, sums: [101, 2, 3, 4, 5, 6, 7, 9], lastOffset: 2 },
        { ...nothing, start: NOON + MINUTE, count: 1, sums: [0, 0, 50, 0, 0, 0, 0, 0], lastOffset: 3 },
        { ...nothing, start: NOON + HOUR, count: 1, sums: [0, 0, 0, 0, 0, 9, 0, 0], lastOffset: 4 },
      ]);
      expect(await store().hours('main', DAY)).toEqual([
        { ...nothing, start: NOON, count: 3, sums: [101, 2, 53, 4, 5, 6, 7, 9], lastOffset: 3 },
        { ...nothing, start: NOON + HOUR, count: 1, sums: [0, 0, 0, 0, 0, 9, 0, 0], lastOffset: 4 },
      ]);
    });

    test('each room has its own buckets', async () => {
      await store().add([chat(1, { sentAt: NOON }), chat(2, { sentAt: NOON, room: 'side' })]);
      expect(await store().minutes('main', DAY)).toMatchObject([{ count: 1, lastOffset: 1 }]);
      expect(await store().minutes('side', DAY)).toMatchObject([{ count: 1, lastOffset: 2 }]);
      expect(await store().minutes('mai', DAY)).toEqual([]);
    });

    test('the buckets of a room are removed together', async () => {
      await store().add(sample);
      const side = [await store().minutes('side', DAY), await store().hours('side', DAY)];
      await store().removeRoom('main');
      expect([await store().minutes('main', DAY), await store().hours('main', DAY)]).toEqual([[], []]);
      expect([await store().minutes('side', DAY), await store().hours('side', DAY)]).toEqual(side);
    });

    test('a window contains the buckets that start in it, excluding its end', async () => {
      await store().add([0, 1, 2, 3].map((i) => chat(i + 1, { sentAt: NOON + i * MINUTE })));
      const starts = async (start: number, end: number) => (await store().minutes('main', { start, end })).map((b) => b.start);
      expect(await starts(NOON + MINUTE, NOON + 3 * MINUTE)).toEqual([NOON + MINUTE, NOON + 2 * MINUTE]);
      expect(await starts(NOON + 1, NOON + MINUTE)).toEqual([]);
      expect(await store().hours('main', { start: NOON + 1, end: NOON + HOUR })).toEqual([]);
    });

    test('messages that are added again in other batches count once', async () => {
      await store().add(sample);
      const once = await everything();
      for (const size of [1, 7, 16, 40]) {
        for (let i = 0; i < sample.length; i += size) await store().add(sample.slice(i, i + size));
      }
      expect(await everything()).toEqual(once);
    });

    test('a batch that was added in part is completed by a batch with other boundaries', async () => {
      await store().add(sample);
      const whole = await everything();
      for (const cut of [1, 10, 20, 21, 39]) {
        const fresh = await make();
        await fresh.port.add(sample.slice(0, cut));
        await fresh.port.add(sample.slice(Math.max(0, cut - 5)));
        expect(await everything(fresh.port)).toEqual(whole);
        await fresh.close();
      }
    });

    test('concurrent additions of one batch count once', async () => {
      await store().add(sample);
      const whole = await everything();
      const fresh = await make();
      await Promise.all([fresh.port.add(sample), fresh.port.add(sample)]);
      expect(await everything(fresh.port)).toEqual(whole);
      await fresh.close();
    });

    test('a batch of many chats is added completely', async () => {
      await store().add(
        Array.from({ length: 2_500 }, (_, i) => chat(i + 1, { sentAt: NOON, emotions: [1, 0, 0, 0, 0, 0, 0, 0] })),
      );
      expect(await store().hours('main', DAY)).toEqual([
        { ...nothing, start: NOON, count: 2_500, sums: [2_500, 0, 0, 0, 0, 0, 0, 0], lastOffset: 2_500 },
      ]);
    });

    test('a said feeling counts as all of that emotion and nothing of the others, and an erased message counts nothing', async () => {
      const erased = toTombstone(chat(3, { sentAt: NOON }));
      await store().add([chat(1, { sentAt: NOON }), chat(2, { sentAt: NOON, feeling: 'HOPE' }), erased]);
      const sums = [81, 0, 12, 130, 0, 0, 100, 5];
      const expected = [{ ...nothing, start: NOON, count: 2, said: 1, sums, lastOffset: 3 }];
      expect(await everything()).toMatchObject({ minutes: [expected, []], hours: [expected, []] });
    });

    /** Three changes of one message, the last of which erases it. */
    const before = sample[7] as Chat;
    const hopeful: Chat = { ...before, feeling: 'HOPE', revision: 1 };
    const read: Chat = { ...before, feeling: null, revision: 2 };
    const changes = [
      ['says a feeling', [hopeful]],
      ['leaves it to the model again', [hopeful, read]],
      ['is erased', [hopeful, read, toTombstone(read)]],
    ] as const;

    /** The sums as if the message had been sent as it is now. */
    const sumsAfter = async (now: Chat): Promise<unknown> => {
      const fresh = await make();
      await fresh.port.add(sample.map((one) => (one === before ? now : one)));
      const sums = sumsOf(await everything(fresh.port));
      await fresh.close();
      return sums;
    };
    const sumsOf = ({ minutes, hours }: Awaited<ReturnType<typeof everything>>) =>
      [...minutes, ...hours].map((buckets) => buckets.map(({ corrected: _, ...rest }) => rest));

    describe.each(changes)('a message that %s', (_, chain) => {
      const now = chain.at(-1) as Chat;
      const corrections = chain.map((after, i) => correctionOf(chain[i - 1] ?? before, after));

      test('is counted as it is now when it is corrected after it was added', async () => {
        await store().add(sample);
        await store().correct(corrections);
        await store().correct(corrections);
        expect(sumsOf(await everything())).toEqual(await sumsAfter(now));
      });

      test('is counted as it is now when it is corrected before it is added, in whatever form it is added', async () => {
        for (const added of [before, now]) {
          const fresh = await make();
          for (const correction of corrections) await fresh.port.correct([correction]);
          await fresh.port.add(sample.map((one) => (one === before ? added : one)));
          await fresh.port.correct(corrections);
          expect(sumsOf(await everything(fresh.port))).toEqual(await sumsAfter(now));
          await fresh.close();
        }
      });

      test('is counted as it is now when corrections come in another order, all based on the first form', async () => {
        await store().add(sample);
        for (const after of [...chain].reverse()) await store().correct([correctionOf(before, after)]);
        expect(sumsOf(await everything())).toEqual(await sumsAfter(now));
      });

      test('is counted as it is now when it is corrected while it is added, also through another process', async () => {
        const other = (await subject().another?.()) ?? store();
        await Promise.all([
          ...corrections.map((correction) => other.correct([correction])),
          store().add(sample.slice(0, 12)),
          ...corrections.map((correction) => store().correct([correction])),
          other.add(sample),
        ]);
        expect(sumsOf(await everything())).toEqual(await sumsAfter(now));
      });
    });

    test('a bucket names the corrections of messages that it does not include yet', async () => {
      await store().add(sample.slice(0, 3));
      await store().correct([correctionOf(before, hopeful)]);
      const [bucket] = await store().hours('main', { start: NOON, end: NOON + HOUR });
      expect(bucket).toMatchObject({ count: 2, said: 0, lastOffset: 3, corrected: { '8': { to: 'HOPE', revision: 1 } } });
    });

    test('buckets survive a restart', async () => {
      await store().add(sample);
      const before = await everything();
      expect(await everything(await subject().reopen())).toEqual(before);
    });
  });
}
