import { setTimeout as delay } from 'node:timers/promises';
import { registerUsers } from '../../support/plain-api';
import { httpLoad } from '../support/children';
import { openInstallation, placeOf, type Installation } from '../support/installation';
import { logLoad, roomReaders } from './children';

const SECONDS = Number(process.env['SECONDS'] ?? 20);
const PER_SECOND = 3_000;
const WARM_UP_SECONDS = 2;
const API_PER_SECOND = 300;
/** Time in which a process without work is measured, and in which the last message is handled. */
const IDLE_MS = 2_000;
/** An idle process collects the garbage of its start after some 17 s. That would cost more than the messages that it does not read. */
const SETTLE_MS = 25_000;
const SOCKETS = 100;
const PARTITIONS = 16;
const DELIVERED_PER_SECOND = 50;
const OWN = 'main';
/** Rooms in which no socket of the measured process is. One message in a hundred goes to OWN where there are readers. */
const ELSEWHERE = Array.from({ length: 99 }, (_, i) => `elsewhere-${i}`);

/** Processor time in microseconds, by what it is spent on. */
export type Costs = Readonly<Record<CostName, number> & Partial<Record<PartitionedName, number>>>;
/** Not of a build without partitions. */
export type PartitionedName = 'api, per sendChat with 16 partitions' | 'redis, per sendChat with 16 partitions';
export type CostName =
  | 'api, per sendChat'
  | 'redis, per sendChat'
  | 'redis, per append'
  | 'worker, per message stored'
  | 'redis, per message stored'
  | 'live without a socket, per message'
  | 'redis, per message and live without a socket'
  | 'live with a socket in every room, per message'
  | 'redis, per message and live with a socket in every room'
  | 'live, per delivery to one of 100 sockets';

type Usage = ReadonlyMap<string, number>;

/** What each process used during the work beyond what it uses while idle, in microseconds for each of `count`. */
async function perUnit(installation: Installation, work: () => Promise<number>): Promise<(name: string) => number> {
  await stored(installation);
  const [idleFrom, idleStart] = [installation.cpuSeconds(), performance.now()];
  await delay(IDLE_MS);
  const [idleTo, start] = [installation.cpuSeconds(), performance.now()];
  const count = await work();
  const used: Usage = installation.cpuSeconds();
  const took = performance.now() - start;
  const of = (usage: Usage, name: string): number => usage.get(name) ?? 0;
  return (name) => {
    const idle = ((of(idleTo, name) - of(idleFrom, name)) * took) / (start - idleStart);
    return Math.max(0, (1e6 * (of(used, name) - of(idleTo, name) - idle)) / count);
  };
}

/** Appends to the log. @returns the number of messages, after all were handled */
async function append(
  installation: Installation,
  root: string,
  rooms: readonly string[],
  perSecond = PER_SECOND,
  seconds = SECONDS,
): Promise<number> {
  const { redisUrl } = installation;
  const { appended, errors } = await logLoad({ root, redisUrl, rooms, perSecond, seconds });
  if (errors[0]) throw new Error(errors[0]);
  await stored(installation);
  return appended;
}

/** Waits for the last message, and for the worker, if there is one, to store it. */
async function stored(installation: Installation): Promise<void> {
  await delay(IDLE_MS);
  while (installation.servers.has('worker')) {
    const { offset, committed } = await placeOf(installation);
    if (committed >= offset) break;
    await delay(100);
  }
}

async function withServers<T>(
  root: string,
  roles: readonly string[],
  use: (on: Installation) => Promise<T>,
  partitions = 1,
): Promise<T> {
  const settings = { LOG_MAX_BACKLOG: '10000000', LOG_PARTITIONS: String(partitions) };
  const installation = await openInstallation(roles, { redisSettings: ['--appendfsync', 'everysec'], settings, root });
  try {
    return await use(installation);
  } finally {
    await installation.stop();
  }
}

/** What each message costs. A first load warms the processes up. */
async function perMessage(on: Installation, root: string, rooms: readonly string[]): Promise<(name: string) => number> {
  await append(on, root, rooms, PER_SECOND, WARM_UP_SECONDS);
  return perUnit(on, () => append(on, root, rooms));
}

