import { preferredLocale } from '../../src/domain/locale';

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['ko', 'ko'],
  ['ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7', 'ko'],
  ['en-US,en;q=0.9,ko;q=0.8', 'en'],
  ['fr, ko;q=0.5', 'ko'],
  ['en;q=0.3, ko;q=0.8', 'ko'],
  ['ko;q=0, en;q=0.1', 'en'],
  ['KO', 'ko'],
  ['kok', 'en'],
  ['*', 'en'],
  ['ko;q=x', 'en'],
  [';;;,,,q=1', 'en'],
])('the preferred language of %j is %s', (header, locale) => {
  expect(preferredLocale(header)).toBe(locale);
});
