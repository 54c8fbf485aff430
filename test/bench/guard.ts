/** Compares the processor time of this build with that of another commit, by runs in turn. Fails if this one takes more than 10 % more. */
import { graphql, registerUsers } from '../support/plain-api';
import { ServerProcess } from '../support/server-process';
import { byRequests, compare as comparePatterns, steadily, type Pattern } from './fan-out/compared';
import { SECONDS } from './fan-out/settings';
import { buildLoadGenerator } from './servers/build';
import { OUR_PROTOCOL } from './servers/catalogue';
import { Publisher, type Sent } from './servers/load';
import { moveToLoadProcessors, onServerProcessor, placement } from './servers/pin';
import { portsOf, type Reachable } from './servers/target';
import { checkOut, git, removeCheckOut } from './support/other-build';
import { report } from './support/report';
import { latencyOf, round, show, spreadOf } from './support/stats';

const RUNS = Number(process.env['RUNS'] ?? 5);
const LARGEST_RATIO = 1.1;
const SOCKETS = 200;
const READS = 3_000;
const READERS = 4;
const SEND = 'mutation ($input: SendChatInput!) { sendChat(input: $input) { id } }';
const RECENT = '{ recentChats(first: 20) { items { id text author sentAt } cursor } }';

interface Build {
  readonly server: ServerProcess;
  readonly target: Reachable;
}

/** Processor time per message that is sent. */
async function sending({ target }: Build, send: (publisher: Publisher) => Promise<Sent>): Promise<number> {
  const publisher = Publisher.open(target);
  try {
    await publisher.most(SECONDS / 5);
    const before = target.usage().cpuSeconds;
    const { answered } = await send(publisher);
    return (1e6 * (target.usage().cpuSeconds - before)) / answered;
  } finally {
    publisher.end();
  }
}

/** Processor time per delivery, without that of sending. */
async function delivering({ target }: Build, pattern: Pattern): Promise<number> {
  const figures = await comparePatterns(target, SOCKETS, new Map([['pattern', pattern]]));
  return figures.get('pattern')?.['netCpuPerDelivery'] ?? NaN;
}

/** Some readers who each ask again as soon as they have the answer. @returns the latencies in microseconds */
async function read({ server }: Build): Promise<number[]> {
  const latencies: number[] = [];
  const reader = async (): Promise<void> => {
    for (let i = 0; i < READS / READERS; i++) {
      const began = performance.now();
      await graphql(server.httpUrl, RECENT, {});
      latencies.push(1e3 * (performance.now() - began));
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  return latencies;
}

/** Microseconds: processor time of the server, or where it says so, latency. */
const LOADS: Readonly<Record<string, (build: Build) => Promise<number>>> = {
  'µs per sendChat at 500/s': (build) => sending(build, (publisher) => publisher.atRate(500, SECONDS)),
  'µs per sendChat at most load': (build) => sending(build, (publisher) => publisher.most(SECONDS)),
  'µs per recentChats of 20 in a public room': async (build) => {
    await read(build);
    const before = build.server.usage().cpuSeconds;
    await read(build);
    return (1e6 * (build.server.usage().cpuSeconds - before)) / READS;
  },
  'µs latency of recentChats of 20, 4 readers, p50': async (build) => latencyOf(await read(build)).p50,
  'µs latency of recentChats of 20, 4 readers, p99': async (build) => latencyOf(await read(build)).p99,
  'µs per delivery to 200 subscribers at 100/s': (build) => delivering(build, steadily),
  'µs per delivery of a burst of 1,000 sendChat to 200 subscribers': (build) => delivering(build, byRequests),
};

/** A server on a new folder. */
async function start(root: string): Promise<Build> {
  const server = await ServerProcess.start({}, undefined, root, onServerProcessor);
  const tokens = await registerUsers(server.httpUrl, 20);
  for (const token of tokens)
    await graphql(server.httpUrl, SEND, { input: { clientMessageId: 'first', text: 'a first note' } }, token);
  return { server, target: { protocol: OUR_PROTOCOL, ...portsOf(server), tokens, usage: () => server.usage() } };
}

/** @param names a commit, tag or branch, without one the newest tag; then words of the loads, all without one */
export async function guard([given, ...words]: readonly string[]): Promise<void> {
  const reference = given ?? git('describe', '--tags', '--abbrev=0');
  buildLoadGenerator();
  const folder = checkOut(reference);
  moveToLoadProcessors();
  const builds: Build[] = [];
  try {
    for (const root of [folder, process.cwd()]) builds.push(await start(root));
    const rows: (string | number)[][] = [];
    for (const [load, measure] of Object.entries(LOADS)) {
      if (words.length > 0 && !words.some((word) => load.includes(word))) continue;
      rows.push([load, ...(await compareBuilds(load, builds, measure))]);
    }
    const columns = ['load', reference, 'this commit', 'ratio', 'largest ratio'];
    report('guard', columns, rows, {}, ['guard', reference, ...words].join(' '), { placement });
    if (rows.some(([, , , ratio, limit]) => limit !== '-' && Number(ratio) > LARGEST_RATIO)) process.exitCode = 1;
  } finally {
    await Promise.all(builds.map(({ server }) => server.stop()));
    removeCheckOut(folder);
  }
}

/** @returns the two spreads, the median of the ratios of neighbouring runs, and the limit */
async function compareBuilds(
  load: string,
  builds: readonly Build[],
  measure: (build: Build) => Promise<number>,
): Promise<(string | number)[]> {
  const costs: number[][] = builds.map(() => []);
  for (let run = 0; run < RUNS; run++) {
    for (const [i, build] of builds.entries()) costs[i]?.push(await measure(build));
  }
  const [reference = [], here = []] = costs;
  const ratio = spreadOf(here.map((cost, i) => cost / (reference[i] ?? NaN))).median;
  // Latencies depend on what else the machine does.
  return [show(spreadOf(reference)), show(spreadOf(here)), round(ratio), load.includes('latency') ? '-' : LARGEST_RATIO];
}
