import {
  closeSync,
  constants,
  existsSync,
  fdatasync,
  fsyncSync,
  openSync,
  readFileSync,
  rmSync,
  write,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const FILE = 'journal';
/** Half of the file. A group of the largest messages fits in. */
export const HALF_BYTES = 512 * 1024;
const LENGTH_BYTES = 4;
/** A write into a file that is open so returns when it is on the disk. Elsewhere only fdatasync flushes the cache of the device. */
const SYNCS_EACH_WRITE = process.platform === 'linux';

const flush = promisify(fdatasync);

/**
 * The newest entries of the log, on the disk before they are in LMDB. A group costs one write and one flush of a file that never
 * grows; a transaction of LMDB writes some ten pages and flushes twice. The file has two halves. A half is used again when all its
 * entries are settled, which means durable in LMDB.
 *
 * Layout of a half: records one behind the other, each its length (UInt32LE) and its bytes. A length of 0 ends them; bytes behind it
 * are of an earlier round.
 */
export class Journal {
  private half = 0;
  /** Where the next record goes, within the half. */
  private position = 0;
  /** The last offset in each half. */
  private readonly last = [0, 0];
  /** The last write failed, so its records may be there. */
  private failed = false;

  private constructor(
    private readonly path: string,
    private readonly fd: number,
  ) {}

  /** Empties the journal of the folder. Its entries must be settled. */
  static create(dataDir: string): Journal {
    const path = join(dataDir, FILE);
    const flags = constants.O_RDWR | constants.O_CREAT | (SYNCS_EACH_WRITE ? constants.O_DSYNC : 0);
    const fd = openSync(path, flags, 0o600);
    writeFileSync(fd, Buffer.alloc(2 * HALF_BYTES));
    fsyncSync(fd);
    syncFolder(dataDir);
    return new Journal(path, fd);
  }

  /**
   * Resolves when the records are on the disk. One call at a time. After a failure they may be there until the next call.
   * @param lastOffset offset of the last of the records
   * @param settled every entry up to this offset is settled
   * @returns false, and writes nothing, if there is no room until more entries are settled
   */
  async write(records: readonly Buffer[], lastOffset: number, settled: number): Promise<boolean> {
    let length = LENGTH_BYTES;
    for (const record of records) length += LENGTH_BYTES + record.length;
    if (this.failed) await this.writeHere(Buffer.alloc(LENGTH_BYTES));
    if (!this.makeRoom(length, settled)) return false;
    const bytes = Buffer.allocUnsafe(length);
    let at = 0;
    for (const record of records) {
      bytes.writeUInt32LE(record.length, at);
      record.copy(bytes, at + LENGTH_BYTES);
      at += LENGTH_BYTES + record.length;
    }
    bytes.writeUInt32LE(0, at);
    await this.writeHere(bytes);
    this.position += at;
    this.last[this.half] = lastOffset;
    return true;
  }

  /** @param isSettled whether all entries are settled: the file is not needed any more */
  close(isSettled: boolean): void {
    closeSync(this.fd);
    if (isSettled) rmSync(this.path);
  }

  private makeRoom(length: number, settled: number): boolean {
    if (length > HALF_BYTES) throw new Error(`a group of ${length} bytes does not fit into the journal`);
    if ((this.last[this.half] ?? 0) <= settled) this.position = 0;
    if (this.position + length <= HALF_BYTES) return true;
    const other = 1 - this.half;
    if ((this.last[other] ?? 0) > settled) return false;
    this.half = other;
    this.position = 0;
    return true;
  }

  private async writeHere(bytes: Buffer): Promise<void> {
    const position = this.half * HALF_BYTES + this.position;
    this.failed = true;
    await new Promise<void>((resolve, reject) => {
      write(this.fd, bytes, 0, bytes.length, position, (error, written) => {
        if (error) reject(error);
        else if (written < bytes.length)
          reject(new Error(`only ${written} of ${bytes.length} bytes were written to the journal`));
        else resolve();
      });
    });
    if (!SYNCS_EACH_WRITE) await flush(this.fd);
    this.failed = false;
  }
}

/** A new file is there after a power failure only if the folder is on the disk too. */
function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** The bytes of the journal of a folder; empty without one. */
export function readJournal(dataDir: string): Buffer {
  const path = join(dataDir, FILE);
  return existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
}

/**
 * The entries of a journal in the order of their offsets, settled ones included.
 * @param decode returns undefined for bytes that are no record: a half ends there
 */
export function journalled<T extends { readonly offset: number }>(file: Buffer, decode: (record: Buffer) => T | undefined): T[] {
  const entries: T[] = [];
  for (const start of [0, HALF_BYTES]) {
    const half = file.subarray(start, start + HALF_BYTES);
    for (let at = 0; at + LENGTH_BYTES <= half.length;) {
      const length = half.readUInt32LE(at);
      at += LENGTH_BYTES;
      const entry = length > 0 && at + length <= half.length ? decode(Buffer.from(half.subarray(at, at + length))) : undefined;
      if (!entry) break;
      entries.push(entry);
      at += length;
    }
  }
  return entries.sort((a, b) => a.offset - b.offset);
}
