import { crc32 } from 'node:zlib';
import type { Key } from 'lmdb';
import { Packr } from 'msgpackr';

const CHECKSUM_BYTES = 4;

/** Bytes in DATA_DIR are not those that were written: the disk or another program has changed them. */
export class DamagedData extends Error {}

export class DamagedRecord extends DamagedData {
  constructor(
    readonly table: string,
    readonly key: Key,
  ) {
    super(`record ${JSON.stringify(key)} of ${table} is damaged: its checksum does not match`);
  }
}

/** What a damaged record is decoded to: an exception would end the iteration of lmdb over all that follow. */
export const DAMAGED = Symbol('damaged record');

/** How values are stored without the names of their fields. */
export interface Layout<V> {
  /** The value with all fields of V in the order of storage: msgpackr finds the structure by it. */
  readonly inOrder: (value: V) => Readonly<Record<keyof V, unknown>>;
  /** The fields of older versions, oldest first: records with them can still be read. */
  readonly earlier: readonly (readonly string[])[];
}

/**
 * The bytes of one table's records: the value as MessagePack, then a CRC-32 of it, because LMDB has no checksums. Objects of a layout
 * are stored without the fields' names (a shared structure of msgpackr). The structure is in the code and not under
 * lmdb's `sharedStructuresKey`: a structure in the database would be missing after a failed commit of its first record, and a
 * damaged one would make all records of the table unreadable.
 */
export class RecordCodec<V> {
  private readonly packr: Packr;

  /** @param layout absent to store objects with their fields' names */
  constructor(private readonly layout?: Layout<V>) {
    const structures = layout ? [...layout.earlier.map((names) => [...names]), Object.keys(layout.inOrder({} as V))] : [];
    const maxSharedStructures = structures.length;
    const shared = { getStructures: () => structures, saveStructures: () => true, maxSharedStructures };
    // lmdb reads every record into the same buffer.
    this.packr = new Packr({ copyBuffers: true, ...(layout ? shared : { useRecords: false }) });
  }

  readonly encode = (value: V): Buffer => {
    const body = this.packr.pack(this.layout ? this.layout.inOrder(value) : value);
    const bytes = Buffer.allocUnsafe(body.length + CHECKSUM_BYTES);
    body.copy(bytes);
    bytes.writeUInt32LE(crc32(body), body.length);
    return bytes;
  };

  /** @param bytes of which only the first `length` are the record's */
  readonly decode = (bytes: Buffer): V | typeof DAMAGED => {
    const end = bytes.length - CHECKSUM_BYTES;
    if (end <= 0 || bytes.readUInt32LE(end) !== crc32(bytes.subarray(0, end))) return DAMAGED;
    return this.packr.unpack(bytes, end) as V;
  };
}
