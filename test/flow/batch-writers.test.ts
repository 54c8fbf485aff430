import { InProcessBus } from '../../src/adapters/in-process/bus';
import type { LmdbEngine } from '../../src/adapters/lmdb/open-lmdb';
import { unavailable } from '../../src/domain/errors';
import { BatchWriters, type BatchWritersOptions } from '../../src/flow/batch-writers';
import type { Bus, BusEvent } from '../../src/ports/bus';
import { systemClock } from '../../src/ports/clock';
import { silentLogger } from '../../src/ports/logger';
import { openEngine } from '../support/engine';
import { faulty } from '../support/faulty';
import { MemoryLog } from '../support/memory-log';
import { until } from '../support/until';

const FOREVER = new Promise<void>(() => undefined);
const running = new Set<BatchWriters>();

afterAll(async () => {
  await Promise.all([...running].map((writers) => writers.stop(100)));
});

/** An installation whose workers share the stores, the leases and the bus, as processes do. */
class Installation {
  readonly bus: Bus = new InProcessBus(silentLogger);
  readonly partitions: readonly MemoryLog[];
  /** What each worker published last. */
  readonly published = new Map<string, readonly number[]>();
  /** The partitions that a worker had for the first time, and when it no longer did, in order. */
  readonly moves: string[] = [];
  private advancedMs = 0;

  private constructor(
    readonly engine: LmdbEngine,
    count: number,
  ) {
    this.partitions = Array.from({ length: count }, (_, number) => new MemoryLog(number, { first: 0, count }));
    this.bus.subscribe((event) => {
      if (event.type === 'writer') this.note(event);
    });
  }

  static async open(partitions: number): Promise<Installation> {
    const installation: { made?: Installation } = {};
    const clock = { now: () => systemClock.now() + (installation.made?.advancedMs ?? 0) };
    installation.made = new Installation(await openEngine({ clock }), partitions);
    return installation.made;
  }

  /** Moves the clock of the leases. */
  advance(ms: number): void {
    this.advancedMs += ms;
  }

  start(worker: string, change: Partial<BatchWritersOptions> = {}): BatchWriters {
    const { engine, bus, partitions } = this;
    const writers = new BatchWriters({
      partitions,
      bus,
      store: engine.chatStore,
      moods: engine.moodStore,
      lease: engine.lease,
      clock: systemClock,
      logger: silentLogger,
      holder: worker,
      flushMaxMessages: 1,
      flushIntervalMs: 0,
      logRetain: 1000,
      ...change,
    });
    running.add(writers);
    writers.start();
    return writers;
  }

  /** A worker that can be stopped like a process by SIGSTOP: none of its calls is answered then, and it publishes nothing. */
  startPausable(worker: string): { writers: BatchWriters; pause: () => void; resume: () => void } {
    let paused: Promise<void> | undefined;
    let resume = (): void => undefined;
    const pausable = <T extends object>(port: T): T => faulty(port, () => paused);
    const { engine, partitions } = this;
    const writers = this.start(worker, {
      partitions: partitions.map(pausable),
      store: pausable(engine.chatStore),
      lease: pausable(engine.lease),
      bus: {
        ...this.bus,
        subscribe: (listener) => this.bus.subscribe(listener),
        publish: (event) => {
          if (!paused) this.bus.publish(event);
        },
      },
    });
    return {
      writers,
      pause: () => {
        paused = new Promise((resolve) => {
          resume = () => {
            paused = undefined;
            resolve();
          };
        });
      },
      resume: () => {
        resume();
      },
    };
  }

  /** The partitions of a worker, once they are that many. */
  have(worker: string, count: number): Promise<readonly number[]> {
    const own = () => this.published.get(worker);
    return until(() => (own()?.length === count ? own() : undefined), `${worker} has ${count} partitions`);
  }

  put(text: string): void {
    for (const partition of this.partitions) partition.put(`room-${partition.number}`, text);
  }

  async stored(number: number): Promise<readonly string[]> {
    const chats = await this.engine.chatStore.byRoom(`room-${number}`, {}, 100, 'oldest-first');
    return chats.map(({ text }) => text);
  }

  async allStored(...texts: string[]): Promise<void> {
    for (const { number } of this.partitions) {
      await until(async () => (await this.stored(number)).length >= texts.length, `all of partition ${number} is stored`);
      expect(await this.stored(number)).toEqual(texts);
    }
  }

  private note({ worker, partitions }: Extract<BusEvent, { type: 'writer' }>): void {
    const before = this.published.get(worker) ?? [];
    for (const number of partitions) if (!before.includes(number)) this.moves.push(`${worker} +${number}`);
    for (const number of before) if (!partitions.includes(number)) this.moves.push(`${worker} -${number}`);
    this.published.set(worker, partitions);
  }
}

test.concurrent('a single worker stores all partitions', async () => {
  const on = await Installation.open(4);
  const writers = on.start('a');
  on.put('hello');
  await on.allStored('hello');
  expect(await on.have('a', 4)).toEqual([0, 1, 2, 3]);
  await until(() => writers.stats().messages === 4, 'all are counted');
  expect(writers.stats()).toMatchObject({ flushes: 4, failures: 0 });
});

test.concurrent('counts its writers by mode', async () => {
  const on = await Installation.open(2);
  const first = on.start('a', { flushIntervalMs: 60_000, flushMaxMessages: 10 });
  await until(() => first.stats().modes.get('waiting') === 2, 'both wait');
  on.partitions[0]?.put('room-0', 'hello');
  await until(() => first.stats().modes.get('lingering') === 1, 'one lingers');
  expect(first.stats().modes.get('waiting')).toBe(1);
  await first.stop(1_000);
  expect([...first.stats().modes]).toEqual([['stopped', 2]]);
});

