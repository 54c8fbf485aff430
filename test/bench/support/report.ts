import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

const RESULTS = join(__dirname, '..', 'results');

/** Processor ticks so far: used by programs, and withheld by the host of a virtual machine (steal). */
function ticks(): { had: number; stolen: number } {
  const line = existsSync('/proc/stat') ? (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '') : '';
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, stolen = 0] = line.split(/ +/).slice(1).map(Number);
  return { had: user + nice + system + irq + softirq, stolen };
}

const atFirst = ticks();

/** Share of the requested processor time that the host withheld since the bench began, in percent. */
function stolenPercent(): number {
  const { had, stolen } = ticks();
  const withheld = stolen - atFirst.stolen;
  return Math.round((100 * withheld) / Math.max(1, had - atFirst.had + withheld));
}

/** The machine of the measurement. */
export const machine = () => ({
  date: new Date().toISOString().slice(0, 10),
  cpu: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  stolenPercent: stolenPercent(),
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
});

/** Optional fields are missing in older results. */
export type Machine = Omit<ReturnType<typeof machine>, 'stolenPercent'> & { readonly stolenPercent?: number };

/** The command that repeats the measurement, with changed settings. */
const command = (name: string): string =>
  [
    ...['RUNS', 'SECONDS'].flatMap((key) => (process.env[key] ? [`${key}=${process.env[key]}`] : [])),
    'npm run bench --',
    name,
  ].join(' ');

/** @param placement on which processors server and load ran, if they were pinned */
export const footer = (on: Readonly<Machine>, command: string, placement?: string): string =>
  [
    `${on.date} · ${on.cpu}${on.stolenPercent === undefined ? '' : `, ${on.stolenPercent} % of their time withheld by the host`}`,
    `${on.memoryGb} GB`,
    `Node ${on.node}`,
    on.commit,
    ...(placement ? [placement] : []),
    `\`${command}\``,
  ].join(' · ');

/** Writes the results as JSON and as a Markdown table, and prints the table. */
export function report(
  name: string,
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  raw: object,
  /** The arguments after `npm run bench --`. */
  args = name,
  /** Lines below the table, and on which processors it ran. */
  { notes = [], placement }: { readonly notes?: readonly string[]; readonly placement?: string } = {},
): void {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  const table = [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
  const text = [table, ...notes, footer(machine(), command(args), placement)].join('\n\n') + '\n';
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, `${name}.md`), text);
  writeFileSync(join(RESULTS, `${name}.json`), `${JSON.stringify({ machine: machine(), ...raw }, null, 2)}\n`);
  process.stdout.write(`\n${text}`);
}
