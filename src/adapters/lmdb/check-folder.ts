import { accessSync, closeSync, constants, existsSync, fsyncSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { checkDataFile } from './check-data-file';

/** The size of an empty database, with room for its first commits. */
const PROBE_BYTES = 256 * 1024;

/**
 * Creates a missing folder with mode 700 and checks that LMDB can work in it: lmdb crashes the process when it cannot open its
 * files.
 * @param probe name of a file that is written and removed
 * @throws the system's error, or an error about data.mdb
 */
export function checkFolder(path: string, probe: string): void {
  makeFolder(resolve(path));
  for (const name of ['data.mdb', 'lock.mdb']) {
    const file = join(path, name);
    if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK);
  }
  checkDataFile(join(path, 'data.mdb'));
  writeProbe(join(path, probe));
}

/** Replaces the option `recursive` of mkdir, which never returns where the system reports ENOENT although the parent exists (/proc). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another starting process may have created it.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function writeProbe(file: string): void {
  const fd = openSync(file, 'wx', 0o600);
  try {
    // writeSync may write only a part.
    writeFileSync(fd, Buffer.alloc(PROBE_BYTES));
    fsyncSync(fd);
  } finally {
    closeSync(fd);
    rmSync(file, { force: true });
  }
}
