import { toCsv } from '../../src/web/pages/csv';

test('quotes commas, quotes and line breaks, and begins with a byte order mark', () => {
  expect(toCsv([['때', 'a,b', 'say "hi"', 'two\nlines', -0.25]])).toBe('\uFEFF때,"a,b","say ""hi""","two\nlines",-0.25\r\n');
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '＝1'])(
  'a text that looks like a formula is no formula: %j',
  (text) => {
    expect(toCsv([[text]])).toContain(`'${text}`);
  },
);
