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

/** LMDB's magic number, and its place in the first page. */
const MAGIC = 0xbeefc0de;
const MAGIC_AT = 24;
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
  checkMagic(join(path, 'data.mdb'));
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

function checkMagic(file: string): void {
  if (!existsSync(file)) return;
  const bytes = Buffer.alloc(MAGIC_AT + 4);
  const fd = openSync(file, 'r');
  try {
    const length = readSync(fd, bytes);
    // A crash before the first commit leaves an empty file.
    if (length > 0 && bytes.readUInt32LE(MAGIC_AT) !== MAGIC) throw new Error('its data.mdb is not a database of this program');
  } finally {
    closeSync(fd);
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
