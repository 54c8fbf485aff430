/** sendChat over HTTP, here and by other servers, without subscribers: processor time per message, latency of the answer, and the most. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { build, versionsOf } from './servers/build';
import { NAMES, OURS, labelOf, type Name } from './servers/catalogue';
import { Publisher } from './servers/load';
import { moveToLoadProcessors, placement } from './servers/pin';
import { startTarget } from './servers/target';
import { writeReadmes, type IngestFigures, type IngestResults } from './readme';
import { dotChart } from './support/chart';
import { report } from './support/report';
import { round, show, spreadOf } from './support/stats';

const RUNS = Number(process.env['RUNS'] ?? 3);
const SECONDS = Number(process.env['SECONDS'] ?? 10);
const SERVERS = process.env['SERVERS']?.split(',');
const WARM_UP_SECONDS = SECONDS / 5;
/** Work that a server does after it has answered belongs to the message. */
const SETTLE_MS = 200;
/** Without subscribers these are like floor-c, centrifugo and apollo. */
const LEFT_OUT: readonly Name[] = ['floor-c-10ms', 'raw-ws', 'centrifuge-10ms', 'type-graphql', 'socket-io'];

const COLUMNS: readonly (readonly [keyof IngestFigures, string])[] = [
  ['cpuAt100', 'server CPU per sendChat at 100/s, µs'],
  ['cpuAt500', 'at 500/s'],
  ['cpuAtMost', 'at most load'],
  ['most', 'sendChat/s at most load'],
  ['p50At500', 'answer p50 ms at 500/s'],
  ['p99At500', 'p99 ms'],
  ['p50At1000', 'answer p50 ms at 1,000/s'],
  ['p99At1000', 'p99 ms'],
  ['loadCoresAtMost', 'load generator at most load, cores'],
];
const CHARTED = { cpuAtMost: 'at most load', cpuAt500: 'at 500/s', cpuAt100: 'at 100/s' } as const;

const NOTES = [
  'Requests come in an open loop over 64 connections. At most load every request is due at once, so all connections are always busy. ' +
    'floor-c parses no JSON and shows the limit of the load generator; node-http shows that of an HTTP server in Node. ' +
    'Jungle Buzz authenticates, validates and scores each message, and writes it to the disk before it answers. The others store nothing.',
];

async function measure(name: Name): Promise<IngestFigures> {
  const target = await startTarget(name);
  const publisher = Publisher.open(target);
  const cpuOf = async <T extends { answered: number }>(send: Promise<T>): Promise<T & { cpu: number }> => {
    const before = target.usage().cpuSeconds;
    const sent = await send;
    await delay(SETTLE_MS);
    return { ...sent, cpu: (1e6 * (target.usage().cpuSeconds - before)) / sent.answered };
  };
  try {
    await publisher.most(WARM_UP_SECONDS);
    const at100 = await cpuOf(publisher.atRate(100, SECONDS));
    const at500 = await cpuOf(publisher.atRate(500, SECONDS));
    const at1000 = await cpuOf(publisher.atRate(1000, SECONDS));
    const most = await cpuOf(publisher.most(SECONDS));
    return {
      cpuAt100: at100.cpu,
      cpuAt500: at500.cpu,
      cpuAtMost: most.cpu,
      most: most.answered / most.seconds,
      p50At500: at500.p50,
      p99At500: at500.p99,
      p50At1000: at1000.p50,
      p99At1000: at1000.p99,
      loadCoresAtMost: most.cpuSeconds / most.seconds,
    };
  } finally {
    publisher.end();
    await target.stop();
  }
}

export async function ingest(): Promise<void> {
  const missing = new Map<Name, string>(build());
  moveToLoadProcessors();
  const names = NAMES.filter((name) => (SERVERS ? SERVERS.includes(name) : !LEFT_OUT.includes(name)));
  const runs: Partial<Record<Name, IngestFigures[]>> = {};
  for (let run = 0; run < RUNS; run++) {
    for (const name of names.filter((server) => !missing.has(server))) {
      try {
        const figures = await measure(name);
        (runs[name] ??= []).push(figures);
        console.error(`${name} ${JSON.stringify(figures)}`);
      } catch (error) {
        // Without ours there is nothing to compare.
        if (name === OURS) throw error;
        missing.set(name, `failed: ${String(error)}`);
      }
    }
  }
  keep(names, runs, missing);
}

function keep(names: readonly Name[], runs: IngestResults['runs'], missing: ReadonlyMap<Name, string>): void {
  const measured = NAMES.filter((name) => runs[name]);
  const spread = (name: Name, key: keyof IngestFigures) => spreadOf((runs[name] ?? []).map((run) => run[key]));
  const rows = measured.map((name) => [
    labelOf(name),
    ...COLUMNS.map(([key]) => {
      const { median, min, max } = spread(name, key);
      const digits = median >= 10 ? 0 : 2;
      return show({ median: round(median, digits), min: round(min, digits), max: round(max, digits) });
    }),
  ]);
  const absent = [...missing]
    .filter(([name]) => names.includes(name))
    .map(([name, reason]) => `${name}: not measured: ${reason}`);
  const versions = versionsOf(measured);
  const changed = [...(SERVERS ? [`SERVERS=${SERVERS.join(',')}`] : [])];
  const raw = { placement, versions, missing: Object.fromEntries(missing), changed, runs };
  const points = Object.entries(CHARTED).flatMap(([key, group]) =>
    measured.map((name) => ({ group, name: labelOf(name), ...spread(name, key as keyof typeof CHARTED) })),
  );
  const folder = join(__dirname, 'results');
  mkdirSync(folder, { recursive: true });
  const title = 'Processor time of the server per sendChat, µs (logarithmic; dot: median, line: least to greatest)';
  writeFileSync(join(folder, 'ingest.svg'), dotChart(title, points, labelOf(OURS)));
  const notes = [...NOTES, '![processor time per sendChat](ingest.svg)', ...absent, versions.join(', '), ...changed];
  report('ingest', ['server', ...COLUMNS.map(([, heading]) => heading)], rows, raw, 'ingest', { notes, placement });
  writeReadmes();
}
