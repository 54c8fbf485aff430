/**
 * What sockets in worker threads would cost (docs/decisions): a message between two threads, a read of LMDB in a second thread,
 * a durable write. Processor time is that of the whole process, so both threads count.
 */
import { once } from 'node:events';
import { constants, mkdtempSync } from 'node:fs';
import { open as openFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { open } from 'lmdb';
import { report } from './support/report';
import { modelCosts, modelTable } from './threads/model';
import { show, spreadOf } from './support/stats';

const RUNS = Number(process.env['RUNS'] ?? 5);
/** A message with its author, feeling and cursor, encoded. */
const MESSAGE_BYTES = 300;
const GROUPS = [1, 10, 100];
const HOPS = 5_000;
const ENTRIES = 100_000;
const READS = 200_000;
const GROUPS_WRITTEN = 200;

const hopOf = (size: number): string => `a group of ${size} to a worker thread`;

interface Cost {
  readonly cpuUs: number;
  readonly elapsedUs: number;
}

/** Per unit of the work. */
async function costOf(units: number, work: () => Promise<void>): Promise<Cost> {
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { cpuUs: (user + system) / units, elapsedUs: (1000 * (performance.now() - start)) / units };
}

async function ask(worker: Worker, order: { reads: number; highest: number; bytes?: Buffer }): Promise<void> {
  const answered = once(worker, 'message');
  worker.postMessage(order);
  await answered;
}

export async function threads(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'jungle-buzz-threads-'));
  const path = join(folder, 'data');
  const entries = open<Buffer, number>({ path, encoding: 'binary', overlappingSync: false });
  const message = Buffer.alloc(MESSAGE_BYTES, 'm');
  for (let key = 1; key <= ENTRIES; key++) void entries.put(key, message);
  await entries.flushed;
  const journal = await openFile(join(folder, 'journal'), constants.O_RDWR | constants.O_CREAT | constants.O_DSYNC);
  const worker = new Worker(join(__dirname, 'threads', 'reader.cjs'), { workerData: { path } });
  const costs = new Map<string, Cost[]>();
  const measure = async (name: string, units: number, work: () => Promise<void>): Promise<void> => {
    costs.set(name, [...(costs.get(name) ?? []), await costOf(units, work)]);
  };
  let next = ENTRIES + 1;
  try {
    for (let run = 0; run <= RUNS; run++) {
      for (const size of GROUPS) {
        const bytes = Buffer.alloc(size * MESSAGE_BYTES);
        await measure(hopOf(size), 2 * HOPS, async () => {
          for (let i = 0; i < HOPS; i++) await ask(worker, { reads: 0, highest: 1, bytes });
        });
      }
      await measure('a read of one entry in a worker thread', READS, () => ask(worker, { reads: READS, highest: ENTRIES }));
      for (const size of GROUPS) {
        await measure(`a durable transaction of LMDB with ${size}, per group`, GROUPS_WRITTEN, async () => {
          for (let i = 0; i < GROUPS_WRITTEN; i++) {
            const group = Array.from({ length: size }, () => next++);
            await entries.transaction(() => {
              for (const key of group) void entries.put(key, message);
            });
            await entries.flushed;
          }
        });
        const bytes = Buffer.alloc(size * MESSAGE_BYTES);
        await measure(`a durable write of ${size} into the journal, per group`, GROUPS_WRITTEN, async () => {
          for (let i = 0; i < GROUPS_WRITTEN; i++) await journal.write(bytes, 0, bytes.length, 0);
        });
      }
    }
  } finally {
    await worker.terminate();
    await journal.close();
    await entries.close();
    await rm(folder, { recursive: true });
  }
  // The first run warms up.
  const rows = [...costs].map(([name, all]) => {
    const spread = (of: keyof Cost) => show(spreadOf(all.slice(1).map((cost) => cost[of])));
    return [name, spread('cpuUs'), spread('elapsedUs')];
  });
  const hop = spreadOf((costs.get(hopOf(10)) ?? []).slice(1).map(({ cpuUs }) => cpuUs)).median;
  const model = modelCosts(hop);
  const notes = model
    ? [
        `Sockets by the model, from ${model.ingest.toFixed(0)} µs per sendChat, ${model.write.toFixed(1)} µs per write to a socket and ` +
          `${model.message.toFixed(2)} µs per further message in it (ingest and fan-out of the last run), and ${hop} µs per group between threads:`,
        modelTable(model),
      ]
    : [];
  report('threads', ['messages of 300 bytes', 'CPU µs', 'elapsed µs'], rows, { costs: Object.fromEntries(costs) }, 'threads', {
    notes,
  });
}
