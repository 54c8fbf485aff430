import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { DamagedData } from './record';

const MAGIC = 0xbeefc0de;
/** The only data format whose pages this file knows. LMDB itself refuses a format that it does not know. */
const FORMAT = 2;
const HEADER_BYTES = 24;
const NO_PAGE = 0xffff_ffff_ffff_ffffn;

/** Places in a page of LMDB 1.0 (liblmdb/mdb.c): MDB_page_header, MDB_meta and MDB_db. Integers are little-endian. */
const AT = {
  pageFlags: 18,
  lower: 20,
  magic: 24,
  format: 28,
  pageSize: 48,
  freeRoot: 88,
  mainRoot: 136,
  lastPage: 144,
  txn: 152,
};
const META_BYTES = 160;
/** A server that writes meanwhile can replace pages between two reads. */
const ATTEMPTS = 3;
const ROOT_IN_DB = 40;
const BRANCH_PAGE = 1;
const LEAF_PAGE = 2;
/** The node's data are on pages of their own: MDB_ovpage, with the first page and, 16 bytes behind, their number. */
const BIG_NODE = 1;
/** The node's data are the MDB_db of a named database. */
const DATABASE_NODE = 2;

/**
 * Checks that the file has every page that it refers to: LMDB maps the file into memory, and the system ends a process that reads a
 * page behind the end (SIGBUS). A file that does not exist, or is empty as after a crash before the first commit, is in order.
 * @throws DamagedData
 */
export function checkDataFile(path: string): void {
  if (!existsSync(path)) return;
  const fd = openSync(path, 'r');
  try {
    for (let attempt = 1; !isComplete(fd); attempt++) {
      if (attempt === ATTEMPTS) throw new DamagedData(`its data.mdb is truncated after ${fstatSync(fd).size} bytes`);
    }
  } finally {
    closeSync(fd);
  }
}

function isComplete(fd: number): boolean {
  const first = readAt(fd, 0, META_BYTES);
  if (first.length === 0) return true;
  if (first.readUInt32LE(AT.magic) !== MAGIC) throw new DamagedData('its data.mdb is not a database of this program');
  if (first.readUInt32LE(AT.format) !== FORMAT) return true;
  const pageSize = first.readUInt32LE(AT.pageSize);
  const second = readAt(fd, pageSize, META_BYTES);
  // Each commit replaces the older of the two.
  const meta = second.readBigUInt64LE(AT.txn) > first.readBigUInt64LE(AT.txn) ? second : first;
  // Asked for last: a server that runs makes the file longer.
  const pages = Math.floor(fstatSync(fd).size / pageSize);
  // Free pages at the end need not be in the file, so a short file is not always a truncated one.
  if (Number(meta.readBigUInt64LE(AT.lastPage)) < pages) return true;
  return pages >= 2 && [AT.freeRoot, AT.mainRoot].every((at) => hasTree(fd, pageSize, pages, meta.readBigUInt64LE(at)));
}

/** Reads the tree below a page. @returns whether all its pages are in the file */
function hasTree(fd: number, pageSize: number, pages: number, root: bigint): boolean {
  const toVisit = [root];
  let visited = 0;
  for (let number = toVisit.pop(); number !== undefined; number = toVisit.pop()) {
    if (number === NO_PAGE) continue;
    // More visits than pages: the tree has a loop.
    if (number >= BigInt(pages) || ++visited > pages) return false;
    const page = readAt(fd, Number(number) * pageSize, pageSize);
    const flags = page.readUInt16LE(AT.pageFlags);
    if ((flags & (BRANCH_PAGE | LEAF_PAGE)) === 0) return false;
    // Both the length of the list and its values count from the end of the header.
    const nodes = page.readUInt16LE(AT.lower) / 2;
    for (let i = 0; i < nodes; i++) {
      const node = HEADER_BYTES + page.readUInt16LE(HEADER_BYTES + 2 * i);
      if (flags & BRANCH_PAGE) {
        toVisit.push(BigInt(page.readUIntLE(node, 6)));
        continue;
      }
      const data = node + 8 + page.readUInt16LE(node + 6);
      const nodeFlags = page.readUInt16LE(node + 4);
      if (nodeFlags & DATABASE_NODE) toVisit.push(page.readBigUInt64LE(data + ROOT_IN_DB));
      if (nodeFlags & BIG_NODE && page.readBigUInt64LE(data) + page.readBigUInt64LE(data + 16) > BigInt(pages)) return false;
    }
  }
  return true;
}

/** @returns zeros for bytes behind the end of the file; nothing for an empty file */
function readAt(fd: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  const read = readSync(fd, bytes, 0, length, position);
  return read === 0 && position === 0 ? bytes.subarray(0, 0) : bytes;
}
