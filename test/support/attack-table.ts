import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PATH = join(__dirname, '..', '..', 'docs', 'security.md');

/** Set by `npm run docs:security`. */
const WRITE = process.env['JUNGLE_BUZZ_WRITE_TABLES'] === '1';

export interface Row {
  readonly name: string;
  readonly outcome: string;
}

/** Compares the table under the markers of a name in docs/security.md with the rows, or writes it. */
export function keepTable(name: string, rows: readonly Row[]): void {
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const table = [
    '| attack | outcome |',
    '| --- | --- |',
    ...rows.map((row) => `| ${cell(row.name)} | ${cell(row.outcome)} |`),
  ].join('\n');
  const text = readFileSync(PATH, 'utf8');
  const [open, close] = [`<!-- attacks: ${name} -->\n`, `\n<!-- /attacks: ${name} -->`];
  const [start, end] = [text.indexOf(open), text.indexOf(close)];
  if (start < 0 || end < start) throw new Error(`docs/security.md has no table for the attacks on ${name}`);
  const kept = text.slice(start + open.length, end).trim();
  if (WRITE) writeFileSync(PATH, `${text.slice(0, start + open.length)}\n${table}\n${text.slice(end)}`);
  else if (kept !== table) throw new Error('docs/security.md is out of date. Run: npm run docs:security');
}
