import { COLUMNS, RECORD } from './model-file';

const SHIFT = Math.log2(RECORD);
/** Words of four bytes. */
const WORD_SHIFT = SHIFT - 2;

/** Adds up the weights of a text's features, column by column. Holds scratch memory, so it is not re-entrant. */
export class RecordSums {
  readonly sums = new Float64Array(COLUMNS);
  /** One bit a feature: met in this text, so that each counts once. */
  readonly #seen: Uint32Array;
  /** The records, four numbers at a time, the first in the lowest byte: lmdb has no builds for big-endian machines. */
  readonly #words: Int32Array;

  /**
   * @param records as in ModelData
   * @param scales unit of the weights of each column
   */
  constructor(
    private readonly records: Int8Array,
    private readonly scales: Float32Array,
  ) {
    this.#seen = new Uint32Array((records.length >>> (SHIFT + 5)) + 1);
    this.#words = new Int32Array(records.buffer, records.byteOffset, records.length >>> 2);
  }

  /**
   * Adds the features numbers[from..to) as one block that is scaled to the length `weight`, and moves each feature to the front of
   * the block once. The first loop only requests the records from memory; the second reads four numbers at a time and keeps sums in
   * variables because a loop over an array is slower. Most of the time of scoring is spent here.
   */
  add(numbers: Int32Array, from: number, to: number, weight: number): void {
    const records = this.records;
    const words = this.#words;
    const seen = this.#seen;
    let squares = 0;
    let end = from;
    for (let n = from; n < to; n++) {
      const feature = numbers[n] as number;
      const word = seen[feature >>> 5] as number;
      const bit = 1 << (feature & 31);
      if ((word & bit) !== 0) continue;
      seen[feature >>> 5] = word | bit;
      numbers[end++] = feature;
      const value = records[feature << SHIFT] as number;
      squares += value * value;
    }
    if (squares === 0) return;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let e = 0;
    let f = 0;
    let g = 0;
    let h = 0;
    let i = 0;
    let j = 0;
    for (let n = from; n < end; n++) {
      const at = (numbers[n] as number) << WORD_SHIFT;
      const x = words[at] as number;
      const y = words[at + 1] as number;
      const z = words[at + 2] as number;
      const value = (x << 24) >> 24;
      a = (a + value * ((x << 16) >> 24)) | 0;
      b = (b + value * ((x << 8) >> 24)) | 0;
      c = (c + value * (x >> 24)) | 0;
      d = (d + value * ((y << 24) >> 24)) | 0;
      e = (e + value * ((y << 16) >> 24)) | 0;
      f = (f + value * ((y << 8) >> 24)) | 0;
      g = (g + value * (y >> 24)) | 0;
      h = (h + value * ((z << 24) >> 24)) | 0;
      i = (i + value * ((z << 16) >> 24)) | 0;
      j = (j + value * ((z << 8) >> 24)) | 0;
    }
    const scale = weight / Math.sqrt(squares);
    const totals = [a, b, c, d, e, f, g, h, i, j];
    for (let k = 0; k < COLUMNS; k++)
      this.sums[k] = (this.sums[k] as number) + scale * (totals[k] as number) * (this.scales[k] as number);
  }

  /** To be called before the next text, with all numbers that were added. */
  reset(numbers: Int32Array, length: number): void {
    this.sums.fill(0);
    for (let n = 0; n < length; n++) this.#seen[(numbers[n] as number) >>> 5] = 0;
  }
}
