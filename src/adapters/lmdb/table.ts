import { asBinary, type Database, type Key, type RangeOptions } from 'lmdb';
import { DAMAGED, DamagedRecord } from './record';

/** LMDB's own limit is 1,978 bytes for a whole key. */
const MAX_KEY_PART_BYTES = 900;

/** LMDB throws on a text that is empty or too long, as input from outside may be. Nothing was ever stored under one. */
const isPossible = (key: unknown): boolean =>
  Array.isArray(key)
    ? key.every((part) => part === '' || isPossible(part))
    : typeof key !== 'string' || (key !== '' && Buffer.byteLength(key) <= MAX_KEY_PART_BYTES);

/** The start is included, the end is not. */
export type KeyRange = Pick<RangeOptions, 'start' | 'end' | 'limit' | 'offset' | 'reverse'>;

/** The ordered keys of a named database. Reads return arrays, so that no iterator of LMDB stays open. */
abstract class Keys<V, K extends Key> {
  constructor(protected readonly db: Database<V, K>) {}

  has(key: K): boolean {
    return isPossible(key) && this.db.doesExist(key);
  }

  keys(range: KeyRange = {}): K[] {
    return isPossible(range.start) ? [...this.db.getKeys({ ...range })] : [];
  }

  count(range: KeyRange = {}): number {
    return this.db.getKeysCount({ ...range });
  }

  lastKey(): K | undefined {
    return this.keys({ reverse: true, limit: 1 })[0];
  }

  remove(key: K): void {
    void this.db.remove(key);
  }
}

export class KeySet<K extends Key> extends Keys<null, K> {
  add(key: K): void {
    void this.db.put(key, null);
  }
}

/** Records with checksums. */
export class Table<V, K extends Key> extends Keys<V | typeof DAMAGED, K> {
  /** @param onDamage is called for every read of a damaged record */
  constructor(
    db: Database<V | typeof DAMAGED, K>,
    private readonly name: string,
    private readonly onDamage: (error: DamagedRecord) => void,
  ) {
    super(db);
  }

  /**
   * @param repair makes the value of a damaged record
   * @throws DamagedRecord without `repair`
   */
  get(key: K, repair?: (key: K) => V): V | undefined {
    const value = isPossible(key) ? this.db.get(key) : undefined;
    if (value !== DAMAGED) return value;
    const error = this.report(key);
    if (repair) return repair(key);
    throw error;
  }

  /** A damaged record is reported and counts as absent. */
  getIntact(key: K): V | undefined {
    const value = isPossible(key) ? this.db.get(key) : undefined;
    if (value !== DAMAGED) return value;
    this.report(key);
    return undefined;
  }

  /** Damaged records are reported and left out, unless they are repaired. */
  entries(range: KeyRange = {}, repair?: (key: K) => V): { readonly key: K; readonly value: V }[] {
    return [...this.db.getRange({ ...range })].flatMap(({ key, value }) => {
      if (value !== DAMAGED) return [{ key, value }];
      this.report(key);
      return repair ? [{ key, value: repair(key) }] : [];
    });
  }

  values(range: KeyRange = {}): V[] {
    return this.entries(range).map(({ value }) => value);
  }

  put(key: K, value: V): void {
    void this.db.put(key, value);
  }

  /** @param record a value that was encoded by the table's codec */
  putRecord(key: K, record: Buffer): void {
    // lmdb knows the type of binary values at run time only.
    void this.db.put(key, asBinary(record) as unknown as V);
  }

  private report(key: K): DamagedRecord {
    const error = new DamagedRecord(this.name, key);
    this.onDamage(error);
    return error;
  }
}
