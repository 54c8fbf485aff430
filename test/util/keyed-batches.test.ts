import { KeyedBatches } from '../../src/util/keyed-batches';

describe('KeyedBatches', () => {
  test('items that arrive during a batch share the next one, and batches of one key do not overlap', async () => {
    const batches: string[] = [];
    const held: (() => void)[] = [];
    const queue = new KeyedBatches<number, string>(async (key, items) => {
      batches.push(`${key}:${items.join(',')}`);
      await new Promise<void>((resolve) => held.push(resolve));
      return items.map((item) => `${key}${item}`);
    }, 10);
    const results = [queue.add('a', 1), queue.add('a', 2), queue.add('b', 1)];
    await Promise.resolve();
    results.push(queue.add('a', 3), queue.add('a', 4));
    expect(batches).toEqual(['a:1,2', 'b:1']);
    held.splice(0).forEach((release) => {
      release();
    });
    expect(await Promise.all(results.slice(0, 3))).toEqual(['a1', 'a2', 'b1']);
    held.splice(0).forEach((release) => {
      release();
    });
    expect(await Promise.all(results)).toEqual(['a1', 'a2', 'b1', 'a3', 'a4']);
    expect(batches).toEqual(['a:1,2', 'b:1', 'a:3,4']);
  });

  test('a failed batch rejects its own items only, and frees their places', async () => {
    const queue = new KeyedBatches<number, number>(
      (_, items) => (items.includes(0) ? Promise.reject(new Error('no')) : Promise.resolve(items)),
      2,
    );
    const failed = [queue.add('a', 0), queue.add('b', 1)];
    expect(queue.isFull).toBe(true);
    expect((await Promise.allSettled(failed)).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(queue.isFull).toBe(false);
    expect(await queue.add('a', 5)).toBe(5);
  });
});
