/** Compares the processor time of this build with that of another commit, by runs in turn. Fails if this one takes more than 10 % more. */
import { graphql, registerUsers } from '../support/plain-api';
import { ServerProcess } from '../support/server-process';
import { httpLoad } from './support/children';
import { deliver } from './support/delivery';
import { checkOut, git, removeCheckOut } from './support/other-build';
import { report } from './support/report';
import { latencyOf, round, show, spreadOf } from './support/stats';

const RUNS = Number(process.env['RUNS'] ?? 5);
const SECONDS = Number(process.env['SECONDS'] ?? 10);
const WARM_UP_SECONDS = 2;
const LOADED_SECONDS = WARM_UP_SECONDS + SECONDS;
const LARGEST_RATIO = 1.1;
const SENDS_PER_SECOND = 500;
const SOCKETS = 200;
const SENDS_TO_SOCKETS_PER_SECOND = 100;
const READS = 3_000;
const READERS = 4;
const SEND = 'mutation ($input: SendChatInput!) { sendChat(input: $input) { id } }';
const RECENT = '{ recentChats(first: 20) { items { id text author sentAt } cursor } }';

interface Build {
  readonly server: ServerProcess;
  readonly tokens: string[];
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
const LOADS: Readonly<Record<string, (build: Build, run: string) => Promise<number>>> = {
  'µs per sendChat at 500/s': async ({ server, tokens }, run) => {
    const before = server.usage().cpuSeconds;
    const load = { url: server.httpUrl, tokens, perSecond: SENDS_PER_SECOND, seconds: SECONDS, warmUpSeconds: WARM_UP_SECONDS };
    await httpLoad({ ...load, room: 'main', run });
    return (1e6 * (server.usage().cpuSeconds - before)) / (SENDS_PER_SECOND * LOADED_SECONDS);
  },
  'µs per recentChats of 20 in a public room': async (build) => {
    await read(build);
    const before = build.server.usage().cpuSeconds;
    await read(build);
    return (1e6 * (build.server.usage().cpuSeconds - before)) / READS;
  },
  'µs latency of recentChats of 20, 4 readers, p50': async (build) => latencyOf(await read(build)).p50,
  'µs latency of recentChats of 20, 4 readers, p99': async (build) => latencyOf(await read(build)).p99,
  'µs per delivery to 200 subscribers at 100/s, sending included': async ({ server, tokens }, run) => {
    const perSecond = SENDS_TO_SOCKETS_PER_SECOND;
    const load = { sockets: SOCKETS, perSecond, seconds: SECONDS, warmUpSeconds: WARM_UP_SECONDS, run };
    return (1e6 * (await deliver(server, tokens, load)).serverCpu) / (perSecond * SOCKETS);
  },
};

/** @param names a commit, tag or branch, without one the newest tag; then words of the loads, all without one */
export async function guard([given, ...words]: readonly string[]): Promise<void> {
  const reference = given ?? git('describe', '--tags', '--abbrev=0');
  const folder = checkOut(reference);
  const builds: Build[] = [];
  try {
    for (const root of [folder, process.cwd()]) {
      const server = await ServerProcess.start({}, undefined, root);
      builds.push({ server, tokens: [] });
      const tokens = await registerUsers(server.httpUrl, 20);
      builds.at(-1)?.tokens.push(...tokens);
      for (const token of tokens)
        await graphql(server.httpUrl, SEND, { input: { clientMessageId: 'first', text: 'a first note' } }, token);
    }
    const rows: (string | number)[][] = [];
    for (const [load, measure] of Object.entries(LOADS)) {
      if (words.length > 0 && !words.some((word) => load.includes(word))) continue;
      rows.push([load, ...(await compare(load, builds, measure))]);
    }
    const columns = ['load', reference, 'this commit', 'ratio', 'largest ratio'];
    report('guard', columns, rows, {}, ['guard', reference, ...words].join(' '));
    if (rows.some(([, , , ratio, limit]) => limit !== '-' && Number(ratio) > LARGEST_RATIO)) process.exitCode = 1;
  } finally {
    await Promise.all(builds.map(({ server }) => server.stop()));
    removeCheckOut(folder);
  }
}

/** @returns the two spreads, the median of the ratios of neighbouring runs, and the limit */
async function compare(
  load: string,
  builds: readonly Build[],
  measure: (build: Build, run: string) => Promise<number>,
): Promise<(string | number)[]> {
  const costs: number[][] = builds.map(() => []);
  for (let run = 0; run < RUNS; run++) {
    for (const [i, build] of builds.entries()) costs[i]?.push(await measure(build, `${load.length}-${run}-${i}`));
  }
  const [reference = [], here = []] = costs;
  const ratio = spreadOf(here.map((cost, i) => cost / (reference[i] ?? NaN))).median;
  // Latencies depend on what else the machine does.
  return [show(spreadOf(reference)), show(spreadOf(here)), round(ratio), load.includes('latency') ? '-' : LARGEST_RATIO];
}
