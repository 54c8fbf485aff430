/**
 * Whether the time of a login reveals an account, and the effect of a flood of logins on everybody else. Rate limits are off, the worst case: each
 * login computes a hash at the production cost.
 */
import { registerUsers } from '../support/plain-api';
import { ServerProcess } from '../support/server-process';
import { deliver, type Deliveries } from './support/delivery';
import { openLoop } from './support/open-loop';
import { report } from './support/report';
import { latencyOf, round, show, spreadOf } from './support/stats';

const RUNS = Number(process.env['RUNS'] ?? 3);
const SECONDS = Number(process.env['SECONDS'] ?? 30);
const WARM_UP_SECONDS = 5;
const TRIES = 200;
const FLOOD_PER_SECOND = 50;
const USERS = 50;
const SETTINGS = { BCRYPT_COST: '12' };
const QUERY = 'mutation ($login: String!) { login(input: { login: $login, password: "wrong-pass-1" }) { accessToken } }';

/** @returns the code that it was refused with */
async function login(url: string, name: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUERY, variables: { login: name } }),
  });
  const { errors } = (await response.json()) as { errors: [{ extensions: { code: string } }] };
  return errors[0].extensions.code;
}

/** The two kinds alternate, so that other load affects both alike. @returns median milliseconds */
async function timing(url: string): Promise<{ readonly unknown: number; readonly wrong: number }> {
  const times = { unknown: [] as number[], wrong: [] as number[] };
  for (let i = -5; i < TRIES; i++) {
    for (const kind of ['unknown', 'wrong'] as const) {
      const started = performance.now();
      const code = await login(url, `${kind === 'wrong' ? 'bench' : 'nobody'}_${(i + USERS) % USERS}`);
      if (code !== 'UNAUTHENTICATED') throw new Error(`a login was refused with ${code}`);
      if (i >= 0) times[kind].push(performance.now() - started);
    }
  }
  return { unknown: latencyOf(times.unknown).p50, wrong: latencyOf(times.wrong).p50 };
}

export async function loginTiming(): Promise<void> {
  const runs: { unknown: number; wrong: number; apart: number }[] = [];
  for (let i = 0; i < RUNS; i++) {
    const server = await ServerProcess.start(SETTINGS);
    try {
      await registerUsers(server.httpUrl, USERS);
      const { unknown, wrong } = await timing(server.httpUrl);
      runs.push({ unknown, wrong, apart: (Math.abs(unknown - wrong) / wrong) * 100 });
    } finally {
      await server.stop();
    }
  }
  const column = (key: 'unknown' | 'wrong' | 'apart'): string => show(spreadOf(runs.map((run) => run[key])));
  report(
    'login-timing',
    ['tries of each', 'unknown user, median ms', 'wrong password, median ms', 'apart, %'],
    [[TRIES, column('unknown'), column('wrong'), column('apart')]],
    { runs },
  );
}

/** @returns counts of logins by outcome */
async function flood(url: string, seconds: number): Promise<Map<string, number>> {
  const outcomes = new Map<string, number>();
  const all: Promise<void>[] = [];
  await openLoop(FLOOD_PER_SECOND, seconds, (i) => {
    all.push(
      login(url, `${i % 2 === 0 ? 'bench' : 'nobody'}_${i % USERS}`).then((code) => {
        outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
      }),
    );
  });
  await Promise.all(all);
  return outcomes;
}

export async function loginFlood(): Promise<void> {
  const runs: (Deliveries & { readonly load: string; readonly logins: string })[] = [];
  for (let i = 0; i < RUNS; i++) {
    const server = await ServerProcess.start(SETTINGS);
    try {
      const tokens = await registerUsers(server.httpUrl, USERS);
      const load = { sockets: 200, perSecond: 20, seconds: SECONDS, warmUpSeconds: WARM_UP_SECONDS };
      runs.push({ load: 'no logins', logins: '', ...(await deliver(server, tokens, { ...load, run: `n${i}` })) });
      const [delivered, outcomes] = await Promise.all([
        deliver(server, tokens, { ...load, run: `f${i}` }),
        flood(server.httpUrl, WARM_UP_SECONDS + SECONDS),
      ]);
      const ends = [...outcomes].map(([code, count]) => `${count} ${code}`).join(', ');
      runs.push({ load: `${FLOOD_PER_SECOND} logins a second`, logins: ends, ...delivered });
    } finally {
      await server.stop();
    }
  }
  const rows = [...new Set(runs.map(({ load }) => load))].map((load) => {
    const of = runs.filter((run) => run.load === load);
    const delays = of.map((run) => latencyOf(run.delays));
    return [
      load,
      ...(['p50', 'p99', 'max'] as const).map((key) => show(spreadOf(delays.map((each) => each[key])))),
      of.reduce((sum, { errors }) => sum + errors, 0),
      show(spreadOf(of.map(({ serverCpu }) => serverCpu))),
      of.at(-1)?.logins ?? '',
    ];
  });
  report(
    'login-flood',
    ['200 sockets x 20/s beside', 'p50 ms', 'p99 ms', 'max ms', 'errors', 'server CPU, cores', 'logins of the last run'],
    rows,
    { runs: runs.map(({ delays, ...run }) => ({ ...run, ...latencyOf(delays), serverCpu: round(run.serverCpu) })) },
  );
}
