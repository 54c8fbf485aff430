/**
 * What several workers gain over one: a backlog in several partitions, stored by one worker and by two. On a small machine the
 * stand-in of MongoDB is the limit, so what the processor time of the workers allows is shown too. And what a worker costs while
 * nobody writes.
 */
import { setTimeout as delay } from 'node:timers/promises';
import mongoose from 'mongoose';
import { ServerProcess } from '../support/server-process';
import { logLoad } from './ceilings/children';
import { openInstallation, type Installation } from './support/installation';
import { report } from './support/report';
import { round, show, spreadOf } from './support/stats';

const RUNS = Number(process.env['RUNS'] ?? 3);
const MESSAGES = 40_000;
const WARM_UP_MESSAGES = 10_000;
const APPENDS_PER_SECOND = 10_000;
const PARTITIONS = 4;
const ROOMS = Array.from({ length: 400 }, (_, i) => `room-${i}`);
const IDLE_SECONDS = Number(process.env['SECONDS'] ?? 20);
const IDLE_PARTITIONS = [1, 16];
const HOLDER = 'bench';

interface Drained {
  readonly perSecond: number;
  /** What the workers could store in a second with a core each. */
  readonly possible: number;
  /** Processor time in microseconds for each message. */
  readonly workers: number;
  readonly redis: number;
  readonly mongo: number;
}

type Names = readonly string[];

/** Installations whose workers are added by the bench. */
async function withPartitions<T>(partitions: number, use: (on: Installation) => Promise<T>): Promise<T> {
  const settings = { LOG_MAX_BACKLOG: '10000000', LOG_PARTITIONS: String(partitions), ROLES: 'worker' };
  const on = await openInstallation([], { redisSettings: ['--appendfsync', 'everysec'], settings, inMemory: true });
  try {
    return await use(on);
  } finally {
    await on.stop();
  }
}

/** The offsets of all partitions, added up. */
const placesOf = ({ redis, redisUrl }: Installation): Promise<{ readonly offset: number; readonly committed: number }> =>
  redis.ask(redisUrl, async (client) => {
    const sums = { offset: 0, committed: 0 };
    for (let number = 0; number < PARTITIONS; number++) {
      const [offset, committed] = await client.hmget(`jb:{log${number}}:state`, 'offset', 'committed');
      sums.offset += Number(offset);
      sums.committed += Number(committed);
    }
    return sums;
  });

/** The workers have stored some messages before, so that their start is not measured. */
async function drain(workers: number): Promise<Drained> {
  return withPartitions(PARTITIONS, async (on) => {
    const mongo = await mongoose.createConnection(on.env['MONGODB_URI'] ?? '').asPromise();
    const leases = mongo.collection<{ _id: string; holder: string; fence: number; endsAt: number }>('leases');
    const names: Names = Array.from({ length: PARTITIONS }, (_, i) => (i === 0 ? 'batch-writer' : `batch-writer-${i}`));
    await leases.insertMany(names.map((_id) => ({ _id, holder: HOLDER, fence: 1, endsAt: Date.now() + 3_600_000 })));
    const started: ServerProcess[] = [];
    try {
      for (let i = 0; i < workers; i++) started.push(await ServerProcess.start({ ...on.env }));
      const { redisUrl } = on;
      const append = async (messages: number): Promise<void> => {
        const load = { root: process.cwd(), redisUrl, rooms: ROOMS, partitions: PARTITIONS };
        const { errors } = await logLoad({ ...load, perSecond: APPENDS_PER_SECOND, seconds: messages / APPENDS_PER_SECOND });
        if (errors[0]) throw new Error(errors[0]);
      };
      const stored = async (): Promise<void> => {
        for (let place = await placesOf(on); place.committed < place.offset; place = await placesOf(on)) await delay(20);
      };
      await append(WARM_UP_MESSAGES);
      await leases.updateMany({ holder: HOLDER }, { $set: { holder: '', endsAt: 0 } });
      await stored();
      const isShared = async (): Promise<boolean> => {
        const holders = (await leases.find({ _id: { $in: [...names] } }).toArray()).map(({ holder }) => holder);
        const held = (holder: string): number => holders.filter((other) => other === holder).length;
        return holders.every((holder) => holder !== '' && held(holder) === PARTITIONS / workers);
      };
      while (!(await isShared())) await delay(100);
      // A stopped process keeps its leases for longer than the backlog takes.
      for (const server of started) server.signal('SIGSTOP');
      await append(MESSAGES);
      const cpu = () => [on.cpuSeconds(), started.reduce((sum, server) => sum + server.usage().cpuSeconds, 0)] as const;
      const [before, workersBefore] = cpu();
      const start = performance.now();
      for (const server of started) server.signal('SIGCONT');
      await stored();
      const tookSeconds = (performance.now() - start) / 1_000;
      const [after, workersAfter] = cpu();
      const each = (from: number, to: number): number => round((1e6 * (to - from)) / MESSAGES, 1);
      const of = (name: string): number => each(before.get(name) ?? 0, after.get(name) ?? 0);
      return {
        perSecond: round(MESSAGES / tookSeconds, 0),
        possible: round((workers * MESSAGES) / (workersAfter - workersBefore), 0),
        workers: each(workersBefore, workersAfter),
        redis: of('redis'),
        mongo: of('mongo'),
      };
    } finally {
      await Promise.all(started.map((server) => server.stop()));
      await mongo.close();
    }
  });
}

