import { OwnWords } from '../../src/adapters/word-filter/own-words';
import { WordListFilter } from '../../src/adapters/word-filter/word-list-filter';
import { parseOwnWords } from '../../src/domain/room';

test.each([
  ['오늘 김밥 먹자', '오늘 ** 먹자'],
  ['김1.밥, 김 밥', '****, 김 밥'],
  ['KIMBAP, kim-bap', '******, *******'],
  ['나쁜  말이다', '**  **다'],
  ['12-34 (x)', '***** ***'],
  ['😀 김밥천국', '* ****'],
])('words of the hosts are masked whatever their case, also with marks between their letters: %s', (text, masked) => {
  const words = parseOwnWords(['김밥', '김밥천국', 'KimBap', '나쁜 말이', '12-34', '(x)', '😀']);
  expect(new WordListFilter().mask(text, words)).toBe(masked);
  expect(new WordListFilter().mask(text, [])).toBe(text);
});

test('own words are at most 200 of 1 to 40 characters, each once', () => {
  expect(parseOwnWords([' Bad  Word ', 'bad word', '나쁜'])).toEqual(['bad word', '나쁜']);
  expect(parseOwnWords(Array.from({ length: 200 }, (_, i) => `word ${i}`))).toHaveLength(200);
  for (const bad of [[''], ['\u200b'], ['a\u0000b'], ['가'.repeat(41)], Array.from({ length: 201 }, () => 'a')]) {
    expect(() => parseOwnWords(bad)).toThrow(expect.objectContaining({ field: 'ownWords' }) as Error);
  }
});

test('words that share long beginnings are searched in time that does not grow with their number', () => {
  const words = Array.from({ length: 200 }, (_, i) => `${'a'.repeat(39)}${String.fromCodePoint(0xac00 + i)}`);
  const own = new OwnWords();
  // Takes milliseconds. A pattern with all alternatives takes seconds for each text.
  for (let i = 0; i < 20; i++) expect(own.find('a'.repeat(1_000), words)).toEqual([]);
});
