import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** LMDB's mark, and where its first page has it. */
const MAGIC = 0xbeefc0de;
const MAGIC_AT = 24;
/** Enough for an empty database. */
const PROBE_BYTES = 256 * 1024;

/**
 * Makes the folder if it is missing (for its owner only) and makes sure that LMDB can work in it: lmdb crashes the process where
 * it should report that it cannot open its files.
 * @param probe name of a file that is written and removed
 * @throws the system's error, or one that says what is there instead of our file
 */
export function checkFolder(path: string, probe: string): void {
  makeFolder(resolve(path));
  for (const name of ['data.mdb', 'lock.mdb']) {
    const file = join(path, name);
    if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK);
  }
  checkMagic(join(path, 'data.mdb'));
  writeProbe(join(path, probe));
}

/** Not mkdir's own `recursive`, which never returns where the system says ENOENT for a folder whose parent exists (/proc). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process that starts now may have made it.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function checkMagic(file: string): void {
  if (!existsSync(file)) return;
  const bytes = Buffer.alloc(MAGIC_AT + 4);
  const fd = openSync(file, 'r');
  try {
    const length = readSync(fd, bytes);
    // An empty file is what a crash in the very first moment leaves.
    if (length > 0 && bytes.readUInt32LE(MAGIC_AT) !== MAGIC) throw new Error('its data.mdb is not a database of ours');
  } finally {
    closeSync(fd);
  }
}

function writeProbe(file: string): void {
  const fd = openSync(file, 'wx', 0o600);
  try {
    // Unlike writeSync, not content with a part.
    writeFileSync(fd, Buffer.alloc(PROBE_BYTES));
    fsyncSync(fd);
  } finally {
    closeSync(fd);
    rmSync(file, { force: true });
  }
}