/** Processor time of an idle worker and its services, in milliseconds a second. */
async function idle(partitions: number): Promise<Readonly<Record<'worker' | 'redis' | 'mongo', number>>> {
  return withPartitions(partitions, async (on) => {
    const worker = await ServerProcess.start({ ...on.env });
    try {
      await delay(5_000);
      const [before, workerBefore] = [on.cpuSeconds(), worker.usage().cpuSeconds];
      await delay(1_000 * IDLE_SECONDS);
      const [after, workerAfter] = [on.cpuSeconds(), worker.usage().cpuSeconds];
      const each = (from: number, to: number): number => round((1_000 * (to - from)) / IDLE_SECONDS, 1);
      const of = (name: string): number => each(before.get(name) ?? 0, after.get(name) ?? 0);
      return { worker: each(workerBefore, workerAfter), redis: of('redis'), mongo: of('mongo') };
    } finally {
      await worker.stop();
    }
  });
}

/** @param names `drained` and `idle`; both if none is given */
export async function workers(names: readonly string[]): Promise<void> {
  const wanted = (name: string) => names.length === 0 || names.includes(name);
  if (wanted('drained')) await reportDrained();
  if (wanted('idle')) await reportIdle();
}

async function reportDrained(): Promise<void> {
  const runs = new Map<number, Drained[]>([
    [1, []],
    [2, []],
  ]);
  for (let run = 0; run < RUNS; run++) for (const [count, results] of runs) results.push(await drain(count));
  const rows = [...runs].map(([count, results]) => [
    count,
    ...(['perSecond', 'possible', 'workers', 'redis', 'mongo'] as const).map((name) =>
      show(spreadOf(results.map((each) => each[name]))),
    ),
  ]);
  const columns = [
    'workers',
    'messages/s',
    'messages/s with a core for each worker',
    'µs of the workers',
    'µs of Redis',
    "µs of MongoDB's stand-in",
  ];
  report('workers-drained', columns, rows, { runs: [...runs.values()] }, 'workers drained');
}

async function reportIdle(): Promise<void> {
  const results = [];
  for (const partitions of IDLE_PARTITIONS) results.push({ partitions, ...(await idle(partitions)) });
  const rows = results.map(({ partitions, worker, redis, mongo }) => [partitions, worker, redis, mongo]);
  report('workers-idle', ['partitions', 'ms/s of the worker', 'Redis', "MongoDB's stand-in"], rows, { results }, 'workers idle');
}
