/**
 * sendChat through two api processes of the clustered engine, on a Redis with appendfsync everysec. Everything shares
 * one machine, so the processor shares are part of the result: where they add up to all cores, the latency is that of waiting
 * for a core.
 */
import { registerUsers } from '../support/plain-api';
import { httpLoad } from './support/children';
import { openInstallation } from './support/installation';
import { redisCommandsPerSendChat } from './support/redis-commands';
import { report } from './support/report';
import { latencyOf, round, show, spreadOf } from './support/stats';

const RUNS = Number(process.env['RUNS'] ?? 3);
const SECONDS = Number(process.env['SECONDS'] ?? 30);
const WARM_UP_SECONDS = 10;
const LOADED_SECONDS = WARM_UP_SECONDS + SECONDS;
const APIS = ['api1', 'api2'];

interface Run {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly errors: number;
  /** Used cores, by process. */
  readonly cpu: Readonly<Record<string, number>>;
}

async function acks(perSecond: number, run: string): Promise<Run> {
  const installation = await openInstallation([...APIS, 'worker'], { redisSettings: ['--appendfsync', 'everysec'] });
  try {
    const url = APIS.flatMap((name) => installation.servers.get(name)?.httpUrl ?? []);
    const tokens = await registerUsers(url[0] ?? '', 50);
    const before = installation.cpuSeconds();
    const result = await httpLoad({
      url,
      tokens,
      perSecond,
      seconds: SECONDS,
      warmUpSeconds: WARM_UP_SECONDS,
      room: 'main',
      run,
    });
    if (result.errors[0]) console.error(result.errors[0]);
    const cpu = [...installation.cpuSeconds()].map(
      ([name, seconds]) => [name, round((seconds - (before.get(name) ?? 0)) / LOADED_SECONDS)] as const,
    );
    return {
      perSecond,
      ...latencyOf(result.latencies),
      errors: result.errors.length,
      cpu: Object.fromEntries([...cpu, ['generator', round(result.cpuSeconds / LOADED_SECONDS)]]),
    };
  } finally {
    await installation.stop();
  }
}

/** @param rates messages per second; 1,000 if none is given */
export async function clustered(rates: readonly string[]): Promise<void> {
  const runs: Run[] = [];
  for (const rate of rates.length > 0 ? rates.map(Number) : [1_000]) {
    for (let i = 0; i < RUNS; i++) runs.push(await acks(rate, `c${rate}-${i}`));
  }
  const redisCommands = round(await redisCommandsPerSendChat([...APIS, 'worker']));
  const processes = Object.keys(runs[0]?.cpu ?? {});
  const rows = [...new Set(runs.map(({ perSecond }) => perSecond))].map((perSecond) => {
    const of = runs.filter((run) => run.perSecond === perSecond);
    const column = (value: (run: Run) => number) => show(spreadOf(of.map(value)));
    return [
      `ack, ${perSecond} sendChat/s, two api processes`,
      column(({ p50 }) => p50),
      column(({ p99 }) => p99),
      column(({ max }) => max),
      of.reduce((sum, { errors }) => sum + errors, 0),
      ...processes.map((name) => column(({ cpu }) => cpu[name] ?? 0)),
      redisCommands,
    ];
  });
  const columns = [
    'load',
    'p50 ms',
    'p99 ms',
    'max ms',
    'errors',
    ...processes.map((name) => `${name}, cores`),
    'Redis commands per sendChat',
  ];
  report('clustered', columns, rows, { runs, redisCommands });
}
