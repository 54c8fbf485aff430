import { en } from '../../src/web/words/en';
import { ko } from '../../src/web/words/ko';

const placeholders = (sentence: string): string[] => (sentence.match(/\{\w+\}/g) ?? []).sort();

test('both languages say the same things, with the same blanks to fill', () => {
  expect(Object.keys(en)).toEqual(Object.keys(ko));
  for (const [key, sentence] of Object.entries(ko)) {
    expect([key, placeholders(en[key as keyof typeof ko])]).toEqual([key, placeholders(sentence)]);
  }
});

test('the Korean sentences are Korean, the English ones are not, and none is empty', () => {
  expect(Object.entries(ko).filter(([, sentence]) => !/[가-힣]/.test(sentence))).toEqual([]);
  expect(Object.entries(en).filter(([, sentence]) => /[가-힣]/.test(sentence) || sentence.trim() === '')).toEqual([]);
});
