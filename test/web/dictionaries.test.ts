import { en } from '../../src/web/words/en';
import { HALL_WORDS } from '../../src/web/words/hall';
import { ko } from '../../src/web/words/ko';

const placeholders = (sentence: string): string[] => (sentence.match(/\{\w+\}/g) ?? []).sort();

describe.each<[string, Record<string, string>, Record<string, string>]>([
  ['the page', ko, en],
  ['the screen and the embedded wall', HALL_WORDS.ko, HALL_WORDS.en],
])('the dictionaries of %s', (_, korean, english) => {
  test('both have the same keys and placeholders', () => {
    expect(Object.keys(english)).toEqual(Object.keys(korean));
    for (const [key, sentence] of Object.entries(korean)) {
      expect([key, placeholders(english[key] ?? '')]).toEqual([key, placeholders(sentence)]);
    }
  });

  test('Korean texts contain Hangul, English texts do not, and none is empty', () => {
    expect(Object.entries(korean).filter(([, sentence]) => !/[가-힣]/.test(sentence))).toEqual([]);
    expect(Object.entries(english).filter(([, sentence]) => /[가-힣]/.test(sentence) || sentence.trim() === '')).toEqual([]);
  });
});
