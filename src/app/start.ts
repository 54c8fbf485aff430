import 'reflect-metadata';
import { openAccounts } from './accounts';
import { httpTimes, urlsOf } from './addresses';
import { apiSchema, openApi } from './api';
import { openRooms, type Base, type Ports } from './base';
import { openEngine } from './engine';
import { insightParts, parseCron, type InsightParts } from './insights';
import { openLive } from './live';
import { limiterOf } from './rates';
import { countedLimiter, watchLog, watchProcess, watchWriter } from './metrics';
import { openErasures } from './moderation';
import { openSchedule, openWriter } from './worker';
import type { Config } from '../config/config';
import type { Insight } from '../domain/insight';
import { Aliases } from '../flow/aliases';
import { Rooms } from '../flow/rooms';
import { buildAppSchema } from '../graphql/schema';
import { systemClock, type Clock } from '../ports/clock';
import { randomId } from '../ports/ids';
import type { LetterRequest } from '../ports/letter-model';
import type { Logger } from '../ports/logger';
import { Releasers } from './releasers';
import { clientAddress } from '../servers/client-address';
import { closeServer, createHealthServer } from '../servers/metrics/health';
import { listen } from '../servers/listen';
import { Metrics } from '../servers/metrics/metrics';

export { makeBackup, restoreBackup, type BackupSummary } from './commands/backup';
export { examine, type Finding } from './commands/doctor';
export { exportLines, importLines, type BegunLines } from './commands/transfer';

export interface App {
  /** Where it answers, as seen from this machine; empty for a port that its roles leave closed. */
  readonly urls: { readonly http: string; readonly ws: string };
  /** Runs what the schedule would run at `now`. */
  runInsights(now: number): Promise<void>;
  /** Ordered and idempotent: not ready, no new work, sockets told to come back, everything written, everything closed. */
  stop(): Promise<void>;
}

/** What a test may hold still. */
export interface AppOverrides {
  readonly clock?: Clock;
}

/** The composition root: opens, connects and serves everything; if a step fails, what was opened before is closed again. */
export async function startApp(config: Config, logger: Logger, overrides: AppOverrides = {}): Promise<App> {
  const releasers = new Releasers(logger);
  try {
    return await compose(config, logger, overrides.clock ?? systemClock, releasers);
  } catch (error) {
    await releasers.release();
    throw error;
  }
}

async function compose(config: Config, logger: Logger, clock: Clock, releasers: Releasers): Promise<App> {
  const fireTimes = parseCron(config);
  const roles = new Set(config.ROLES);
  const engine = await openEngine(config, clock, logger);
  releasers.push('engine', () => engine.close());

  const metrics = new Metrics();
  let ready = false;
  const base: Base = {
    config,
    logger,
    clock,
    engine,
    releasers,
    holder: randomId(),
    fireTimes,
    rooms: new Rooms(engine.roomStore, clock, config.ROOMS_MAX),
    aliases: new Aliases(engine.aliasStore, clock, config.INSIGHT_TZ),
    health: {
      isReady: () => ready,
      about: `roles: ${[...roles].join(', ')}\nengine: ${engine.label}\n`,
      metrics: () => metrics.text(),
      metricsToken: config.METRICS_TOKEN,
    },
    limiter: countedLimiter(limiterOf(config, engine.limiter), metrics),
    metrics,
    addressOf: clientAddress(config.TRUST_PROXY),
  };
  const ports: Ports = { http: 0, ws: 0 };
  const insights = insightParts(base);
  await openRooms(base);
  watchProcess(metrics, base);
  watchLog(metrics, engine);
  if (roles.has('worker')) watchWriter(metrics, await openWriter(base));
  if (roles.has('api') || roles.has('live')) await serve(base, insights, ports);
  else await serveHealth(base, ports);
  if (roles.has('worker')) {
    openErasures(base);
    openSchedule(base, insights);
  }
  releasers.push('readiness', () => {
    ready = false;
  });
  ready = true;

  return {
    urls: urlsOf(config, ports),
    runInsights: (now) => insights.job.run(now),
    stop: () => releasers.release(),
  };
}

/** The roles api and live. Each leaves the other's port closed. */
async function serve(base: Base, insights: ReturnType<typeof insightParts>, ports: Ports): Promise<void> {
  const { PORT, WS_PORT, HOST, ROLES } = base.config;
  const accounts = await openAccounts(base);
  const schema = ROLES.includes('api') ? await apiSchema(base, accounts, insights) : buildAppSchema();
  const live = ROLES.includes('live') ? await openLive(base, schema, accounts, insights, ports) : undefined;
  const onePort = ROLES.includes('api') && WS_PORT === PORT && PORT !== 0;
  const stream = onePort ? live?.stream : undefined;
  const http = ROLES.includes('api') ? await openApi(base, schema, accounts, ports, stream) : undefined;
  if (live && http && onePort) {
    live.attach(http.server);
    // First of the two to stop: the other would wait for its streams to end.
    base.releasers.push('live server', () => live.stop());
  }
  if (http) ports.http = await listen(http.server, PORT, HOST, 'PORT');
  if (live) ports.ws = onePort ? ports.http : await live.listen(WS_PORT, HOST);
}

/** A worker alone opens PORT to say that it is well. */
async function serveHealth({ config, health, releasers }: Base, ports: Ports): Promise<void> {
  const server = createHealthServer(health, httpTimes(config));
  releasers.push('health server', () => closeServer(server));
  ports.http = await listen(server, config.PORT, config.HOST, 'PORT');
}

/**
 * Exactly what a model would be sent for the time since the last scheduled window.
 * @throws StartupError, also while another process has DATA_DIR open; DomainError NOT_FOUND
 */
export const previewLetter = (config: Config, logger: Logger, room: string): Promise<LetterRequest> =>
  withInsights(config, logger, async ({ job, remote }) =>
    remote.request(await job.inputSinceLast(room), new AbortController().signal),
  );

/**
 * The letter of the time since the last scheduled window, which is neither stored nor listed.
 * @throws as `previewLetter`
 */
export const writeLetter = (config: Config, logger: Logger, room: string): Promise<Insight> =>
  withInsights(config, logger, ({ job }) => job.analyzeNow(room));

async function withInsights<T>(config: Config, logger: Logger, use: (parts: InsightParts) => Promise<T>): Promise<T> {
  const engine = await openEngine(config, systemClock, logger);
  try {
    return await use(
      insightParts({ config, engine, clock: systemClock, logger, holder: randomId(), fireTimes: parseCron(config) }),
    );
  } finally {
    await engine.close();
  }
}
