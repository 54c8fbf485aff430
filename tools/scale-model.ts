/**
 * Computes from measured costs what an installation of 10 to 10,000,000 people online runs and which part is full first, with the build of
 * an earlier commit and with this one. Writes the tables of docs/scaling.md and their plots. With --check it writes nothing and fails if
 * they are out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measuredCosts } from './scale/measured';
import { fullAt, loadOf, type Load, type Part } from './scale/model';
import { linePlot, type Line } from './scale/plot';

const root = join(__dirname, '..');
const SIZES = [10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];
/** What the page recommends; undefined: the embedded engine, which is one process. */
const ANSWERS: readonly { readonly people: number; readonly redises: number | undefined }[] = [
  { people: 100, redises: undefined },
  { people: 10_000, redises: 1 },
  // One would do. With three the loss of one stops a third of the rooms.
  { people: 1_000_000, redises: 3 },
];
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
const tableOf = (heads: readonly string[], body: readonly (readonly string[])[]): string =>
  [line(heads), line(heads.map(() => '---')), ...body.map(line)].join('\n');
const table = tableOf(columns, rows);

const allCores = ({ cores }: Load): number => Object.values(cores).reduce((sum, used) => sum + used, 0);
/** One more than is needed, so that a process can end or restart without interrupting anybody. */
const withSpare = (processes: number): string => count(processes + 1);
const answers = tableOf(
  ['people online', 'engine', 'api', 'live', 'worker', 'Redis', 'messages/s', 'deliveries/s', 'cores in use'],
  ANSWERS.map(({ people, redises }) => {
    const load = loadOf(people, after.costs, true);
    const processes = redises ? [load.apis, load.lives, load.workers].map(withSpare) : ['1 with all roles', '', ''];
    return [
      people.toLocaleString('en'),
      ...[redises ? 'clustered' : 'embedded', ...processes, redises ? count(Math.max(redises, load.redises)) : 'none'],
      ...[load.messagesPerSecond, load.deliveriesPerSecond, allCores(load)].map(show),
    ];
  }),
);

const limits = [
  `One Redis fills a core at ${people(fullAt('redis', after.costs))} people; before, at ${people(fullAt('redis', before.costs))}.`,
  `One worker fills a core at ${people(fullAt('worker', after.costs))} people; before, at ${people(fullAt('worker', before.costs))}.`,
].join(' ');

const lineOf = (part: Part, side: 0 | 1): Line => ({
  name: side === 0 ? `${NAMES[part]}, before` : NAMES[part],
  colour: PARTS[part],
  dashed: side === 0,
  points: loads.map((pair): [number, number] => {
    const load: Load = pair[side];
    return [load.people, Number.isFinite(load.lives) ? load.cores[part] : Infinity];
  }),
});
const plot = linePlot('Cores that each part uses, all its processes together', 'people online', 'cores', [
  { name: 'all', colour: '#000', dashed: false, points: loads.map(([, now]): [number, number] => [now.people, allCores(now)]) },
  ...(['live', 'api', 'redis', 'worker'] as const).map((part) => lineOf(part, 1)),
]);
const beforePlot = linePlot('Cores of live processes and Redis, before and now', 'people online', 'cores', [
  ...(['live', 'redis'] as const).flatMap((part) => [lineOf(part, 0), lineOf(part, 1)]),
]);

const docPath = join(root, 'docs', 'scaling.md');
const fillIn = (page: string, name: string, text: string): string =>
  page.replace(
    new RegExp(`(<!-- ${name} -->\\n)[^]*?(<!-- /${name} -->)`),
    (_, open: string, close: string) => `${open}\n${text}\n\n${close}`,
  );
const page = fillIn(readFileSync(docPath, 'utf8'), 'scale-answer', answers);
const doc = fillIn(page, 'scale-model', `${table}\n\n${limits}`);
for (const [path, text] of [
  [docPath, doc],
  [join(root, 'docs', 'images', 'scaling.svg'), plot],
  [join(root, 'docs', 'images', 'scaling-before.svg'), beforePlot],
] as const) {
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    console.error(`${path} is out of date. Run: npm run docs:scaling`);
    process.exitCode = 1;
  }
}
console.log(`${answers}\n\n${table}\n\n${limits}`);
