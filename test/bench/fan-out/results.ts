import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { footer, machine, type Machine } from '../support/report';
import { round, spreadOf } from '../support/stats';
import { barChart, type Bar } from './chart';
import type { Figures } from './loads';
import { changedSettings } from './settings';
import { OURS } from './target';

type Runs = Readonly<Record<string, readonly Figures[]>>;

/** All runs of one load, by server. */
interface Measured {
  readonly machine: Machine;
  readonly settings: readonly string[];
  readonly runs: Runs;
}
type Results = Record<string, Measured>;

const FOLDER = join(__dirname, '..', 'results');
const fileOf = (ending: string) => join(FOLDER, `fan-out.${ending}`);
const READMES = ['README.md', 'README.ko.md'].map((name) => join(__dirname, '..', '..', '..', name));
const GRAPHQL_PEERS = ['graphql-subscriptions', 'type-graphql', 'mercurius'];
const CHARTED = 'cpuPerDelivery';

const HEADINGS: Readonly<Record<string, string>> = {
  p50: 'p50 ms',
  p99: 'p99 ms',
  perSecond: 'deliveries/s',
  cpuPerDelivery: 'server CPU per delivery, µs',
  generatorCpuPerDelivery: 'generator CPU per delivery, µs',
  busiestGenerator: 'busiest generator process, cores',
  serverCores: 'server, cores',
  deliveriesPerCpuSecond: 'deliveries per server CPU-second',
  kbPerSocket: 'RssAnon per socket, KB',
  opensPerSecond: 'subscriptions opened/s',
  cpuPerOpen: 'server CPU per subscription opened, µs',
  sockets: 'sockets',
  secondsToAllBack: 'all back after, s',
  storeReads: 'store reads',
  memoryMb: 'memory, + MB at most',
  closedWith1013: 'closed with 1013',
  closedOtherwise: 'closed otherwise',
  opened: 'opened and closed',
  heapGrowthMb: 'heap after collection, + MB',
  memoryGrowthMb: 'RssAnon, + MB',
  groupsLeft: 'groups left',
  socketsLeft: 'sockets left',
  faults: 'missing or repeated',
};

const NOTES = `- **server CPU per delivery**: user and system time of the whole server process while the load ran, over the deliveries. Kernel ticks are 10 ms.
- Jungle Buzz is the built server (\`dist/main.js\`, embedded engine, \`RATE_LIMITS=off\`). In **steady**, **burst** and **ramp** every server publishes what a request to a small HTTP port says. Peers do nothing else; Jungle Buzz appends the message to its log, fsyncs, stores it and then delivers, and all of that is in its figures. In **send-chat** messages come by real \`sendChat\` over HTTP on the same process.
- Steady loads make 20,000 deliveries a second; latency counts from the time a message was due. A **burst** is one turn's worth of messages, 50,000 deliveries; p50 and p99 there are how long a burst takes.
- Subscribers are plain TCP sockets that speak the protocol and count frames, the same for all (Socket.IO's protocol for Socket.IO). Up to 200 of them read the stamp of each message; in **reconnect** and **stalled** all do, and so notice every gap and repeat.
- **ramp**: 1,000 sockets, the rate doubled and then halved in twice until p99 exceeds 50 ms; "deliveries/s" is the last rate that held. raw-ws shows the ceiling of one write per delivery. 0: not even 5,000 a second held; one message to 1,000 sockets takes a server longer than that which executes it for each.
- Where the busiest generator process comes near one core, or servers and generators together near all cores of the machine, the generator is the limit and not the server: compare deliveries per CPU-second of the server then.
- **reconnect**: all sockets are cut, miss messages and reconnect at once. **stalled**: 100 of 1,000 sockets stop reading while messages of 3 KB come, 20 a second; latencies are those of the other 900. **churn**: 200 sockets a second subscribe and go, half of them without a word; growth is measured after a first tenth.
- Figures are medians of the runs, with the least and the greatest.
`;

function load(): Results {
  return existsSync(fileOf('json')) ? (JSON.parse(readFileSync(fileOf('json'), 'utf8')) as Results) : {};
}

