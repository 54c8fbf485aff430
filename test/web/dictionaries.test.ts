import { en } from '../../src/web/words/en';
import { ko } from '../../src/web/words/ko';

const placeholders = (sentence: string): string[] => (sentence.match(/\{\w+\}/g) ?? []).sort();

test('both dictionaries have the same keys and placeholders', () => {
  expect(Object.keys(en)).toEqual(Object.keys(ko));
  for (const [key, sentence] of Object.entries(ko)) {
    expect([key, placeholders(en[key as keyof typeof ko])]).toEqual([key, placeholders(sentence)]);
  }
});

test('Korean texts contain Hangul, English texts do not, and none is empty', () => {
  expect(Object.entries(ko).filter(([, sentence]) => !/[가-힣]/.test(sentence))).toEqual([]);
  expect(Object.entries(en).filter(([, sentence]) => /[가-힣]/.test(sentence) || sentence.trim() === '')).toEqual([]);
});
