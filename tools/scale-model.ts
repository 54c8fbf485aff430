/**
 * Computes from measured costs what an installation of 10 to 10,000,000 people online runs and which part is full first, with the build of
 * an earlier commit and with this one. Writes the table of docs/scaling.md and its plot. With --check it writes nothing and fails if they
 * are out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measuredCosts } from './scale/measured';
import { fullAt, loadOf, type Load, type Part } from './scale/model';
import { linePlot, type Line } from './scale/plot';

const root = join(__dirname, '..');
const SIZES = [10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];
const PARTS: Readonly<Record<Part, string>> = { api: '#edae49', redis: '#d1495b', worker: '#66a182', live: '#2e4057' };

const show = (value: number): string =>
  value < 0.0005 ? '0' : value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(2)));
const count = (processes: number): string =>
  Number.isFinite(processes) ? processes.toLocaleString('en') : 'no number is enough';

const NAMES: Readonly<Record<Part, string>> = { api: 'api', redis: 'Redis', worker: 'worker', live: 'live' };
const fullest = ({ fullest: part, fill }: Load): string => `${NAMES[part]}, ${show(100 * fill[part])} %`;
const people = (number: number): string =>
  Number.isFinite(number) ? Number(number.toPrecision(2)).toLocaleString('en') : 'more than 10,000,000';

const [before, after] = measuredCosts();
if (!before || !after) throw new Error('run `npm run bench -- ceilings COMMIT` first');
const loads = SIZES.map((people) => [loadOf(people, before.costs, false), loadOf(people, after.costs, true)] as const);

const columns = [
  ...['people online', 'messages/s', 'deliveries/s', 'api', 'live before', 'live', 'worker', 'Redis before, cores of 1', 'Redis'],
  ...['fullest before', 'fullest'],
];
const rows = loads.map(([old, now]) => [
  now.people.toLocaleString('en'),
  show(now.messagesPerSecond),
  show(now.deliveriesPerSecond),
  count(now.apis),
  count(old.lives),
  count(now.lives),
  count(now.workers),
  Number.isFinite(old.lives) ? show(old.cores.redis) : '-',
  count(now.redises),
  fullest(old),
  fullest(now),
]);
const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');

const limits = [
  `One Redis fills a core at ${people(fullAt('redis', after.costs))} people; before, at ${people(fullAt('redis', before.costs))}.`,
  `One worker fills a core at ${people(fullAt('worker', after.costs))} people; before, at ${people(fullAt('worker', before.costs))}.`,
].join(' ');

const lineOf = (part: Part, side: 0 | 1): Line => ({
  name: side === 0 ? `${part}, before` : part,
  colour: PARTS[part],
  dashed: side === 0,
  points: loads.map((pair): [number, number] => {
    const load: Load = pair[side];
    return [load.people, Number.isFinite(load.lives) ? load.cores[part] : Infinity];
  }),
});
const plot = linePlot('Cores that each part uses', 'people online', 'cores', [
  ...(['live', 'redis'] as const).flatMap((part) => [lineOf(part, 0), lineOf(part, 1)]),
  lineOf('api', 1),
  lineOf('worker', 1),
]);

const docPath = join(root, 'docs', 'scaling.md');
const doc = readFileSync(docPath, 'utf8').replace(
  /(<!-- scale-model -->\n)[^]*?(<!-- \/scale-model -->)/,
  (_, open: string, close: string) => `${open}\n${table}\n\n${limits}\n\n${close}`,
);
for (const [path, text] of [
  [docPath, doc],
  [join(root, 'docs', 'images', 'scaling.svg'), plot],
] as const) {
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    console.error(`${path} is out of date. Run: npm run docs:scaling`);
    process.exitCode = 1;
  }
}
console.log(`${table}\n\n${limits}`);
