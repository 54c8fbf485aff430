/**
 * Insults that have no other meaning. Left out on purpose: what is also an everyday word (보지 마, 자지 마, 새끼 고양이, 씹다).
 * A syllable may be followed by marks and digits (시1발, 병.신), not by a space: 다시 발표 is innocent.
 */
const WORDS = [
  ...['씨발', '시발', '씨팔', '시팔', '쓰발', '씨바', '씹새끼', '개새끼', '개새기', '개색기', '병신', '븅신', '지랄', '좆'],
  ...['썅', '쌍년', '쌍놈', '미친년', '미친놈', '걸레년', '창녀', '엠창', '느금마', '니애미', '니미럴', '호로새끼', '후레자식'],
  ...['ㅅㅂ', 'ㅆㅂ', 'ㅂㅅ', 'ㅄ', 'ㅈㄹ', 'ㅈ같', 'ㄱㅅㄲ'],
];

/** Words that begin, or continue, with one of the list: starting point, station, a gift with best regards. */
const INNOCENT = ['시발점', '시발역', '시발택시', '시발자동차', '병신년', '병신일', '씨바람'];

const BETWEEN = String.raw`[\d.,!@#*_~^\-]{0,3}`;

const loose = (word: string): string => [...word].join(BETWEEN);

const innocent = new RegExp(INNOCENT.join('|'), 'gu');
const listed = new RegExp(WORDS.map(loose).join('|'), 'gu');

/** Where the words are, end exclusive, in UTF-16 units of the text. */
export function findKorean(text: string): [start: number, end: number][] {
  const spared = [...text.matchAll(innocent)].map(({ index, 0: word }) => [index, index + word.length] as const);
  return [...text.matchAll(listed)]
    .map(({ index, 0: word }): [number, number] => [index, index + word.length])
    .filter(([start, end]) => !spared.some(([from, to]) => start >= from && end <= to));
}
