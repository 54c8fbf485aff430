/** Writes .env.example and README's table of settings from src/config/settings.ts. With --check it writes nothing and fails if they are out of date. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTINGS } from '../src/config/settings';

const root = join(__dirname, '..');
const settings = Object.entries<{ fallback: string | undefined; about: string }>(SETTINGS);

/** Comment lines of at most 100 characters. */
const comment = (text: string): string => text.replace(/(.{1,98})(?: |$)/g, '# $1\n');

const envExample = settings.map(([name, { fallback, about }]) => `${comment(about)}#${name}=${fallback ?? ''}\n`).join('\n');

const table = [
  '| variable | default | description |',
  '| --- | --- | --- |',
  ...settings.map(([name, { fallback, about }]) => `| \`${name}\` | ${fallback ? `\`${fallback}\`` : ''} | ${about} |`),
].join('\n');

const readmePath = join(root, 'README.md');
const readme = readFileSync(readmePath, 'utf8').replace(
  /(<!-- settings -->\n)[^]*?(<!-- \/settings -->)/,
  (_, open: string, close: string) => `${open}\n${table}\n\n${close}`,
);

for (const [path, text] of [
  [join(root, '.env.example'), envExample],
  [readmePath, readme],
] as const) {
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    console.error(`${path} is out of date. Run: npm run docs:settings`);
    process.exitCode = 1;
  }
}
