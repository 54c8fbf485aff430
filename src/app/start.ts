import 'reflect-metadata';
import { countedRateLimiter } from '../adapters/rates/counted-rate-limiter';
import type { LocalModel } from '../adapters/local-model/local-model';
import { invitationsOf, openAccess, type AccessParts } from './access';
import { openAccounts } from './accounts';
import { httpTimes, urlsOf } from './addresses';
import { apiSchema, openApi } from './api';
import type { Base, Ports, Serving } from './base';
import { openEngine } from './engine';
import { refuseInterruptedWork } from './import-guard';
import { insightParts, parseCron, type InsightParts } from './insights';
import { localModelOnce, openCorrectedModel, openLearning } from './learning';
import { openLive } from './live';
import { accountGuard, limiterOf } from './rates';
import { watchLog, watchProcess, watchWriters } from './metrics';
import { openErasures, openMutes } from './moderation';
import { openExpiredGuests } from './expired-guests';
import { openLetterPushes } from './push';
import { openResetMails } from './reset-mails';
import { openSchedule, openWriters } from './worker';
import type { Config } from '../config/config';
import type { Insight } from '../domain/insight';
import { Aliases } from '../flow/aliases';
import { ClockWatch } from '../flow/clock-watch';
import { History } from '../flow/history';
import { keepRoomsOpen, Rooms } from '../flow/rooms';
import { TailIndexes } from '../flow/tail-index';
import { buildAppSchema } from '../graphql/schema';
import { systemClock, type Clock } from '../ports/clock';
import type { Engine } from '../ports/engine';
import { randomId } from '../ports/ids';
import type { LetterRequest } from '../ports/letter-model';
import type { Logger } from '../ports/logger';
import { repeatUntil } from '../util/repeat';
import { Releasers } from './releasers';
import { clientAddress } from '../servers/client-address';
import { closeServer, createHealthServer, type Health } from '../servers/metrics/health';
import { listen } from '../servers/listen';
import { Metrics } from '../servers/metrics/metrics';

export { makeResetLinkFor } from './commands/reset-password';
export { makeBackup, restoreBackup, type BackupSummary } from './commands/backup';

export interface App {
  /** Addresses as seen from this machine; empty for a port that the roles leave closed. */
  readonly urls: { readonly http: string; readonly ws: string };
  /** When the first letter after the start is due. */
  readonly nextLetter: Date;
  /** Writes the letters that are due at `now`. */
  runInsights(now: number): Promise<void>;
  /** Stops in order: not ready, no new work, sockets closed with 1001, the log stored, the engine closed. Idempotent. */
  stop(): Promise<void>;
}

export interface AppOverrides {
  /** A test may hold it still. */
  readonly clock?: Clock;
  /** Certificates of a push service of a test, as PEM. */
  readonly pushCa?: string;
  /** Errors of this process that were not handled, by kind; shown as a metric. */
  readonly faults?: ReadonlyMap<string, number>;
}

/** Part of the stop budget that closing the engine needs. */
const ENGINE_STOP_MS = 1_000;
const CLOCK_CHECK_MS = 60_000;

/** The composition root: opens, connects and serves everything. If a step fails, what was opened before is closed again. */
export async function startApp(config: Config, logger: Logger, overrides: AppOverrides = {}): Promise<App> {
  const releasers = new Releasers(logger);
  try {
    return await compose(config, logger, overrides, releasers);
  } catch (error) {
    await releasers.release();
    throw error;
  }
}

async function compose(config: Config, logger: Logger, overrides: AppOverrides, releasers: Releasers): Promise<App> {
  const { clock = systemClock, faults = new Map() } = overrides;
  const fireTimes = parseCron(config);
  const roles = new Set(config.ROLES);
  const engine = await openEngine(config, clock, logger, refuseInterruptedWork);
  releasers.push('engine', () => engine.close(), ENGINE_STOP_MS);

  const base: Base = { config, logger, clock, engine, releasers };
  const metrics = new Metrics();
  let ready = false;
  const serving: Serving = {
    health: {
      isReady: () => ready && engine.isReady(),
      about: () => `roles: ${[...roles].join(', ')}\nengine: ${engine.label}\n${unavailableParts(engine)}`,
      metrics: () => metrics.text(),
      metricsToken: config.METRICS_TOKEN,
    },
    metrics,
    limiter: countedRateLimiter(limiterOf(config, engine.limiter), (name) => {
      metrics.rateLimited(name);
    }),
    addressOf: clientAddress(config.TRUST_PROXY),
  };
  const ports: Ports = { http: 0, ws: 0 };
  // Names this process to the leases, differently after each start.
  const holder = randomId();
  const tail = new TailIndexes(engine.chatLog);
  const insights = await insightParts({ ...base, holder, fireTimes, metrics, tail });
  const rooms = new Rooms(engine.roomStore, clock, config.ROOMS_MAX);
  const stopRooms = await keepRoomsOpen(rooms, logger);
  releasers.push('rooms', stopRooms);
  const access = openAccess(base, rooms);
  const clockWatch = new ClockWatch(engine.chatLog, clock, logger);
  void repeatUntil(
    releasers.signal,
    CLOCK_CHECK_MS,
    () => clockWatch.check(),
    (err) => {
      logger.debug({ err }, 'clocks could not be compared');
    },
  );
  watchProcess(metrics, base, faults);
  watchLog(metrics, engine);
  if (roles.has('worker')) watchWriters(metrics, openWriters(base, holder));
  const localModel = localModelOnce();
  if (roles.has('api') || roles.has('live')) {
    await serve(base, serving, { rooms, ...access }, insights, tail, localModel, ports);
  } else await serveHealth(base, serving.health, ports);
  if (roles.has('worker')) {
    openErasures(base, rooms, access.access, holder);
    openSchedule(base, insights.job);
    openLearning(base, localModel, holder);
    openResetMails(base, holder);
    openLetterPushes(base, access.access, holder, overrides.pushCa);
    openExpiredGuests(base, new History(engine.chatLog, engine.chatStore, tail), holder);
  }
  releasers.push('readiness', () => {
    ready = false;
  });
  ready = true;

  return {
    urls: urlsOf(config, ports),
    nextLetter: new Date(fireTimes.next(clock.now())),
    runInsights: (now) => insights.job.run(now),
    stop: () => releasers.release(),
  };
}

