import { fromPercents, strongest, toPercents, valence } from '../../src/domain/emotion';

test('scores are kept as whole percents, whatever they were', () => {
  expect(toPercents([0.123, 1.5, -1, NaN, 0.995, 0, 1, 0.5])).toEqual([12, 100, 0, 0, 100, 0, 100, 50]);
  expect(toPercents([])).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  expect(fromPercents([12, 100])).toEqual([0.12, 1, 0, 0, 0, 0, 0, 0]);
});

test('the strongest emotion is named only if it is strong enough', () => {
  expect(strongest([0.1, 0.7, 0, 0, 0, 0.6, 0, 0], 0.5)).toBe('LOVE');
  expect(strongest([0.1, 0.4, 0, 0, 0, 0, 0, 0], 0.5)).toBeNull();
  expect(strongest([0.5, 0.5, 0, 0, 0, 0, 0, 0], 0.5)).toBe('JOY');
  expect(strongest([0, 0, 0, 0, 0, 0, 0, 0], 0)).toBeNull();
});

test('valence runs from -1 to 1 and stays near 0 for faint feelings', () => {
  expect(valence([1, 1, 0, 0, 0, 0, 0, 0])).toBe(1);
  expect(valence([0, 0, 0, 0, 1, 0, 0, 1])).toBe(-1);
  expect(valence([0.05, 0, 0, 0, 0, 0, 0, 0])).toBeCloseTo(0.05);
  expect(valence([0, 0, 0, 0, 0, 0, 0, 0])).toBe(0);
});
