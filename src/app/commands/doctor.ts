import { existsSync, statfsSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { createServer, get } from 'node:http';
import { dirname, resolve } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { openMongo } from '../../adapters/mongo/open-mongo';
import { refuseOtherCount } from '../../adapters/redis/find-partitions';
import { inspectRedis } from '../../adapters/redis/inspect-redis';
import type { Config } from '../../config/config';
import { StartupError } from '../../domain/startup-error';
import { systemClock } from '../../ports/clock';
import { silentLogger } from '../../ports/logger';
import { closeServer } from '../../servers/metrics/health';
import { listen } from '../../servers/listen';
import { openEngine } from '../engine';
import { refuseInterruptedWork } from '../import-guard';
import { parseCron } from '../insights';
import { compareClock, ownClock, proxyClock } from './clocks';
import { bad, ok, warn, type Finding } from './finding';

export type { Finding } from './finding';

const GIB = 2 ** 30;
const SPACE_BAD = GIB / 8;
const SPACE_WARN = GIB;
const ANSWER_MS = 3_000;

/**
 * Checks everything that a start needs. A failed check does not end the others. An existing DATA_DIR is opened as a start opens it:
 * a lost log begins a new epoch, and the folder of an older version is converted. While a server runs with these settings, as in a
 * container, its own ports and its DATA_DIR are no problem.
 */
export async function examine(config: Config): Promise<readonly Finding[]> {
  const server = await runningServer(config);
  const storage =
    config.REDIS_URL && config.MONGODB_URI
      ? clustered(config.REDIS_URL, config.MONGODB_URI, config.LOG_PARTITIONS)
      : embedded(config, server !== undefined);
  return [
    ...settings(config),
    ...exposure(config),
    ownClock(),
    ...(await proxyClock(config)),
    ...(await storage),
    ...(server ? [server] : await ports(config)),
  ];
}

/** @returns undefined if no Jungle Buzz server answers at a port that these settings open */
async function runningServer(config: Config): Promise<Finding | undefined> {
  for (const [name, port] of portsOf(config)) {
    const answer = await readiness(config.HOST === '0.0.0.0' ? '127.0.0.1' : config.HOST, port);
    const [state, roles = ''] = answer?.split('\n') ?? [];
    if (!roles.startsWith('roles: ')) continue;
    return state === 'ready'
      ? ok(name, `${port} is served by a running server, which is ready (${roles})`)
      : warn(name, `${port} is served by a running server, which is not ready (${roles}): see its log.`);
  }
  return undefined;
}

/** With node:http, because fetch of Node 20 never settles if the connection is closed at once. */
function readiness(host: string, port: number): Promise<string | undefined> {
  return new Promise((done) => {
    const fail = () => {
      done(undefined);
    };
    const signal = AbortSignal.timeout(ANSWER_MS);
    const request = get({ host, port, path: '/readyz', agent: false, signal }, (response) => {
      readText(response).then(done, fail);
    });
    request.on('error', fail);
  });
}

function settings(config: Config): Finding[] {
  try {
    const next = parseCron(config).next(systemClock.now());
    const time = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: config.INSIGHT_TZ });
    return [
      ok('settings', config.REDIS_URL ? 'clustered engine' : 'embedded engine'),
      ok('letter', `the next one is due on ${time.format(next)} (${config.INSIGHT_TZ})`),
    ];
  } catch (error) {
    return [bad('settings', messageOf(error))];
  }
}

/** Settings of a production server that expose it, or that do not fit its place in the network. */
function exposure({ NODE_ENV, METRICS_TOKEN, PUBLIC_URL, TRUST_PROXY }: Config): Finding[] {
  if (NODE_ENV !== 'production') return [];
  const found: Finding[] = [];
  if (METRICS_TOKEN === undefined) {
    found.push(
      warn('METRICS_TOKEN', 'is unset: anybody who reaches a port can read /metrics. Set it, or block the path in the proxy.'),
    );
  }
  const trustsNone = typeof TRUST_PROXY === 'number' ? TRUST_PROXY === 0 : TRUST_PROXY.length === 0;
  if (PUBLIC_URL !== undefined && trustsNone) {
    found.push(warn('TRUST_PROXY', 'is 0: behind a proxy, all clients share one rate limit. Set the number of proxies.'));
  }
  if (PUBLIC_URL?.startsWith('http:') && !/^(localhost|127\.|\[::1\])/.test(new URL(PUBLIC_URL).hostname)) {
    found.push(warn('PUBLIC_URL', 'has no TLS: passwords and tokens can be read in transit. Put a proxy with TLS in front.'));
  }
  return found;
}

