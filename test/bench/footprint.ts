/** Memory after 200,000 messages, and the duration of a start: with an empty folder, with a million messages, and with wrong settings. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLmdb } from '../../src/adapters/lmdb/open-lmdb';
import { systemClock } from '../../src/ports/clock';
import { randomId } from '../../src/ports/ids';
import { silentLogger } from '../../src/ports/logger';
import { registerUsers } from '../support/plain-api';
import { refusal } from '../support/refusal';
import { ServerProcess } from '../support/server-process';
import { httpLoad } from './support/children';
import { report } from './support/report';
import { round, show, spreadOf } from './support/stats';

const MESSAGES = Number(process.env['MESSAGES'] ?? 200_000);
const STORED = Number(process.env['STORED'] ?? 1_000_000);
const PER_SECOND = 800;
const STARTS = 3;

async function memory(): Promise<{ start: number; end: number; errors: number }> {
  const server = await ServerProcess.start();
  try {
    const tokens = await registerUsers(server.httpUrl, 50);
    const start = server.usage().rssAnonMb;
    const seconds = MESSAGES / PER_SECOND;
    const { errors } = await httpLoad({
      url: server.httpUrl,
      tokens,
      perSecond: PER_SECOND,
      seconds,
      warmUpSeconds: 0,
      room: 'main',
      run: 'm',
    });
    return { start, end: server.usage().rssAnonMb, errors: errors.length };
  } finally {
    await server.stop();
  }
}

/** Writes messages through the log and the batch writer. */
async function fill(dataDir: string, count: number): Promise<void> {
  const engine = await openLmdb({ dataDir, clock: systemClock, logger: silentLogger, newId: randomId, logMaxBacklog: 100_000 });
  for (let done = 0; done < count; done += 10_000) {
    const batch = await Promise.all(
      Array.from({ length: 10_000 }, async (_, i) => {
        const appended = await engine.chatLog.append({
          id: `fill-${done + i}`,
          room: 'main',
          authorId: `author-${i % 1000}`,
          author: 'quiet otter',
          text: `message number ${done + i} of many that are all about as long as this one`,
          emotions: [10, 0, 0, 20, 0, 0, 0, 0],
          dominant: null,
          feeling: null,
          answers: null,
        });
        if (appended.duplicate) throw new Error('the folder was not empty');
        return appended.chat;
      }),
    );
    await engine.chatStore.insertBatch(batch);
    await engine.moodStore.add(batch);
    await engine.chatLog.of('main').commit(done + 10_000, 1);
    await engine.chatLog.of('main').trim(10_000, 0);
  }
  await engine.close();
}

async function starts(folder?: string): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    const begin = performance.now();
    const server = await ServerProcess.start({}, folder);
    times.push((performance.now() - begin) / 1000);
    await server.stop();
  }
  return times;
}

/** Seconds until a wrong setting ends the process. */
async function refusals(env: Record<string, string>): Promise<number[]> {
  const times: number[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'jungle-buzz-refused-'));
  for (let i = 0; i < STARTS; i++) {
    const begin = performance.now();
    const { exitCode } = await refusal({ ...env, DATA_DIR: folder });
    if (exitCode !== 1) throw new Error(`a start that should have been refused ended with ${exitCode}`);
    times.push((performance.now() - begin) / 1000);
  }
  rmSync(folder, { recursive: true, force: true });
  return times;
}

export async function footprint(): Promise<void> {
  const wrong = spreadOf(await refusals({ PORT: 'eighty' }));
  const unreachable = spreadOf(
    await refusals({ REDIS_URL: 'redis://127.0.0.1:9', MONGODB_URI: 'mongodb://127.0.0.1:9/x', JWT_SECRET: 'x'.repeat(32) }),
  );
  const empty = spreadOf(await starts());
  const folder = mkdtempSync(join(tmpdir(), 'jungle-buzz-million-'));
  await fill(folder, STORED);
  const full = spreadOf(await starts(folder));
  rmSync(folder, { recursive: true, force: true });
  const { start, end, errors } = await memory();
  report(
    'footprint',
    ['what', 'figure'],
    [
      ['start to ready on an empty folder, s', show(empty)],
      ['bad PORT to exit, s', show(wrong)],
      ['unreachable REDIS_URL to exit, s', show(unreachable)],
      [`start to ready on ${STORED.toLocaleString('en')} messages, s`, show(full)],
      ['RssAnon at the start, MB', round(start, 0)],
      [`RssAnon after ${MESSAGES.toLocaleString('en')} messages, MB`, `${round(end, 0)} (${errors} errors)`],
    ],
    { empty, full, wrong, unreachable, memory: { start, end, errors } },
  );
}
