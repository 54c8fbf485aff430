/** sendChat over HTTP at a fixed rate, and its delivery to subscribers; first with a server that does nothing, to show the generator's limit. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { registerUsers } from '../support/plain-api';
import { httpLoad } from './support/children';
import { deliver } from './support/delivery';
import { report } from './support/report';
import { ServerProcess } from '../support/server-process';
import { latencyOf, round, show, spreadOf } from './support/stats';

const RUNS = Number(process.env['RUNS'] ?? 3);
const SOCKETS = 200;
const SECONDS = Number(process.env['SECONDS'] ?? 30);
const WARM_UP_SECONDS = 10;
/** CPU is counted over the whole load including its warm-up. */
const LOADED_SECONDS = WARM_UP_SECONDS + SECONDS;

interface Run {
  readonly load: string;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly errors: number;
  readonly serverCpu: number;
  readonly generatorCpu: number;
}

async function generatorAlone(): Promise<Run> {
  const idle = createServer((request, response) => {
    request.resume();
    request.on('end', () => response.end('{"data":{"sendChat":{"id":"x"}}}'));
  }).listen(0, '127.0.0.1');
  await once(idle, 'listening');
  const url = `http://127.0.0.1:${(idle.address() as AddressInfo).port}/graphql`;
  const result = await httpLoad({ url, tokens: ['t'], perSecond: 1000, seconds: 5, warmUpSeconds: 2, room: 'main', run: 'g' });
  idle.close();
  return {
    load: 'generator alone',
    ...latencyOf(result.latencies),
    errors: result.errors.length,
    serverCpu: 0,
    generatorCpu: result.cpuSeconds / 7,
  };
}

async function acks(server: ServerProcess, tokens: string[], run: string): Promise<Run> {
  const before = server.usage();
  const result = await httpLoad({
    url: server.httpUrl,
    tokens,
    perSecond: 1000,
    seconds: SECONDS,
    warmUpSeconds: WARM_UP_SECONDS,
    room: 'main',
    run,
  });
  if (result.errors[0]) console.error(result.errors[0]);
  return {
    load: 'ack, 1,000 sendChat/s',
    ...latencyOf(result.latencies),
    errors: result.errors.length,
    serverCpu: (server.usage().cpuSeconds - before.cpuSeconds) / LOADED_SECONDS,
    generatorCpu: result.cpuSeconds / LOADED_SECONDS,
  };
}

async function deliveries(server: ServerProcess, tokens: string[], run: string): Promise<Run> {
  const load = { sockets: SOCKETS, perSecond: 20, seconds: SECONDS, warmUpSeconds: WARM_UP_SECONDS, run };
  const { delays, ...rest } = await deliver(server, tokens, load);
  return { load: 'delivery, 200 x 20/s', ...latencyOf(delays), ...rest };
}

export async function ingest(): Promise<void> {
  const runs: Run[] = [await generatorAlone()];
  for (let i = 0; i < RUNS; i++) {
    const server = await ServerProcess.start();
    try {
      const tokens = await registerUsers(server.httpUrl, 50);
      runs.push(await acks(server, tokens, `a${i}`), await deliveries(server, tokens, `d${i}`));
    } finally {
      await server.stop();
    }
  }
  const rows = [...new Set(runs.map((run) => run.load))].map((load) => {
    const of = runs.filter((run) => run.load === load);
    const column = (key: 'p50' | 'p99' | 'max' | 'serverCpu' | 'generatorCpu') => show(spreadOf(of.map((run) => run[key])));
    return [
      load,
      column('p50'),
      column('p99'),
      column('max'),
      of.reduce((sum, run) => sum + run.errors, 0),
      column('serverCpu'),
      column('generatorCpu'),
    ];
  });
  const columns = ['load', 'p50 ms', 'p99 ms', 'max ms', 'errors', 'server CPU, cores', 'generator CPU, cores'];
  report('ingest', columns, rows, { runs: runs.map((run) => ({ ...run, serverCpu: round(run.serverCpu) })) });
}
