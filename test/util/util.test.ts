import { DeadlineError, withDeadline } from '../../src/util/deadline';
import { FreshRead } from '../../src/util/fresh-read';
import { Listeners } from '../../src/util/listeners';
import { repeatUntil } from '../../src/util/repeat';
import { Slots } from '../../src/util/slots';
import { until } from '../support/until';

describe('repeatUntil', () => {
  test('goes on after a run that rejects, and never runs twice at a time', async () => {
    const stopping = new AbortController();
    const errors: unknown[] = [];
    let [runs, running, overlaps] = [0, 0, 0];
    const work = async (): Promise<void> => {
      if (running++ > 0) overlaps++;
      await Promise.resolve();
      running--;
      if (++runs % 2 === 1) throw new Error(`run ${runs}`);
    };
    const ended = repeatUntil(stopping.signal, 1, work, (error) => errors.push(error));
    await until(() => runs >= 4, 'it has run four times');
    stopping.abort();
    await ended;
    expect(overlaps).toBe(0);
    expect(errors.length).toBeGreaterThanOrEqual(2);
  });

  test('ends its pause at once when it is aborted, and drops what the last run rejects with', async () => {
    const stopping = new AbortController();
    const errors: unknown[] = [];
    const ended = repeatUntil(
      stopping.signal,
      1e9,
      async () => {
        stopping.abort();
        throw new Error('aborted');
      },
      (error) => errors.push(error),
    );
    await ended;
    expect(errors).toEqual([]);
  });
});

describe('withDeadline', () => {
  test('passes on the result or the error', async () => {
    await expect(withDeadline(Promise.resolve(1), 1_000)).resolves.toBe(1);
    await expect(withDeadline(Promise.reject(new Error('refused')), 1_000)).rejects.toThrow('refused');
  });

  test('rejects work that does not settle in time', async () => {
    await expect(withDeadline(new Promise(() => undefined), 1)).rejects.toThrow(DeadlineError);
  });
});

describe('Listeners', () => {
  test('calls the others when one throws', () => {
    const errors: unknown[] = [];
    const heard: string[] = [];
    const listeners = new Listeners<[string]>((error) => errors.push(error));
    listeners.add(() => {
      throw new Error('a fault');
    });
    listeners.add((text) => heard.push(text));
    listeners.call('hello');
    expect([heard, errors]).toEqual([['hello'], [new Error('a fault')]]);
  });

  test('calls a function that was added twice once after one of them is removed', () => {
    let calls = 0;
    const listeners = new Listeners(() => undefined);
    const listener = (): void => {
      calls++;
    };
    listeners.add(listener);
    listeners.add(listener)();
    listeners.call();
    expect([calls, listeners.size]).toEqual([1, 1]);
  });

  test('does not call a listener that an earlier one removes', () => {
    const listeners = new Listeners(() => undefined);
    let calls = 0;
    listeners.add(() => {
      remove();
    });
    const remove = listeners.add(() => {
      calls++;
    });
    listeners.call();
    expect(calls).toBe(0);
  });
});

describe('FreshRead', () => {
  test('shares one next read between all who call during a read, also after a failed one', async () => {
    const reads: ((error?: Error) => void)[] = [];
    const fresh = new FreshRead(
      () =>
        new Promise<number>((resolve, reject) => {
          const number = reads.length;
          reads.push((error) => {
            if (error) reject(error);
            else resolve(number);
          });
        }),
    );
    const first = fresh.get();
    const later = [fresh.get(), fresh.get()];
    expect(reads).toHaveLength(1);
    reads[0]?.(new Error('unavailable'));
    await expect(first).rejects.toThrow('unavailable');
    await until(() => reads.length === 2, 'the next read begins');
    reads[1]?.();
    await expect(Promise.all(later)).resolves.toEqual([1, 1]);
  });
});

describe('Slots', () => {
  test('runs as many jobs at a time as there are slots, in their order, also after one that fails', async () => {
    const slots = new Slots(2);
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const jobs = [0, 1, 2, 3].map((job) =>
      slots.run(async () => {
        begun.push(job);
        await new Promise<void>((resolve) => (ends[job] = resolve));
        if (job === 0) throw new Error('failed');
        return job;
      }),
    );
    expect(begun).toEqual([0, 1]);
    ends[0]?.();
    await expect(jobs[0]).rejects.toThrow('failed');
    await until(() => begun.length === 3, 'the third has begun');
    ends[1]?.();
    await until(() => begun.length === 4, 'the fourth has begun');
    for (const end of ends) end();
    expect(await Promise.all(jobs.slice(1))).toEqual([1, 2, 3]);
    expect(begun).toEqual([0, 1, 2, 3]);
  });
});
