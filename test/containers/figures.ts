import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

export interface Figure {
  readonly step: string;
  readonly result: string;
  readonly seconds: number;
}

export interface Scale {
  /** Messages a second. */
  readonly perSecond: number;
  readonly subscribers: number;
}

const FILE = join(__dirname, '..', '..', 'docs', 'operations.md');
const MARKERS = /(<!-- containers -->\n)[^]*(<!-- \/containers -->)/;

/** Replaces the table between the markers of docs/operations.md. */
export function writeFigures(figures: readonly Figure[], { perSecond, subscribers }: Scale): void {
  const date = new Date().toISOString().slice(0, 10);
  const lines = [
    `Made by \`npm run test:containers -- --write\` on ${date} on a machine of ${cpus().length} cores that also made the load: ` +
      `${perSecond} messages a second, ${subscribers} subscribers, and a page and a query about every 0.1 s, all through the proxy.`,
    '',
    '| step | result | seconds |',
    '| --- | --- | --: |',
    ...figures.map(({ step, result, seconds }) => `| ${step} | ${result} | ${seconds} |`),
  ];
  const text = readFileSync(FILE, 'utf8');
  writeFileSync(
    FILE,
    text.replace(MARKERS, (_, begin: string, end: string) => `${begin}\n${lines.join('\n')}\n\n${end}`),
  );
}
