import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { EMOTIONS } from '../../domain/emotion';
import { BITMAP_WORDS } from './known-features';

/** Columns of the weights: the eight emotions, polarity, and how much the text reads like a short review. */
export const POLARITY = EMOTIONS.length;
export const REVIEW = EMOTIONS.length + 1;
export const COLUMNS = EMOTIONS.length + 2;

/** A feature's numbers lie together, in one cache line: its value, then a weight a column. */
export const RECORD = 16;

/** Values of features are kept in steps of this part, from one to 127. */
export const VALUE_STEPS = 40;

const FLOATS = 6 * COLUMNS;
const HEADER_BYTES = 4 + FLOATS * 4;
const STORED = 1 + COLUMNS;

/** A linear model over hashed features, as it is stored and scored with. */
export interface ModelData {
  /** One bit per hashed feature: known or not. A feature's number is its rank among the known ones. */
  readonly known: Uint32Array;
  /** records[feature * RECORD] is its value, in VALUE_STEPS; after it the weights, in units of scales[column]. */
  readonly records: Int8Array;
  readonly scales: Float32Array;
  readonly bias: Float32Array;
  /** Score from which an emotion counts as present; these and those below: unused for the last two columns. */
  readonly thresholds: Float32Array;
  /** How far the log-odds of polarity move those of each emotion. */
  readonly polarity: Float32Array;
  /** How much further they do where the text is a review for certain. */
  readonly pull: Float32Array;
  /** The part of the emotion's own weights that does not count there. */
  readonly damping: Float32Array;
}

/** Count of features, six lists of a number per column, the bitmap, and the records column by column; little-endian, Brotli. */
export function encodeModel(model: ModelData): Buffer {
  const features = model.records.length / RECORD;
  const bytes = Buffer.alloc(HEADER_BYTES + BITMAP_WORDS * 4 + features * STORED);
  bytes.writeUInt32LE(features, 0);
  const { scales, bias, thresholds, polarity, pull, damping } = model;
  [scales, bias, thresholds, polarity, pull, damping].forEach((numbers, i) => {
    numbers.forEach((number, k) => bytes.writeFloatLE(number, 4 + (i * COLUMNS + k) * 4));
  });
  model.known.forEach((word, i) => bytes.writeUInt32LE(word, HEADER_BYTES + i * 4));
  let at = HEADER_BYTES + BITMAP_WORDS * 4;
  for (let k = 0; k < STORED; k++) {
    for (let f = 0; f < features; f++) bytes.writeInt8(model.records[f * RECORD + k] ?? 0, at++);
  }
  // A higher quality saves 5 % and takes ten times as long.
  const params = { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_QUALITY]: 9 };
  return brotliCompressSync(bytes, { params });
}

/** @throws Error if the file is damaged */
export function decodeModel(file: Uint8Array): ModelData {
  const bytes = brotliDecompressSync(file);
  const features = bytes.length < HEADER_BYTES ? 0 : bytes.readUInt32LE(0);
  let at = HEADER_BYTES + BITMAP_WORDS * 4;
  if (features === 0 || bytes.length !== at + features * STORED) throw new Error('its length is wrong');
  const floats = (i: number) => Float32Array.from({ length: COLUMNS }, (_, k) => bytes.readFloatLE(4 + (i * COLUMNS + k) * 4));
  const known = new Uint32Array(BITMAP_WORDS);
  for (let i = 0; i < BITMAP_WORDS; i++) known[i] = bytes.readUInt32LE(HEADER_BYTES + i * 4);
  const records = new Int8Array(features * RECORD);
  for (let k = 0; k < STORED; k++) {
    for (let f = 0; f < features; f++) records[f * RECORD + k] = ((bytes[at++] as number) << 24) >> 24;
  }
  const [scales, bias, thresholds, polarity, pull, damping] = [floats(0), floats(1), floats(2), floats(3), floats(4), floats(5)];
  return { known, records, scales, bias, thresholds, polarity, pull, damping };
}