const cell = (values: readonly number[]): string => {
  const { median, min, max } = spreadOf(values);
  const short = (value: number) => (Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : String(round(value, 1)));
  return min === max ? short(median) : `${short(median)} (${short(min)}-${short(max)})`;
};

const medianOf = (runs: readonly Figures[] | undefined, figure: string): number =>
  spreadOf((runs ?? []).flatMap((run) => run[figure] ?? [])).median;

/** How many times ours is better than the best GraphQL peer. */
function ratio(runs: Runs, figure: string, better: 'less' | 'more'): string | undefined {
  const peers = GRAPHQL_PEERS.map((name) => medianOf(runs[name], figure)).filter((value) => value > 0);
  const ours = medianOf(runs[OURS], figure);
  if (peers.length === 0 || !(ours > 0)) return undefined;
  return better === 'less' ? round(Math.min(...peers) / ours, 1).toString() : round(ours / Math.max(...peers), 1).toString();
}

function section(name: string, { runs, machine: on, settings }: Measured): string {
  const servers = Object.keys(runs);
  const figures = Object.keys(HEADINGS).filter((figure) => servers.some((server) => runs[server]?.some((run) => figure in run)));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rows = servers.map((server) =>
    line([
      server,
      ...figures.map((figure) => {
        const values = (runs[server] ?? []).flatMap((run) => run[figure] ?? []);
        return values.length > 0 ? cell(values) : '';
      }),
    ]),
  );
  const comparisons = [
    ['CPU per delivery', ratio(runs, 'cpuPerDelivery', 'less'), 'lower'],
    ['deliveries/s', name === 'ramp' ? ratio(runs, 'perSecond', 'more') : undefined, 'higher'],
    ['deliveries per CPU-second', ratio(runs, 'deliveriesPerCpuSecond', 'more'), 'higher'],
  ].flatMap(([what, times, direction]) => (times ? `${what} ${times} × ${direction}` : []));
  return [
    `### ${name}\n`,
    line(['server', ...figures.map((figure) => HEADINGS[figure] ?? figure)]),
    line(['---', ...figures.map(() => '---')]),
    ...rows,
    '',
    ...(comparisons.length > 0 ? [`Jungle Buzz against the best GraphQL peer: ${comparisons.join(', ')}.\n`] : []),
    `${footer(on, [...settings, `npm run bench -- fan-out ${name}`].join(' '))}\n`,
  ].join('\n');
}

const RATIO = /(<!-- times: ([\w-]+) -->)[^<]*(<!-- \/times -->)/g;

/** Inserts the ratio of processor time per delivery to the best GraphQL peer, for each load that the text names. */
export const withTimes = (text: string, results: Results = load()): string =>
  text.replace(RATIO, (_, open: string, name: string, close: string) => {
    return open + (ratio(results[name]?.runs ?? {}, CHARTED, 'less') ?? '?') + close;
  });

/** Replaces the results of these loads and rewrites JSON, tables, chart and the figures in the READMEs. */
export function keep(measuredRuns: Readonly<Record<string, Runs>>): void {
  const [on, settings] = [machine(), changedSettings()];
  const measured = Object.fromEntries(
    Object.entries(measuredRuns).map(([name, runs]) => [name, { machine: on, settings, runs }]),
  );
  const results = { ...load(), ...measured };
  const text = Object.entries(results).map(([name, of]) => section(name, of));
  const bars: Bar[] = Object.entries(results).flatMap(([group, { runs }]) =>
    Object.entries(runs).flatMap(([name, of]) => {
      const value = medianOf(of, CHARTED);
      return value > 0 ? { group, name, value } : [];
    }),
  );
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(fileOf('json'), `${JSON.stringify(results, null, 2)}\n`);
  for (const readme of READMES) writeFileSync(readme, withTimes(readFileSync(readme, 'utf8'), results));
  writeFileSync(fileOf('md'), `${NOTES}\n![server CPU per delivery](fan-out.svg)\n\n${text.join('\n')}`);
  if (bars.length > 0) {
    writeFileSync(fileOf('svg'), barChart('Server CPU per delivery, µs (logarithmic; shorter is better)', bars));
  }
  process.stdout.write(
    `\n${Object.entries(measured)
      .map(([name, of]) => section(name, of))
      .join('\n')}`,
  );
}
