/**
 * A process for tests that kill it. It opens the folder of its first argument and prints `open`, or `refused <message>`. Then it
 * appends as fast as it can and prints `ack <offset> <id>` for each entry, while it stores, commits and trims.
 * Arguments: folder, prefix of the ids, number of concurrent appends (0: it only holds the folder open).
 * KILL_AT_WRITE=<n> or STOP_AT_WRITE=<n> in the environment: inside its n-th asynchronous transaction it sends itself SIGKILL or
 * SIGSTOP; it prints `stopping` before the latter.
 */
import { writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Environment } from '../../src/adapters/lmdb/environment';
import { openLmdb, type LmdbEngine } from '../../src/adapters/lmdb/open-lmdb';
import { systemClock } from '../../src/ports/clock';
import { randomId } from '../../src/ports/ids';
import { silentLogger } from '../../src/ports/logger';

const [, , dataDir = '', prefix = '', concurrency = '0'] = process.argv;

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Writes synchronously, so that a printed line outlives the process. Waits while the pipe is full. */
function say(line: string): void {
  for (;;) {
    try {
      writeSync(1, `${line}\n`);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(sleeper, 0, 0, 1);
    }
  }
}

async function append({ chatLog }: LmdbEngine, worker: number): Promise<never> {
  for (let i = 0; ; i++) {
    const id = `${prefix}-${worker}-${i}`;
    const text = id.repeat(1 + (i % 20));
    const emotions = [0, 0, 0, 0, 0, 0, 0, i % 100];
    const appended = await chatLog.append({
      id,
      room: 'main',
      authorId: `a${worker}`,
      author: 'a',
      text,
      emotions,
      dominant: null,
      feeling: null,
      answers: null,
    });
    if (!appended.duplicate) say(`ack ${appended.chat.offset} ${id}`);
  }
}

async function store({ chatLog, chatStore, moodStore }: LmdbEngine): Promise<never> {
  for (;;) {
    const from = { epoch: (await chatLog.head()).epoch, offset: await chatLog.committed() };
    const batch = (await chatLog.read(from, 300)) ?? [];
    const last = batch.at(-1);
    if (last) {
      await chatStore.insertBatch(batch);
      await moodStore.add(batch);
      await chatLog.commit(last.offset, 1);
      await chatLog.trim(50, 0);
    }
    await delay(5);
  }
}

function signalAtWrite(signal: 'SIGKILL' | 'SIGSTOP', count: number): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const { write } = Environment.prototype;
  let writes = 0;
  Environment.prototype.write = function <T>(this: Environment, change: () => T): Promise<T> {
    return write.call(this, () => {
      const result = change();
      if (++writes !== count) return result;
      if (signal === 'SIGSTOP') say('stopping');
      process.kill(process.pid, signal);
      return result;
    }) as Promise<T>;
  };
}

async function main(): Promise<void> {
  const { KILL_AT_WRITE, STOP_AT_WRITE } = process.env;
  if (KILL_AT_WRITE) signalAtWrite('SIGKILL', Number(KILL_AT_WRITE));
  if (STOP_AT_WRITE) signalAtWrite('SIGSTOP', Number(STOP_AT_WRITE));
  let engine: LmdbEngine;
  try {
    engine = await openLmdb({ dataDir, clock: systemClock, logger: silentLogger, newId: randomId, logMaxBacklog: 100_000 });
  } catch (error) {
    say(`refused ${error instanceof Error ? error.message : String(error)}`);
    return;
  }
  say('open');
  const appending = Array.from({ length: Number(concurrency) }, (_, worker) => append(engine, worker));
  if (appending.length > 0) appending.push(store(engine));
  // Holds the folder until it is killed.
  await Promise.all([...appending, new Promise(() => setInterval(() => undefined, 60_000))]);
}

void main();
