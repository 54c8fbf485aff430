import { KeyedThrottle } from '../../src/util/keyed-throttle';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const advance = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);

describe('KeyedThrottle', () => {
  test('runs at once, then with the newest value an interval after the end of the run, and then at once again', async () => {
    const runs: number[] = [];
    const throttle = new KeyedThrottle<number>(500, 10, async (value) => {
      runs.push(value);
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    for (const value of [1, 2, 3]) throttle.call('a', value);
    expect(runs).toEqual([1]);
    await advance(699);
    expect(runs).toEqual([1]);
    await advance(1);
    expect(runs).toEqual([1, 3]);
    await advance(700);
    expect(throttle.size).toBe(0);
    throttle.call('a', 4);
    expect(runs).toEqual([1, 3, 4]);
    throttle.stop();
  });

  test('refuses more keys than it may hold, until one is free again', async () => {
    const runs: string[] = [];
    const throttle = new KeyedThrottle<string>(500, 2, (value) => void runs.push(value));
    expect(['a', 'b', 'c', 'a'].map((key) => throttle.call(key, key))).toEqual([true, true, false, true]);
    await advance(1_500);
    expect(runs).toEqual(['a', 'b', 'a']);
    expect(throttle.call('c', 'c')).toBe(true);
    throttle.stop();
  });

  test('drops what waits when it is stopped', async () => {
    const runs: string[] = [];
    const throttle = new KeyedThrottle<string>(500, 2, (value) => void runs.push(value));
    throttle.call('a', 'first');
    throttle.call('a', 'second');
    throttle.stop();
    await advance(1_000);
    expect(throttle.call('b', 'third')).toBe(false);
    expect(runs).toEqual(['first']);
  });
});
