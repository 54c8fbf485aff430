/**
 * What batching saves and what an outage of MongoDB costs. `saved`: messages against insert commands, as the driver reports them.
 * `away`: MongoDB is down for a while under load: memory of each process during that time, and how fast the backlog is stored afterwards.
 */
import { setTimeout as delay } from 'node:timers/promises';
import mongoose from 'mongoose';
import { startApp } from '../../src/app/start';
import { parseConfig } from '../../src/config/config';
import { silentLogger } from '../../src/ports/logger';
import { freePort } from '../support/free-port';
import { graphql, registerUsers } from '../support/plain-api';
import { seeded } from '../support/random';
import { httpLoad } from './support/children';
import { openInstallation, placeOf, type Installation } from './support/installation';
import { report } from './support/report';
import { round } from './support/stats';

/** Messages at the slowest rate; the other rates use a share of it. */
const SECONDS = Number(process.env['SECONDS'] ?? 300);
const OUTAGE_SECONDS = Number(process.env['OUTAGE_SECONDS'] ?? 30);
const OUTAGE_RATE = 500;
const STEADY_SECONDS = 20;
/** Least time for the restart of MongoDB and the backlog. */
const AFTER_SECONDS = 20;
const WRITES = new Set(['insert', 'update', 'delete', 'findAndModify']);
const SEND = 'mutation ($input: SendChatInput!) { sendChat(input: $input) { id } }';

type Arrivals = 'random' | 'even';

interface Saved {
  readonly perSecond: number;
  readonly arrivals: Arrivals;
  readonly messages: number;
  readonly inserts: number;
  /** All writes of the process, including mood, lease and sessions. */
  readonly writes: number;
  readonly saved: number;
}

/** All roles in this process, so that the driver's command monitoring can be read. */
async function saved(perSecond: number, arrivals: Arrivals, seconds: number): Promise<Saved> {
  const services = await openInstallation([]);
  const uri = `${services.env['MONGODB_URI'] ?? ''}?monitorCommands=true`;
  const port = String(await freePort());
  const settings = { ...services.env, MONGODB_URI: uri, PORT: port, WS_PORT: '0', HOST: '127.0.0.1', BCRYPT_COST: '4' };
  const app = await startApp(parseConfig({ ...settings, RATE_LIMITS: 'off' }), silentLogger);
  try {
    const [token] = await registerUsers(app.urls.http, 1);
    const counts = { inserts: 0, writes: 0 };
    for (const connection of mongoose.connections.filter(
      ({ readyState }) => readyState === mongoose.ConnectionStates.connected,
    )) {
      connection.getClient().on('commandStarted', ({ commandName, command }) => {
        if (WRITES.has(commandName)) counts.writes++;
        if (commandName === 'insert' && command['insert'] === 'chats') counts.inserts++;
      });
    }
    const random = seeded(1);
    const messages = Math.round(perSecond * seconds);
    const sends: Promise<unknown>[] = [];
    let due = performance.now();
    for (let i = 0; i < messages; i++) {
      due += (1_000 / perSecond) * (arrivals === 'random' ? -Math.log(1 - random()) : 1);
      await delay(Math.max(0, due - performance.now()));
      sends.push(graphql(app.urls.http, SEND, { input: { clientMessageId: `${i}`, text: `message ${i}` } }, token));
    }
    await Promise.all(sends);
    for (let place = await placeOf(services); place.committed < place.offset; place = await placeOf(services)) await delay(100);
    return { perSecond, arrivals, messages, ...counts, saved: 1 - counts.inserts / messages };
  } finally {
    await app.stop();
    await services.stop();
  }
}

interface Outage {
  readonly errors: number;
  /** Megabytes of RssAnon, by process: the maximum before the outage and during it. */
  readonly memory: Readonly<Record<string, { readonly before: number; readonly outage: number }>>;
  readonly backlog: number;
  /** Time from the restart of MongoDB to the first commit, and to the end of the backlog. */
  readonly firstCommitMs: number;
  readonly drainedMs: number;
  /** Messages per second stored, counted from the restart of MongoDB. */
  readonly drainRate: number;
}

const mostOf = (installation: Installation, most: Map<string, number>): void => {
  for (const [name, server] of installation.servers) {
    most.set(name, Math.max(most.get(name) ?? 0, server.usage().rssAnonMb));
  }
};

