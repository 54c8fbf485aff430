import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Scale } from './installation';
import { described } from './pauses';
import { SCENARIOS, type Outcome } from './suite';

const FILE = join(__dirname, '..', '..', 'docs', 'operations.md');
const BEGIN = '<!-- faults -->';
const END = '<!-- /faults -->';
const HEAD = [
  'fault',
  'what happened',
  'date',
  'load',
  'acknowledged',
  'received',
  'lost',
  'twice',
  'reordered',
  'gaps',
  'unknown',
  'takes messages again',
  'backlog stored',
];

/** Writes one outcome into the table and replaces the previous one. The rest of the file stays. */
export function writeTable(outcome: Outcome, scale: Scale): void {
  const text = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '# Operations\n';
  const whole = text.includes(BEGIN) ? text : `${text.trimEnd()}\n\n## Faults\n\n${BEGIN}\n${END}\n`;
  const [before = '', rest = ''] = whole.split(BEGIN);
  const [table = '', after = ''] = rest.split(END);
  const rows = new Map(
    table
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => [/`([^`]+)`/.exec(line)?.[1] ?? '', line]),
  );
  rows.set(outcome.name, rowOf(outcome, scale));
  const sorted = SCENARIOS.flatMap(({ name }) => rows.get(name) ?? []);
  const intro = [
    `Made by \`npm run faults -- --write\` with everything on one machine of ${cpus().length} cores: 2 processes of each role, Redis,`,
    'MongoDB, writers and readers. Load: messages a second, subscribers in 3 rooms (in 16 partitions: one room in each, or with three',
    'Redis servers two on each), and the factor by which the described length of',
    'outages was multiplied. Every row also had 0 unexpected and 0 phantom messages, or it failed.',
  ].join(' ');
  const lines = [
    intro,
    '',
    `| ${HEAD.join(' | ')} |`,
    `| ${HEAD.map((_, i) => (i > 3 ? '--:' : '---')).join(' | ')} |`,
    ...sorted,
  ];
  writeFileSync(FILE, `${before}${BEGIN}\n\n${lines.join('\n')}\n\n${END}${after}`);
}

/** Drain rate divided by arrival rate. A backlog of a few seconds is stored with the next batch, so it has no rate. */
const times = (backlog: number, drainedMs: number, perSecond: number): string =>
  backlog > 5 * perSecond ? `, ${(backlog / (drainedMs / 1_000) / perSecond).toFixed(1)} × arrival` : '';

function rowOf({ name, about, evidence, wrong, pauses, ...counts }: Outcome, { perSecond, subscribers, outage }: Scale): string {
  const number = (value: number | undefined) => (value === undefined ? '-' : value.toLocaleString('en'));
  const seconds = (ms: number | undefined) => (ms === undefined || !Number.isFinite(ms) ? '-' : `${(ms / 1_000).toFixed(1)} s`);
  const {
    acknowledged,
    received,
    lost,
    excused = 0,
    duplicated,
    reordered,
    gaps,
    indeterminate,
    recoveredMs,
    backlog,
    drainedMs,
  } = counts;
  const what = [
    about,
    evidence,
    ...(pauses ? [described(pauses)] : []),
    ...(wrong.length > 0 ? [`**failed**: ${wrong[0] ?? ''}`] : []),
  ]
    .join('. ')
    .replaceAll('|', '/');
  const cells = [
    ...[
      `\`${name}\``,
      what,
      new Date().toISOString().slice(0, 10),
      `${perSecond}/s, ${subscribers}, ${outage}`,
      number(acknowledged),
      number(received),
    ],
    excused > 0 ? `${number(lost)} (${number(excused)} allowed)` : number(lost),
    ...[number(duplicated), number(reordered), number(gaps), number(indeterminate), seconds(recoveredMs)],
    backlog && drainedMs ? `${number(backlog)} in ${seconds(drainedMs)}${times(backlog, drainedMs, perSecond)}` : '-',
  ];
  return `| ${cells.join(' | ')} |`;
}
