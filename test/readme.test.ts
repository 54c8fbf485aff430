import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFigures } from './bench/readme';

const root = join(__dirname, '..');
const [english, korean] = ['README.md', 'README.ko.md'].map((name) => readFileSync(join(root, name), 'utf8')) as [string, string];
const targets = (text: string): string[] => [...text.matchAll(/\]\(([^)#:]+)[^)]*\)/g)].map(([, path = '']) => path);

/** Both bursts, and beside ours the best GraphQL server and the best server of any kind. */
const FIGURES = ['steady-200', 'burst-by-requests-200', 'burst-from-inside-200'].flatMap((load) =>
  ['ours', 'graphql', 'graphql-name', 'any', 'any-name'].map((which) => `fan-out ${load} ${which}`),
);

test('the README is the same in both languages: its sections, commands and links', () => {
  const headings = (text: string): number => [...text.matchAll(/^## /gm)].length;
  const commands = (text: string): string[] => [...text.matchAll(/```sh\n([^]*?)```/g)].map(([, block = '']) => block);
  const links = (text: string): string[] => [...new Set(targets(text))].filter((path) => !path.startsWith('README')).sort();
  expect(headings(korean)).toBe(headings(english));
  expect(commands(korean)).toEqual(commands(english));
  expect(links(korean)).toEqual(links(english));
});

test('what the README tells of its speed is what was measured last', () => {
  for (const text of [english, korean]) {
    for (const figure of FIGURES) expect(text).toMatch(new RegExp(`<!-- figure: ${figure} -->[^<?]+<!-- /figure -->`));
    expect(withFigures(text)).toBe(text);
  }
});

test('what the README links to is there', () => {
  expect(targets(english + korean).filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
