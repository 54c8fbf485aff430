import { estimateTokens, Sample } from '../../src/insights/sampling';
import { chatOf } from '../support/memory-log';

const HOUR = 3_600_000;
let offset = 0;
const said = (by: string, hour: number, text = 'some words of a message') => ({
  ...chatOf('e', ++offset, 'main', text),
  authorId: by,
  sentAt: hour * HOUR + offset,
});

describe('Sample', () => {
  it('stays within the budget and gives one account a tenth of it at most', () => {
    const sample = new Sample(2_000);
    for (let i = 0; i < 3_000; i++) sample.add(said(i % 2 ? 'loud' : `u${i % 40}`, i % 24));
    const chosen = sample.choose();
    const cost = (by?: string) =>
      chosen.filter(({ authorId }) => !by || authorId === by).reduce((sum, { text }) => sum + estimateTokens(text), 0);
    expect(cost()).toBeLessThanOrEqual(2_000);
    expect(cost()).toBeGreaterThanOrEqual(800);
    expect(cost('loud')).toBeLessThanOrEqual(200);
    expect(cost('loud')).toBeGreaterThan(0);
  });

  it('is even over the hours although one hour has most messages', () => {
    const sample = new Sample(3_000);
    for (let i = 0; i < 5_000; i++) sample.add(said(`u${i % 500}`, 9));
    for (let hour = 10; hour < 20; hour++) for (let i = 0; i < 20; i++) sample.add(said(`v${i}`, hour));
    const perHour = new Map<number, number>();
    for (const { sentAt } of sample.choose())
      perHour.set(Math.floor(sentAt / HOUR), (perHour.get(Math.floor(sentAt / HOUR)) ?? 0) + 1);
    const counts = [...perHour.values()];
    expect(perHour.size).toBe(11);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  });

  it('takes one message of every account of an hour before a second one', () => {
    const sample = new Sample(400);
    for (let i = 0; i < 12; i++) sample.add(said(`u${i}`, 1));
    for (let i = 0; i < 2_000; i++) sample.add(said('often', 1));
    const authors = sample.choose().map(({ authorId }) => authorId);
    expect(new Set(authors).size).toBe(13);
  });

  it('returns log order and the same sample for the same messages', () => {
    const chats = Array.from({ length: 500 }, (_, i) => said(`u${i % 100}`, i % 5));
    const choose = () => {
      const sample = new Sample(1_500);
      for (const chat of chats) sample.add(chat);
      return sample.choose().map((chat) => chat.offset);
    };
    expect(choose()).toEqual(choose());
    expect(choose()).toEqual(choose().sort((a, b) => a - b));
  });
});
