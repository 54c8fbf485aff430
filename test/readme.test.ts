import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withTimes } from './bench/fan-out/results';

const root = join(__dirname, '..');
const [english, korean] = ['README.md', 'README.ko.md'].map((name) => readFileSync(join(root, name), 'utf8')) as [string, string];
const targets = (text: string): string[] => [...text.matchAll(/\]\(([^)#:]+)[^)]*\)/g)].map(([, path = '']) => path);

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
    expect(text).toMatch(/<!-- times: steady-200 -->[\d.]+<!-- \/times -->/);
    expect(withTimes(text)).toBe(text);
  }
});

test('what the README links to is there', () => {
  expect(targets(english + korean).filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
