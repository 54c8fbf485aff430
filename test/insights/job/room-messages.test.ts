import type { Chat } from '../../../src/domain/chat';
import { RoomMessages } from '../../../src/insights/job/room-messages';
import type { ChatStore } from '../../../src/ports/chat-store';
import { openEngine } from '../../support/engine';
import { faulty } from '../../support/faulty';
import { chatOf } from '../../support/memory-log';

const BAND = 2 ** 40;
const PER_BAND = 300;

/** A room that was in partition 0, then in 5, now in 23, among messages of another room. */
async function movedTwice() {
  const { chatStore } = await openEngine();
  const all: Chat[] = [0, 5, 23].flatMap((number, band) =>
    Array.from({ length: PER_BAND }, (_, i) => ({
      ...chatOf('e', number * BAND + i + 1, i % 3 === 2 ? 'other' : 'main', `${number}: ${i}`),
      sentAt: (band * PER_BAND + i) * 1_000,
    })),
  );
  await chatStore.insertBatch(all);
  let reads = 0;
  const store = faulty<ChatStore>(chatStore, () => {
    reads++;
    return undefined;
  });
  const messages = new RoomMessages('main', store, { of: () => Promise.resolve([]) });
  const expected = (start: number, end: number) =>
    all.filter(({ room, sentAt }) => room === 'main' && sentAt >= start && sentAt < end).map(({ text }) => text);
  return { messages, expected, reads: () => reads };
}

async function textsOf(pages: AsyncIterable<readonly Chat[]>): Promise<string[]> {
  const texts: string[] = [];
  for await (const page of pages) texts.push(...page.map(({ text }) => text));
  return texts;
}

test.each([
  [0, 900_000],
  [100_000, 200_000],
  [250_000, 350_000],
  [299_000, 301_000],
  [300_000, 301_000],
  [550_000, 899_000],
  [899_000, 2_000_000],
  [2_000_000, 3_000_000],
])('finds the messages of a window from %i to %i ms in a room that was in other partitions before', async (start, end) => {
  const { messages, expected, reads } = await movedTwice();
  expect(await textsOf(messages.inWindow({ start, end }))).toEqual(expected(start, end));
  // 44 to find the start, 2 for the ends of the room, and the pages.
  expect(reads()).toBeLessThan(52);
  expect((await messages.firstIn({ start, end }))?.text).toBe(expected(start, end)[0]);
});

test('samples the whole window of a room whose offsets begin far above zero', async () => {
  const { chatStore } = await openEngine();
  const all = Array.from({ length: 2_000 }, (_, i) => chatOf('e', 15 * BAND + i + 1, 'main', String(i)));
  await chatStore.insertBatch(all);
  const messages = new RoomMessages('main', chatStore, { of: () => Promise.resolve([]) });
  const texts = await textsOf(messages.sample({ start: 0, end: Number.MAX_SAFE_INTEGER }, 600));
  expect(texts.length).toBe(600);
  expect(Number(texts.at(-1))).toBeGreaterThan(1_300);
});
