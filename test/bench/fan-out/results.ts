import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { versionsOf } from '../servers/build';
import { NAMES, OURS, kindOf, labelOf, type Name, type Peer } from '../servers/catalogue';
import { placement } from '../servers/pin';
import { dotChart, type Point } from '../support/chart';
import { footer, machine, type Machine } from '../support/report';
import { round, spreadOf } from '../support/stats';
import type { Figures } from './loads';
import { HEADINGS, NOTES } from './notes';
import { SCENES } from './scenes';
import { changedSettings } from './settings';

export type Runs = Readonly<Partial<Record<Name, readonly Figures[]>>>;

/** All runs of one load, by server. */
export interface Measured {
  readonly machine: Machine;
  readonly settings: readonly string[];
  readonly placement: string;
  readonly versions: readonly string[];
  /** Reasons, by server. */
  readonly missing: Readonly<Record<string, string>>;
  readonly runs: Runs;
}
export type Results = Record<string, Measured>;

const FOLDER = join(__dirname, '..', 'results');
const fileOf = (ending: string) => join(FOLDER, `fan-out.${ending}`);
const LOADS = SCENES.flatMap(({ loads }) => loads.map(({ name }) => name));
/** What the chart and the READMEs show. */
export const CHARTED = 'cpuPerDelivery';

export function loadResults(): Results {
  const all = existsSync(fileOf('json')) ? (JSON.parse(readFileSync(fileOf('json'), 'utf8')) as Results) : {};
  return Object.fromEntries(LOADS.flatMap((name) => (all[name] ? [[name, all[name]]] : [])));
}

const cell = (values: readonly number[]): string => {
  const { median, min, max } = spreadOf(values);
  const short = (value: number) =>
    Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : String(round(value, Math.abs(value) < 10 ? 2 : 1));
  return short(min) === short(max) ? short(median) : `${short(median)} (${short(min)}-${short(max)})`;
};

export const medianOf = (runs: readonly Figures[] | undefined, figure: string): number =>
  spreadOf((runs ?? []).flatMap((run) => run[figure] ?? [])).median;

/** The server other than ours with the least, among these kinds. */
export function bestOther(runs: Runs, kinds: readonly Peer['kind'][]): { name: Name; value: number } | undefined {
  return NAMES.filter((name) => name !== OURS && kinds.includes(kindOf(name)))
    .map((name) => ({ name, value: medianOf(runs[name], CHARTED) }))
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => a.value - b.value)[0];
}

function comparisonOf(runs: Runs): string[] {
  const ours = medianOf(runs[OURS], CHARTED);
  if (!Number.isFinite(ours)) return [];
  const against = (what: string, kinds: readonly Peer['kind'][]): string[] => {
    const best = bestOther(runs, kinds);
    return best ? [`${what}: ${labelOf(best.name)}, ${round(best.value)} µs, ${round(best.value / ours)} × ours`] : [];
  };
  const all = [
    ...against('Best other GraphQL server', ['graphql']),
    ...against('Best other server of any kind', ['graphql', 'other']),
  ];
  return all.length > 0 ? [`${all.join('. ')}.\n`] : [];
}

function section(name: string, { runs, machine: on, settings, placement: where, versions, missing }: Measured): string {
  const servers = NAMES.filter((server) => runs[server]);
  const figures = Object.keys(HEADINGS).filter((figure) => servers.some((server) => runs[server]?.some((run) => figure in run)));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rows = servers.map((server) => {
    const values = (figure: string) => (runs[server] ?? []).flatMap((run) => run[figure] ?? []);
    return line([labelOf(server), ...figures.map((figure) => (values(figure).length > 0 ? cell(values(figure)) : ''))]);
  });
  const absent = Object.entries(missing).map(([server, reason]) => `${server}: not measured: ${reason}\n`);
  return [
    `### ${name}\n`,
    line(['server', ...figures.map((figure) => HEADINGS[figure] ?? figure)]),
    line(['---', ...figures.map(() => '---')]),
    ...rows,
    '',
    ...comparisonOf(runs),
    ...absent,
    ...(versions.length > 0 ? [`${versions.join(', ')}\n`] : []),
    `${footer(on, [...settings, `npm run bench -- fan-out ${name}`].join(' '), where)}\n`,
  ].join('\n');
}

const pointsOf = (results: Results): Point[] =>
  Object.entries(results).flatMap(([group, { runs }]) =>
    NAMES.flatMap((name) => {
      const values = (runs[name] ?? []).flatMap((run) => run[CHARTED] ?? []);
      return values.length > 0 ? [{ group, name: labelOf(name), ...spreadOf(values) }] : [];
    }),
  );

/** Replaces the results of these loads and rewrites JSON, tables, and chart. */
export function keep(measuredRuns: Readonly<Record<string, Runs>>, missing: ReadonlyMap<Name, string>): void {
  const measured: Results = {};
  for (const [name, runs] of Object.entries(measuredRuns)) {
    const planned = SCENES.flatMap(({ loads }) => loads).find((load) => load.name === name)?.servers ?? [];
    measured[name] = {
      machine: machine(),
      settings: changedSettings(),
      placement,
      versions: versionsOf(NAMES.filter((server) => runs[server])),
      missing: Object.fromEntries([...missing].filter(([server]) => planned.includes(server))),
      runs,
    };
  }
  const all = { ...loadResults(), ...measured };
  const results: Results = Object.fromEntries(LOADS.flatMap((name) => (all[name] ? [[name, all[name]]] : [])));
  const sections = (of: Results) => Object.entries(of).map(([name, one]) => section(name, one));
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(fileOf('json'), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(fileOf('md'), `${NOTES}\n![processor time per delivery](fan-out.svg)\n\n${sections(results).join('\n')}`);
  const points = pointsOf(results);
  if (points.length > 0) {
    const title =
      'Processor time of the server per delivery, publishing included, µs (logarithmic; dot: median, line: least to greatest)';
    writeFileSync(fileOf('svg'), dotChart(title, points, labelOf(OURS)));
  }
  process.stdout.write(`\n${sections(measured).join('\n')}`);
}
