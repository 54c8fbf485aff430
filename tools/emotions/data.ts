import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EMOTIONS } from '../../src/domain/emotion';

export interface Row {
  readonly text: string;
  /** One number for each label: 0 or 1, or a probability that a model gave. */
  readonly labels: readonly number[];
}

/** Parts of the rows: for the final measurement only, for calibration and tuning, and for training. */
export interface Split {
  readonly validation: readonly Row[];
  readonly dev: readonly Row[];
  readonly train: readonly Row[];
}

/** Share of the rows, in percent. */
const PARTS = { ko: { validation: 15, dev: 15 }, en: { validation: 10, dev: 10 }, polarity: { validation: 10, dev: 5 } } as const;
const OPENING = 16;

/**
 * The part of a row depends only on its first letters, with repetitions removed. So equal and nearly equal texts ("감사합니다!!",
 * "감사합니다~") are in the same part.
 */
function part(text: string): number {
  const letters = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/(.)\1+/gu, '$1');
  const opening = letters === '' ? text : letters.slice(0, OPENING);
  let h = 77;
  for (let i = 0; i < opening.length; i++) h = Math.imul(h ^ opening.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) % 100;
}

/** Some rows of the source are still quoted as in its CSV file. */
const unquote = (text: string): string =>
  text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;

function read(folder: string, file: string, parse: (labels: readonly string[]) => readonly number[]): readonly Row[] {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const tab = line.lastIndexOf('\t');
      return { text: unquote(line.slice(0, tab)), labels: parse(line.slice(tab + 1).split(',')) };
    });
}

function split(rows: readonly Row[], parts: { readonly validation: number; readonly dev: number }): Split {
  const where = (from: number, to: number) => rows.filter(({ text }) => part(text) >= from && part(text) < to);
  const dev = parts.validation + parts.dev;
  return { validation: where(0, parts.validation), dev: where(parts.validation, dev), train: where(dev, 100) };
}

const emotions = (labels: readonly string[]): readonly number[] => EMOTIONS.map((emotion) => (labels.includes(emotion) ? 1 : 0));

export const koreanEmotions = (folder: string): Split => split(read(folder, 'ko-emotions.tsv', emotions), PARTS.ko);

export const englishEmotions = (folder: string): Split => split(read(folder, 'en-emotions.tsv', emotions), PARTS.en);

/** Rows with one label: 1 is positive. */
export const koreanPolarity = (folder: string): Split =>
  split(
    read(folder, 'ko-polarity.tsv', ([label]) => [label === 'POSITIVE' ? 1 : 0]),
    PARTS.polarity,
  );
