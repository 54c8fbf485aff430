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

const STORED = 1 + COLUMNS;
/** The decompressed file is put together of chunks of this size. */
const CHUNK_BYTES = 1 << 20;

/** Known features with their records, as ModelData has them. */
export interface Features {
  /** One bit per hashed feature: known or not. A feature's number is its rank among the known ones. */
  readonly known: Uint32Array;
  /** records[feature * RECORD] is its value, in VALUE_STEPS; after it the weights, in units of scales[column]. */
  readonly records: Int8Array;
}

/** A linear model over hashed features, as it is stored and scored with. */
export interface ModelData extends Features {
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

/** The length and the number of the lists of ModelData that follow the count of features, in this order. */
const LISTS = ['scales', 'bias', 'thresholds', 'polarity', 'pull', 'damping'] as const;

export const encodeModel = (model: ModelData): Buffer =>
  pack(
    model,
    LISTS.flatMap((list) => [...model[list]]),
  );

/** @throws Error if the file is damaged */
export function decodeModel(file: Uint8Array): ModelData {
  const { features, floats } = unpack(file, LISTS.length * COLUMNS);
  const list = (i: number) => floats.slice(i * COLUMNS, (i + 1) * COLUMNS);
  return {
    ...features,
    scales: list(0),
    bias: list(1),
    thresholds: list(2),
    polarity: list(3),
    pull: list(4),
    damping: list(5),
  };
}

/** Count of features, the floats, the bitmap, and the records column by column; little-endian, Brotli. */
export function pack({ known, records }: Features, floats: readonly number[]): Buffer {
  const features = records.length / RECORD;
  const bytes = Buffer.alloc(4 + floats.length * 4 + BITMAP_WORDS * 4 + features * STORED);
  bytes.writeUInt32LE(features, 0);
  floats.forEach((number, i) => bytes.writeFloatLE(number, 4 + i * 4));
  let at = 4 + floats.length * 4;
  for (const word of known) at = bytes.writeUInt32LE(word, at);
  for (let k = 0; k < STORED; k++) {
    for (let f = 0; f < features; f++) at = bytes.writeInt8(records[f * RECORD + k] ?? 0, at);
  }
  // A higher quality saves 5 % and takes ten times as long.
  const params = { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_QUALITY]: 9 };
  return brotliCompressSync(bytes, { params });
}

/** @throws Error if the file is damaged or holds another number of floats */
export function unpack(file: Uint8Array, floatCount: number): { readonly features: Features; readonly floats: Float32Array } {
  const bytes = brotliDecompressSync(file, { chunkSize: CHUNK_BYTES });
  const bitmap = 4 + floatCount * 4;
  const features = bytes.length < bitmap ? 0 : bytes.readUInt32LE(0);
  const columns = bitmap + BITMAP_WORDS * 4;
  if (features === 0 || bytes.length !== columns + features * STORED) throw new Error('its length is wrong');
  const floats = Float32Array.from({ length: floatCount }, (_, i) => bytes.readFloatLE(4 + i * 4));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const known = new Uint32Array(BITMAP_WORDS);
  for (let i = 0; i < BITMAP_WORDS; i++) known[i] = view.getUint32(bitmap + i * 4, true);
  const records = new Int8Array(features * RECORD);
  // Record by record: column by column would write to another cache line each time.
  for (let f = 0; f < features; f++) {
    for (let k = 0; k < STORED; k++) records[f * RECORD + k] = bytes[columns + k * features + f] as number;
  }
  return { features: { known, records }, floats };
}
