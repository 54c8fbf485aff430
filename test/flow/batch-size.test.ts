import { BatchSize } from '../../src/flow/batch-size';

/** The sizes after full batches that took so many milliseconds each. */
const sizes = (size: BatchSize, tookMs: number, batches: number): number[] =>
  Array.from({ length: batches }, () => {
    size.stored(size.most, tookMs);
    return size.most;
  });

test('grows while the store is quick, and shrinks while it is slow', () => {
  const size = new BatchSize();
  expect(size.most).toBe(500);
  expect(sizes(size, 900, 6)).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  expect(sizes(size, 1_500, 2)).toEqual([10_000, 10_000]);
  expect(sizes(size, 2_500, 6)).toEqual([5_000, 2_500, 1_250, 625, 500, 500]);
});

test('learns nothing from a batch that had room', () => {
  const size = new BatchSize();
  size.stored(499, 1);
  expect(size.most).toBe(500);
});

test('begins small after a failure', () => {
  const size = new BatchSize();
  sizes(size, 100, 3);
  size.failed();
  expect(size.most).toBe(500);
});