function unavailableParts(engine: Engine): string {
  const numbers = engine.partitionsWithoutLog();
  return numbers.length > 0 ? `partitions without a log: ${numbers.join(', ')}\n` : '';
}

/** The roles api and live. Each leaves the port of the other closed. */
async function serve(
  base: Base,
  serving: Serving,
  rooms: AccessParts & { readonly rooms: Rooms },
  insights: InsightParts,
  tail: TailIndexes,
  localModel: () => LocalModel,
  ports: Ports,
): Promise<void> {
  const { config, engine, clock, releasers } = base;
  const { PORT, WS_PORT, HOST, ROLES } = config;
  const { limiter } = serving;
  const aliases = new Aliases(engine.aliasStore, clock, config.INSIGHT_TZ);
  const invitations = invitationsOf(base, rooms, limiter);
  const accounts = await openAccounts(base, accountGuard(config, limiter), limiter, invitations);
  const parts = { ...accounts, ...rooms, invitations, aliases, mood: insights.mood, questions: insights.questions };
  const schema = ROLES.includes('api')
    ? apiSchema(base, {
        ...parts,
        mutes: await openMutes(base),
        limiter,
        insights,
        tail,
        scorer: await openCorrectedModel(base, localModel()),
      })
    : buildAppSchema();
  const live = ROLES.includes('live') ? await openLive(base, serving, schema, parts, ports) : undefined;
  const onePort = ROLES.includes('api') && WS_PORT === PORT && PORT !== 0;
  const stream = onePort ? live?.stream : undefined;
  const http = ROLES.includes('api') ? await openApi(base, serving, schema, parts, ports, stream) : undefined;
  if (live && http && onePort) {
    live.attach(http.server);
    // Stops before the HTTP server, which would wait for the streams to end.
    releasers.push('live server', () => live.stop());
  }
  if (http) ports.http = await listen(http.server, PORT, HOST, 'PORT');
  if (live) ports.ws = onePort ? ports.http : await live.listen(WS_PORT, HOST);
}

/** A process with the role worker alone opens PORT for health and metrics only. */
async function serveHealth({ config, releasers }: Base, health: Health, ports: Ports): Promise<void> {
  const server = createHealthServer(health, httpTimes(config));
  releasers.push('health server', () => closeServer(server));
  ports.http = await listen(server, config.PORT, config.HOST, 'PORT');
}

/**
 * The request that a language model would get for the time since the last scheduled window.
 * @throws StartupError, also while another process has DATA_DIR open; DomainError NOT_FOUND
 */
export const previewLetter = (config: Config, logger: Logger, room: string): Promise<LetterRequest> =>
  withInsights(config, logger, async ({ job, remote }) =>
    remote.request(await job.inputSinceLast(room), new AbortController().signal),
  );

/**
 * The letter for the time since the last scheduled window. It is neither stored nor listed.
 * @throws as `previewLetter`
 */
export const writeLetter = (config: Config, logger: Logger, room: string): Promise<Insight> =>
  withInsights(config, logger, ({ job }) => job.analyzeNow(room));

async function withInsights<T>(config: Config, logger: Logger, use: (parts: InsightParts) => Promise<T>): Promise<T> {
  const engine = await openEngine(config, systemClock, logger, refuseInterruptedWork);
  try {
    return await use(
      await insightParts({
        ...{ config, engine, clock: systemClock, logger, holder: randomId(), fireTimes: parseCron(config) },
        tail: new TailIndexes(engine.chatLog),
      }),
    );
  } finally {
    await engine.close();
  }
}