async function watch(installation: Installation, seconds: number): Promise<Map<string, number>> {
  const most = new Map<string, number>();
  const until = performance.now() + seconds * 1_000;
  while (performance.now() < until) {
    mostOf(installation, most);
    await delay(250);
  }
  return most;
}

async function outage(): Promise<Outage> {
  const installation = await openInstallation(['api1', 'api2', 'live', 'worker']);
  try {
    const url = ['api1', 'api2'].flatMap((name) => installation.servers.get(name)?.httpUrl ?? []);
    const tokens = await registerUsers(url[0] ?? '', 50);
    const seconds = STEADY_SECONDS + OUTAGE_SECONDS + AFTER_SECONDS;
    const load = httpLoad({ url, tokens, perSecond: OUTAGE_RATE, seconds, warmUpSeconds: 10, room: 'main', run: 'away' });
    await delay(10_000);
    const before = await watch(installation, STEADY_SECONDS);
    await installation.mongo.down();
    const during = await watch(installation, OUTAGE_SECONDS);
    await installation.mongo.up();
    const { backlog, firstCommitMs, drainedMs, drainRate } = await drain(installation);
    const { errors } = await load;
    if (errors[0]) console.error(errors[0]);
    const memory = Object.fromEntries(
      [...during].map(([name, most]) => [name, { before: round(before.get(name) ?? 0), outage: round(most) }]),
    );
    return { errors: errors.length, memory, backlog, firstCommitMs, drainedMs, drainRate };
  } finally {
    await installation.stop();
  }
}

async function drain(installation: Installation): Promise<Omit<Outage, 'errors' | 'memory'>> {
  const start = performance.now();
  const { offset: head, committed: from } = await placeOf(installation);
  let moved: { at: number; committed: number } | undefined;
  for (;;) {
    const { committed } = await placeOf(installation);
    const at = performance.now();
    if (committed > from) moved ??= { at, committed };
    if (committed >= head) {
      const firstCommitMs = (moved?.at ?? at) - start;
      const drainedMs = at - start;
      const drainRate = (committed - from) / (drainedMs / 1_000);
      return {
        backlog: head - from,
        firstCommitMs: round(firstCommitMs),
        drainedMs: round(drainedMs),
        drainRate: round(drainRate),
      };
    }
    await delay(10);
  }
}

/** @param names `saved` and `away`; both if none is given */
export async function batching(names: readonly string[]): Promise<void> {
  const wanted = (name: string) => names.length === 0 || names.includes(name);
  if (wanted('saved')) await reportSaved();
  if (wanted('away')) await reportOutage();
}

async function reportSaved(): Promise<void> {
  const runs: Saved[] = [];
  for (const [perSecond, part] of [
    [1.2, 1],
    [5, 0.4],
    [50, 0.2],
  ] as const) {
    for (const arrivals of ['random', 'even'] as const) runs.push(await saved(perSecond, arrivals, SECONDS * part));
  }
  const rows = runs.map(({ perSecond, arrivals, messages, inserts, writes, saved: share }) => [
    `${perSecond}/s, ${arrivals} arrivals`,
    `${round(100 * share, 1)} %`,
    messages,
    inserts,
    writes,
  ]);
  report('batching-saved', ['load', 'saved', 'messages', 'inserts', 'writes of all kinds'], rows, { runs }, 'batching saved');
}

async function reportOutage(): Promise<void> {
  const result = await outage();
  const { memory, backlog, firstCommitMs, drainedMs, drainRate, errors } = result;
  const rows = [
    ...Object.entries(memory).map(([name, { before, outage: most }]) => [
      `memory of ${name}`,
      `${round(most - before)} MB more: ${before} MB before, ${most} MB at most`,
    ]),
    ['backlog when MongoDB restarts', `${backlog} messages`],
    [
      'stored',
      `${drainRate} messages/s, the first after ${round(firstCommitMs)} ms, all after ${round(drainedMs)} ms, ${errors} errors`,
    ],
  ];
  report('batching-away', [`MongoDB down ${OUTAGE_SECONDS} s at ${OUTAGE_RATE}/s`, 'measured'], rows, result, 'batching away');
}
