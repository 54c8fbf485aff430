import list from './korean-words.json';

const split = (lines: readonly string[]): string[] => lines.flatMap((line) => line.split(' '));

/**
 * `words` holds insults without another meaning: no everyday word such as 보지 마, 자지 마, 새끼 고양이, 씹다. `harmless` holds words
 * that contain one of them: starting point, station, years of the sexagenary cycle.
 */
const HARMLESS = new RegExp(split(list.harmless).join('|'), 'gu');

/** Marks and digits may separate the syllables (시1발, 병.신), a space may not: 다시 발표 is harmless. */
const SEPARATORS = String.raw`[\d.,!@#*_~^\-]{0,3}`;
const INSULTS = new RegExp(
  split(list.words)
    .map((word) => [...word].join(SEPARATORS))
    .join('|'),
  'gu',
);

/** Positions of insults, end exclusive, in UTF-16 units of the text. */
export function findKorean(text: string): [start: number, end: number][] {
  const harmless = [...text.matchAll(HARMLESS)].map(({ index, 0: word }) => [index, index + word.length] as const);
  return [...text.matchAll(INSULTS)]
    .map(({ index, 0: word }): [number, number] => [index, index + word.length])
    .filter(([start, end]) => !harmless.some(([from, to]) => start >= from && end <= to));
}
