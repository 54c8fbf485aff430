import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

const RESULTS = join(__dirname, '..', 'results');

/** What the figures were measured on. */
export const machine = () => ({
  date: new Date().toISOString().slice(0, 10),
  cpu: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
});

/** What gives the figures again, with the settings that were not left as they are. */
const command = (name: string): string =>
  [
    ...['RUNS', 'SECONDS'].flatMap((key) => (process.env[key] ? [`${key}=${process.env[key]}`] : [])),
    'npm run bench --',
    name,
  ].join(' ');

/** Writes the results as JSON and as a Markdown table, and prints the table. */
export function report(
  name: string,
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  raw: object,
): void {
  const { date, cpu, memoryGb, node, commit } = machine();
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  const table = [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
  const text = `${table}\n\n${date} · ${cpu} · ${memoryGb} GB · Node ${node} · ${commit} · \`${command(name)}\`\n`;
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, `${name}.md`), text);
  writeFileSync(join(RESULTS, `${name}.json`), `${JSON.stringify({ machine: machine(), ...raw }, null, 2)}\n`);
  process.stdout.write(`\n${text}`);
}