/** One measurement of all costs with the build in the folder. */
export async function costsOf(root: string, run: string, hasPartitions: boolean): Promise<Costs> {
  const redisAlone = await withServers(root, [], async (on) => (await perMessage(on, root, ELSEWHERE))('redis'));
  const kept = await withServers(root, ['worker'], (on) => perMessage(on, root, ELSEWHERE));
  const unread = await withServers(root, ['live'], async (on) => {
    await delay(SETTLE_MS);
    return perMessage(on, root, ELSEWHERE);
  });
  const own = await withServers(root, ['live'], (on) => withReaders(on, 1, () => perMessage(on, root, [OWN])));
  const delivery = await withServers(root, ['live'], (on) => costOfDelivery(on, root));
  const sent = await withServers(root, ['api'], (on) => costOfSending(on, run));
  const claimed = hasPartitions ? await withServers(root, ['api'], (on) => costOfSending(on, run), PARTITIONS) : undefined;
  return {
    'api, per sendChat': sent('api'),
    'redis, per sendChat': sent('redis'),
    'redis, per append': redisAlone,
    'worker, per message stored': kept('worker'),
    'redis, per message stored': Math.max(0, kept('redis') - redisAlone),
    'live without a socket, per message': unread('live'),
    'redis, per message and live without a socket': Math.max(0, unread('redis') - redisAlone),
    'live with a socket in every room, per message': own('live'),
    'redis, per message and live with a socket in every room': Math.max(0, own('redis') - redisAlone),
    'live, per delivery to one of 100 sockets': delivery,
    ...(claimed && {
      'api, per sendChat with 16 partitions': claimed('api'),
      'redis, per sendChat with 16 partitions': claimed('redis'),
    }),
  };
}

/** Sockets of one reader process, all in OWN. Every message of OWN has to reach each of them. */
async function withReaders<T>(on: Installation, sockets: number, use: () => Promise<T>): Promise<T> {
  const url = on.servers.get('live')?.wsUrl ?? '';
  const finish = await roomReaders({ url, rooms: Array.from({ length: sockets }, () => [OWN]) });
  const result = await use();
  const deliveries = await finish();
  if (deliveries % sockets !== 0 || deliveries === 0) throw new Error(`${deliveries} deliveries to ${sockets} sockets`);
  return result;
}

/** Processor time of a live process for messages, in microseconds: with one socket, in a room with one message in a hundred. */
export interface Elsewhere {
  /** Of a message in its room, alone and at the same rate as in `mixed`. */
  readonly own: number;
  /** Of a message in any room. */
  readonly mixed: number;
  /** Of a message in another room. */
  readonly elsewhere: number;
}

export const elsewhereOf = (root: string): Promise<Elsewhere> =>
  withServers(root, ['live'], (on) =>
    withReaders(on, 1, async () => {
      await append(on, root, [OWN, ...ELSEWHERE], PER_SECOND, WARM_UP_SECONDS);
      const own = (await perUnit(on, () => append(on, root, [OWN], PER_SECOND / 100)))('live');
      const mixed = (await perUnit(on, () => append(on, root, [OWN, ...ELSEWHERE])))('live');
      return { own, mixed, elsewhere: Math.max(0, mixed - own / 100) / 0.99 };
    }),
  );

async function costOfDelivery(on: Installation, root: string): Promise<number> {
  const used = await withReaders(on, SOCKETS, () =>
    perUnit(on, async () => (await append(on, root, [OWN], DELIVERED_PER_SECOND)) * SOCKETS),
  );
  return used('live');
}

/** A load of all processes together, with which tools/scale compares what it computes from the costs. Cores, by process. */
export interface Whole {
  readonly messagesPerSecond: number;
  readonly sockets: number;
  readonly cores: Readonly<Record<string, number>>;
}

export const wholeOf = (root: string, run: string): Promise<Whole> =>
  withServers(root, ['api', 'worker', 'live'], async (on) => {
    const sockets = 20;
    const used = await withReaders(on, sockets, () => costOfSending(on, run));
    const cores = ['api', 'worker', 'live', 'redis'].map((name) => [name, (used(name) * API_PER_SECOND) / 1e6] as const);
    return { messagesPerSecond: API_PER_SECOND, sockets, cores: Object.fromEntries(cores) };
  });

async function costOfSending(on: Installation, run: string): Promise<(name: string) => number> {
  const url = on.servers.get('api')?.httpUrl ?? '';
  const tokens = await registerUsers(url, 20);
  const load = { url, tokens, perSecond: API_PER_SECOND, seconds: SECONDS, room: OWN };
  // The first sends compile what the later ones run.
  await httpLoad({ ...load, seconds: WARM_UP_SECONDS, warmUpSeconds: 0, run: `${run}-warm` });
  return perUnit(on, async () => {
    const { sent, errors } = await httpLoad({ ...load, warmUpSeconds: 0, run });
    if (errors[0]) throw new Error(errors[0]);
    await stored(on);
    return sent.length;
  });
}