test.concurrent('workers that start together share the partitions evenly', async () => {
  const on = await Installation.open(5);
  for (const worker of ['a', 'b']) on.start(worker);
  await until(() => {
    const counts = ['a', 'b'].map((worker) => on.published.get(worker)?.length ?? 0).sort();
    return counts[0] === 2 && counts[1] === 3;
  }, 'one has two partitions and the other three');
  on.put('hello');
  await on.allStored('hello');
});

test.concurrent('a worker that joins gets its share, one partition after another, while all are stored', async () => {
  const on = await Installation.open(4);
  on.start('a');
  await on.have('a', 4);
  on.moves.length = 0;
  on.start('b');
  await Promise.all([on.have('a', 2), on.have('b', 2)]);
  const [first, second] = on.published.get('b') ?? [];
  expect(new Set(on.moves.slice(0, 2))).toEqual(new Set([`a -${second}`, `b +${second}`]));
  expect(new Set(on.moves.slice(2))).toEqual(new Set([`a -${first}`, `b +${first}`]));
  on.put('hello');
  await on.allStored('hello');
});

test.concurrent('a worker that joins leaves a single partition where it is, and does not ask for its lease', async () => {
  const on = await Installation.open(1);
  const first = on.start('a');
  await on.have('a', 1);
  let heard = 0;
  on.bus.subscribe((event) => {
    if (event.type === 'writer' && event.worker === 'b') heard++;
  });
  let asked = 0;
  const lease = faulty(on.engine.lease, (method) => {
    if (method === 'acquire') asked++;
    return undefined;
  });
  const second = on.start('b', { lease });
  await until(() => heard > 5, 'the second worker was heard six times');
  expect([[...first.stats().modes.keys()], [...second.stats().modes.keys()]]).toEqual([['waiting'], ['standby']]);
  // Until it hears of the first worker, it asks once a second.
  expect(asked).toBeLessThanOrEqual(2);
});

test.concurrent('a worker takes a partition back that no other takes', async () => {
  const on = await Installation.open(4);
  on.start('a');
  await on.have('a', 4);
  // A worker that cannot reach the store of the leases.
  const timer = setInterval(() => {
    on.bus.publish({ type: 'writer', worker: 'b', partitions: [], isStopping: false });
  }, 500);
  try {
    await on.have('a', 3);
    on.put('hello');
    await on.have('a', 4);
  } finally {
    clearInterval(timer);
  }
  await on.allStored('hello');
});

test.concurrent('a worker that stops stores its backlog and leaves its partitions to the others at once', async () => {
  const on = await Installation.open(4);
  const first = on.start('a', { flushIntervalMs: 60_000, flushMaxMessages: 10 });
  const second = on.start('b', { flushIntervalMs: 60_000, flushMaxMessages: 10 });
  const own = await on.have('a', 2);
  await on.have('b', 2);
  on.put('before');
  await first.stop(1_000);
  expect(await Promise.all(own.map((number) => on.stored(number)))).toEqual([['before'], ['before']]);
  await on.have('b', 4);
  expect(second.stats().modes.get('standby')).toBeUndefined();
});

test.concurrent('the partitions of a dead worker move to the others, and it writes nothing when it comes back', async () => {
  const on = await Installation.open(4);
  const dead = on.startPausable('a');
  const living = on.start('b');
  await Promise.all([on.have('a', 2), on.have('b', 2)]);
  dead.pause();
  on.put('while it is paused');
  on.advance(12_000);
  await on.have('b', 4);
  await on.allStored('while it is paused');
  await until(() => living.stats().messages === 4, 'the other has stored all');
  dead.resume();
  await Promise.all([on.have('a', 2), on.have('b', 2)]);
  on.put('together');
  await on.allStored('while it is paused', 'together');
  await until(() => dead.writers.stats().messages + living.stats().messages === 8, 'each is counted once');
});

test.concurrent('a worker without a living bus takes partitions only when their lease has ended', async () => {
  const on = await Installation.open(2);
  const deaf: Bus = { ...on.bus, publish: () => undefined, subscribe: () => () => undefined };
  const first = on.start('a');
  await on.have('a', 2);
  let asked = 0;
  const lease = faulty(on.engine.lease, (method) => {
    if (method === 'acquire') asked++;
    return undefined;
  });
  const second = on.start('b', { bus: deaf, lease });
  await until(() => asked >= 4, 'it has asked for each lease twice');
  expect([...second.stats().modes]).toEqual([['standby', 2]]);
  await first.stop(1_000);
  on.put('hello');
  await on.allStored('hello');
  await until(() => second.stats().messages === 2, 'the second has stored them');
});

test.concurrent('a partition whose log is unavailable delays no other, and is stored when it is back', async () => {
  const on = await Installation.open(3);
  let fault: Error | Promise<void> | undefined = unavailable('its Redis is lost');
  const partitions = on.partitions.map((log) => (log.number === 1 ? faulty(log, () => fault) : log));
  const writers = on.start('a', { partitions });
  on.put('refused');
  const others = async () => [...(await on.stored(0)), ...(await on.stored(2))];
  await until(async () => (await others()).length === 2, 'the others are stored');
  expect(await on.stored(1)).toEqual([]);
  fault = undefined;
  await on.allStored('refused');
  fault = FOREVER;
  on.put('not answered');
  await until(async () => (await others()).length === 4, 'the others are stored again');
  expect(await on.stored(1)).toEqual(['refused']);
  expect(writers.stats().failures).toBe(0);
});
