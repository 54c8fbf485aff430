import { en } from '../../src/web/words/en';
import { ko } from '../../src/web/words/ko';
import { ROOM_WORDS } from '../../src/web/words/rooms';

type Dictionary = Readonly<Record<string, string>>;

const placeholders = (sentence: string): string[] => (sentence.match(/\{\w+\}/g) ?? []).sort();

describe.each<[string, Dictionary, Dictionary]>([
  ['of the page', ko, en],
  ['about rooms', ROOM_WORDS.ko, ROOM_WORDS.en],
])('the dictionaries %s', (_, korean, english) => {
  test('have the same keys and placeholders', () => {
    expect(Object.keys(english)).toEqual(Object.keys(korean));
    for (const [key, sentence] of Object.entries(korean)) {
      expect([key, placeholders(english[key] ?? '')]).toEqual([key, placeholders(sentence)]);
    }
  });

  test('contain Hangul in Korean and none in English, and no empty text', () => {
    expect(Object.entries(korean).filter(([, sentence]) => !/[가-힣]/.test(sentence))).toEqual([]);
    expect(Object.entries(english).filter(([, sentence]) => /[가-힣]/.test(sentence) || sentence.trim() === '')).toEqual([]);
  });
});
