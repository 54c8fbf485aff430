import { rmSync, statSync } from 'node:fs';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../../ports/logger';
import { Environment } from './environment';
import { sync } from './sync';

const DATA = 'data.mdb';
const LOCK = 'lock.mdb';
/** Folder in DATA_DIR where a compaction works. */
const STAGING = 'compacting';
/** In the database `meta`: texts were erased since the last compaction. */
const ERASED = 'erased';
/** Larger files are not compacted at a start, which would take too long. This size takes about a second. */
const MAX_BYTES = 256 * 1024 * 1024;

/** @returns a function that records, inside the transaction of an erasure, that bytes of an erased text may be left in the file */
export function erasureMark(env: Environment): () => void {
  const meta = env.plain<number>('meta');
  return () => void meta.put(ERASED, 1);
}

/**
 * Rewrites the data file without its free pages if texts were erased since the last time and the file is small: LMDB leaves erased
 * bytes in pages until it uses them again. Only the writer of the folder may call this. The copy has the writer's own record, so no
 * other process can become the writer meanwhile, and one rename replaces the file: a compaction that is killed has done all or nothing.
 * @returns the environment to use; the given one is closed if it is another
 */
export async function compactAfterErasures(env: Environment, dataDir: string, logger: Logger): Promise<Environment> {
  const staging = join(dataDir, STAGING);
  rmSync(staging, { recursive: true, force: true });
  const isMarked = await env.read(() => env.plain<number>('meta').get(ERASED) !== undefined);
  const before = statSync(join(dataDir, DATA)).size;
  if (!isMarked || before > MAX_BYTES) return env;
  try {
    await mkdir(staging, { mode: 0o700 });
    await env.backup(staging);
    const copy = new Environment(staging);
    copy.writeNow(() => void copy.plain<number>('meta').remove(ERASED));
    await copy.close();
    await chmod(join(staging, DATA), statSync(join(dataDir, DATA)).mode);
    await sync(join(staging, DATA));
  } catch (err) {
    logger.warn({ err }, 'DATA_DIR was not compacted; erased bytes stay in its file until the next start');
    await rm(staging, { recursive: true, force: true });
    return env;
  }
  await env.close();
  await rename(join(staging, DATA), join(dataDir, DATA));
  // It describes the old file. A process that still reads that file keeps both.
  await rm(join(dataDir, LOCK), { force: true });
  await sync(dataDir);
  await rm(staging, { recursive: true, force: true });
  logger.info({ before, after: statSync(join(dataDir, DATA)).size }, 'compacted DATA_DIR after erasures');
  return new Environment(dataDir, { logger });
}