async function embedded(config: Config, isRunning: boolean): Promise<Finding[]> {
  const folder = resolve(config.DATA_DIR);
  const found = [await space(folder)];
  if (isRunning) return [...found, ok('DATA_DIR', `${folder} is not opened while the server runs`)];
  if (!existsSync(folder)) return [...found, ok('DATA_DIR', `${folder} will be created at the first start`)];
  try {
    const engine = await openEngine(config, systemClock, silentLogger, refuseInterruptedWork);
    await engine.close();
    return [...found, ok('DATA_DIR', `${folder} opens, and no server uses it`)];
  } catch (error) {
    return [...found, bad('DATA_DIR', messageOf(error))];
  }
}

/** Free space of the folder, or of its nearest existing parent. */
async function space(folder: string): Promise<Finding> {
  let there = folder;
  while (!existsSync(there)) there = dirname(there);
  try {
    await access(there, constants.W_OK);
    const { bavail, bsize } = statfsSync(there);
    const free = bavail * bsize;
    const text = `${(free / GIB).toFixed(1)} GiB free at ${there}`;
    if (free < SPACE_BAD) return bad('disk', `${text}: free some space, or messages will be refused soon.`);
    return free < SPACE_WARN ? warn('disk', `${text}: free some space.`) : ok('disk', text);
  } catch (error) {
    return bad('disk', `${there} cannot be written (${messageOf(error)}): let this user write to it, or set DATA_DIR.`);
  }
}

async function clustered(urls: readonly string[], uri: string, partitions: number | undefined): Promise<Finding[]> {
  const servers = await Promise.all(urls.map((url) => redis(url, urls.length > 1)));
  return [...servers.flat(), ...(await mongo(uri, partitions))];
}

async function redis(url: string, isOneOfSeveral: boolean): Promise<Finding[]> {
  const name = isOneOfSeveral ? `redis ${new URL(url).host}` : 'redis';
  try {
    const { version, appendonly, appendfsync, now } = await inspectRedis(url, silentLogger);
    return [
      ok(name, `version ${version} answers`),
      appendonly
        ? ok(`${name} disk`, `appendonly yes, appendfsync ${appendfsync}`)
        : warn(`${name} disk`, 'appendonly is off: a crash of Redis loses acknowledged messages. Set appendonly yes.'),
      compareClock(`${name} clock`, now),
    ];
  } catch (error) {
    return [bad(name, messageOf(error))];
  }
}

async function mongo(uri: string, partitions: number | undefined): Promise<Finding[]> {
  const engine = await openMongo({ uri, logger: silentLogger });
  try {
    if (!engine.isReady()) {
      return [bad('mongodb', 'MONGODB_URI: no answer. Start the server, and check address, user and firewall.')];
    }
    await refuseInterruptedWork(engine.lease);
    const recorded = await engine.partitionStore.read();
    if (recorded) refuseOtherCount(recorded, partitions);
    const letters = await engine.chatStore.deadLetterCount();
    const answers =
      letters > 0
        ? warn('mongodb', `answers; ${letters} messages are dead letters, see the collection deadLetters`)
        : ok('mongodb', 'answers');
    const now = await engine.serverTime();
    return now === undefined ? [answers] : [answers, compareClock('mongodb clock', now)];
  } catch (error) {
    return [bad('mongodb', messageOf(error))];
  } finally {
    await engine.close();
  }
}

/** The ports that a start opens, with the names of their settings. */
function portsOf({ PORT, WS_PORT, ROLES }: Config): [string, number][] {
  const wanted: [string, number][] = [];
  if (ROLES.includes('api') || !ROLES.includes('live')) wanted.push(['PORT', PORT]);
  if (ROLES.includes('live') && (WS_PORT !== PORT || wanted.length === 0)) wanted.push(['WS_PORT', WS_PORT]);
  return wanted;
}

async function ports(config: Config): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const [name, port] of portsOf(config)) {
    const server = createServer();
    try {
      await listen(server, port, config.HOST, name);
      await closeServer(server);
      found.push(ok(name, port === 0 ? 'any free port' : `${port} is free`));
    } catch (error) {
      found.push(bad(name, messageOf(error)));
    }
  }
  return found;
}

const messageOf = (error: unknown): string =>
  error instanceof StartupError || error instanceof Error ? error.message : String(error);
