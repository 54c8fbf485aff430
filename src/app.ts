import 'reflect-metadata';
import { join } from 'node:path';
import type { IncomingMessage } from 'node:http';
import { AccountCare } from './accounts/account-care';
import { AccountService } from './accounts/account-service';
import { Passwords } from './accounts/passwords';
import { Revocations } from './accounts/revocations';
import { Tokens } from './accounts/tokens';
import { InProcessBus } from './adapters/in-process/bus';
import { InProcessPresence } from './adapters/in-process/presence';
import { openLmdb, type LmdbEngine } from './adapters/lmdb/open-lmdb';
import { wordListScorer } from './adapters/local-model/word-list';
import { OpenAiLetterModel } from './adapters/openai/openai-letter-model';
import type { Config } from './config';
import { StartupError } from './domain/startup-error';
import { usernameKey } from './domain/user';
import { Aliases } from './flow/aliases';
import { BatchWriter } from './flow/batch-writer';
import { History } from './flow/history';
import { LiveFeed } from './flow/live-feed';
import { Rooms } from './flow/rooms';
import { SendChat } from './flow/send-chat';
import { exportData } from './graphql/export-data';
import { formatError } from './graphql/format-error';
import { AccountCareResolver } from './graphql/resolvers/account-care-resolver';
import { AccountResolver } from './graphql/resolvers/account-resolver';
import { ChatResolver } from './graphql/resolvers/chat-resolver';
import { InsightResolver } from './graphql/resolvers/insight-resolver';
import { RoomResolver } from './graphql/resolvers/room-resolver';
import { buildAppSchema } from './graphql/schema';
import { InsightJob } from './insights/analysis-job';
import { FallbackAnalyzer } from './insights/fallback-analyzer';
import { InsightHistory } from './insights/insight-history';
import { LocalAnalyzer } from './insights/local-analyzer';
import { MoodService } from './insights/mood';
import { OwnMood } from './insights/own-mood';
import { RemoteAnalyzer, type PricedModel } from './insights/remote-analyzer';
import { InsightScheduler } from './insights/scheduler';
import { priceOf, SpendLedger } from './insights/spend';
import { UnflushedTail } from './insights/unflushed-tail';
import { FireTimes } from './insights/windows';
import { LiveHub } from './live/hub';
import { streamInsights } from './live/insight-stream';
import { MoodStream } from './live/mood-stream';
import { RoomActivityStream } from './live/room-activity';
import type { Bus } from './ports/bus';
import { systemClock, type Clock } from './ports/clock';
import { randomId } from './ports/ids';
import type { LetterRequest } from './ports/letter-model';
import type { Logger } from './ports/logger';
import { Releasers } from './releasers';
import { createHttpServer } from './servers/http-server';
import { InsightCounters } from './servers/insight-counters';
import { listen } from './servers/listen';
import { createLiveServer } from './servers/live-server';
import { originPolicy } from './servers/origin-policy';
import { staticFiles } from './servers/static-files';

export interface App {
  /** Where it answers, as seen from this machine. */
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

const RING_BYTES = 64 * 1024 * 1024;
const WRITER_DEADLINE_MS = 8_000;
const MAX_DOCUMENT_TOKENS = 500;

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
  if (config.REDIS_URL)
    throw new StartupError('REDIS_URL: the clustered engine is not part of this version; unset REDIS_URL and MONGODB_URI.');
  const fireTimes = parseCron(config);
  const holder = randomId();

  const engine = await openEngine(config, clock, logger);
  releasers.push('engine', () => engine.close());
  const { chatLog: log, chatStore: store } = engine;
  const bus = new InProcessBus(logger.child({ part: 'bus' }));
  const presence = new InProcessPresence();

  // accounts
  const secret = config.JWT_SECRET ?? (await engine.jwtSecret());
  const tokens = new Tokens({
    secrets: config.JWT_SECRET_PREVIOUS ? [secret, config.JWT_SECRET_PREVIOUS] : [secret],
    accessTtlMs: config.JWT_EXPIRES_IN,
    clock,
  });
  const revocations = new Revocations(
    engine.sessionStore,
    bus,
    clock,
    logger.child({ part: 'revocations' }),
    config.JWT_EXPIRES_IN,
  );
  await revocations.start();
  releasers.push('revocations', () => {
    revocations.stop();
  });
  const passwords = new Passwords(config.BCRYPT_COST);
  const accountParts = { users: engine.userStore, sessions: engine.sessionStore, passwords, revocations, clock };
  const accountCare = new AccountCare(accountParts);
  const accounts = new AccountService({
    ...accountParts,
    tokens,
    newId: randomId,
    refreshTtlMs: config.REFRESH_EXPIRES_IN,
  });
  const admins = new Set(config.ADMINS);
  const isAdmin = (username: string) => admins.has(usernameKey(username));

  // flow
  const rooms = new Rooms(engine.roomStore, clock, config.ROOMS_MAX);
  await rooms.open();
  const aliases = new Aliases(engine.aliasStore, clock, config.INSIGHT_TZ);
  const sendChat = new SendChat({ log, store, rooms, aliases, scorer: wordListScorer });
  const history = new History(log, store, rooms);
  const writer = new BatchWriter({
    log,
    store,
    moods: engine.moodStore,
    lease: engine.lease,
    clock,
    logger: logger.child({ part: 'batch-writer' }),
    holder,
    flushMaxMessages: config.FLUSH_MAX_MESSAGES,
    flushIntervalMs: config.FLUSH_INTERVAL_MS,
    logRetain: config.LOG_RETAIN,
  });
  await writer.start();
  releasers.push('batch writer', () => writer.stop(WRITER_DEADLINE_MS));
  const feed = new LiveFeed({ log, store, replayMax: config.REPLAY_MAX, ringBytes: RING_BYTES });
  await feed.start();
  releasers.push('live feed', () => {
    feed.stop();
  });

  // insights
  const { mood, job } = insightParts(config, engine, { clock, logger, bus, holder, fireTimes });
  const insightHistory = new InsightHistory(engine.insightStore);
  const ownMood = new OwnMood({
    ownLog: (authorId, page, size) => history.ownLog(authorId, page, size),
    clock,
    timeZone: config.INSIGHT_TZ,
  });
  // schema
  const inRoom = async <T>(room: string, then: () => Promise<T>): Promise<T> => {
    await rooms.require(room);
    return then();
  };
  const schema = buildAppSchema({
    accounts: new AccountResolver(accounts, history, isAdmin),
    accountCare: new AccountCareResolver(accountCare, (viewer, page) => exportData(accountCare, history, viewer, page)),
    chats: new ChatResolver(sendChat, history),
    rooms: new RoomResolver(
      rooms,
      (room) => presence.online(room),
      async (viewer, roomId, typing) => {
        const room = await rooms.require(roomId);
        const author = await aliases.authorIn(room, viewer);
        bus.publish({ type: 'typing', room: room.id, memberId: viewer.sessionId, author, typing });
      },
    ),
    insights: new InsightResolver(
      {
        mood: (room, minutes) => inRoom(room, () => mood.mood(room, minutes)),
        moodTimeline: (room, from, to, bucket) => inRoom(room, () => mood.timeline(room, from, to, bucket)),
        ownMood: (viewer, days) => ownMood.days(viewer.userId, days),
        latest: (room) => inRoom(room, () => insightHistory.latest(room)),
        page: (room, first, after) => inRoom(room, () => insightHistory.page(room, first, after)),
        run: (room) => inRoom(room, () => job.analyzeNow(room)),
      },
      isAdmin,
    ),
  });

  // live
  const liveLogger = logger.child({ part: 'live' });
  const hub = new LiveHub({
    schema,
    contextValue: Object.freeze({ viewer: null, tokenProblem: null }),
    feed,
    roomExists: async (room) => (await engine.roomStore.byId(room)) !== undefined,
    formatError: (error) => formatError(error, liveLogger),
  });
  releasers.push('live hub', () => {
    hub.stop();
  });
  const activity = new RoomActivityStream({
    hub,
    bus,
    presence,
    authorIn: async (room, viewer) => aliases.authorIn(await rooms.require(room), viewer),
    logger: liveLogger,
  });
  const moodStream = new MoodStream({ hub, feed, readMood: (room) => mood.mood(room, 60), logger: liveLogger });
  const stopInsightStream = streamInsights({
    hub,
    bus,
    loadInsight: (id) => engine.insightStore.byId(id),
    logger: liveLogger,
  });
  releasers.push('live streams', () => {
    activity.stop();
    moodStream.stop();
    stopInsightStream();
  });

  // servers
  let ready = false;
  const isReady = () => ready;
  const ports = { http: config.PORT, ws: config.WS_PORT };
  const allowedOrigins = allowedOriginsOf(config);
  const authenticate = (authorization: string | undefined) => accounts.authenticate(authorization);
  const live = createLiveServer({
    schema,
    hub,
    operationLimits: { maxTokens: MAX_DOCUMENT_TOKENS, rules: [] },
    authenticate,
    isEnded: (sessionId) => revocations.has(sessionId),
    allowsOrigin: originPolicy(allowedOrigins, () => [ports.http, ports.ws]),
    addressOf: (request: IncomingMessage) => request.socket.remoteAddress ?? '',
    maxSocketsPerAddress: config.RATE_LIMITS ? config.RATE_SOCKETS_PER_ADDRESS : Infinity,
    maxSocketsPerUser: config.RATE_LIMITS ? config.RATE_SOCKETS_PER_USER : Infinity,
    isReady,
    clock,
    logger: liveLogger,
  });
  releasers.push('live server', () => live.stop());
  const http = await createHttpServer({
    schema,
    authenticate,
    introspection: config.INTROSPECTION,
    ide: config.IDE,
    allowedOrigins,
    isReady,
    pages: staticFiles({
      root: join(__dirname, '..', 'dist', 'web'),
      ide: config.IDE,
      endpoints: (request) => endpointsOf(config, ports, request),
    }),
    logger: logger.child({ part: 'http' }),
  });
  releasers.push('http server', () => http.stop());
  const onePort = config.WS_PORT === config.PORT && config.PORT !== 0;
  if (onePort) live.attach(http.server);
  ports.http = await listen(http.server, config.PORT, config.HOST, 'PORT');
  ports.ws = onePort ? ports.http : await live.listen(config.WS_PORT, config.HOST);

  // schedule
  const scheduler = new InsightScheduler({
    job,
    cron: config.INSIGHT_CRON,
    timeZone: config.INSIGHT_TZ,
    logger: logger.child({ part: 'scheduler' }),
  });
  scheduler.start();
  releasers.push('scheduler', () => scheduler.stop());
  releasers.push('readiness', () => {
    ready = false;
  });
  ready = true;

  const host = config.HOST === '0.0.0.0' || config.HOST === '::' ? 'localhost' : config.HOST;
  return {
    urls: { http: `http://${host}:${ports.http}/graphql`, ws: `ws://${host}:${ports.ws}/graphql` },
    runInsights: (now) => job.run(now),
    stop: () => releasers.release(),
  };
}

/**
 * Exactly what a model would be sent for the time since the last scheduled window.
 * @throws StartupError, also while another process has DATA_DIR open; DomainError NOT_FOUND
 */
export async function previewLetter(config: Config, logger: Logger, room: string): Promise<LetterRequest> {
  const engine = await openEngine(config, systemClock, logger);
  try {
    const bus = new InProcessBus(logger);
    const given = { clock: systemClock, logger, bus, holder: randomId(), fireTimes: parseCron(config) };
    const { job, remote } = insightParts(config, engine, given);
    return await remote.request(await job.inputSinceLast(room), new AbortController().signal);
  } finally {
    await engine.close();
  }
}

const openEngine = (config: Config, clock: Clock, logger: Logger): Promise<LmdbEngine> =>
  openLmdb({
    dataDir: config.DATA_DIR,
    clock,
    logger: logger.child({ part: 'lmdb' }),
    newId: randomId,
    logMaxBacklog: config.LOG_MAX_BACKLOG,
  });

interface InsightSurroundings {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly bus: Bus;
  readonly holder: string;
  readonly fireTimes: FireTimes;
}

/** The local analyser writes the letters; with a key, a model does, and the local one stands behind it. */
function insightParts(
  config: Config,
  engine: LmdbEngine,
  { clock, logger: parent, bus, holder, fireTimes }: InsightSurroundings,
) {
  const logger = parent.child({ part: 'insights' });
  const timeZone = config.INSIGHT_TZ;
  const tail = new UnflushedTail(engine.chatLog);
  const mood = new MoodService({ store: engine.moodStore, tail, clock, timeZone });
  const metrics = new InsightCounters();
  const local = new LocalAnalyzer(wordListScorer.model);
  const remote = new RemoteAnalyzer({
    models: modelsOf(config),
    ledger: new SpendLedger(engine.spendStore, clock, timeZone, config.INSIGHT_DAILY_COST_LIMIT),
    budgetTokens: config.INSIGHT_TOKEN_BUDGET,
    metrics,
    logger,
    random: Math.random,
  });
  const job = new InsightJob({
    fireTimes,
    insights: engine.insightStore,
    chats: engine.chatStore,
    log: engine.chatLog,
    tail,
    rooms: engine.roomStore,
    mood,
    lease: engine.lease,
    bus,
    analyzer: config.OPENAI_API_KEY ? new FallbackAnalyzer({ remote, local, metrics, clock, logger }) : local,
    clock,
    newId: randomId,
    logger,
    holder,
    timeZone,
    locale: config.INSIGHT_LOCALE,
    catchUp: config.INSIGHT_CATCH_UP,
  });
  return { mood, job, remote };
}

function modelsOf(config: Config): PricedModel[] {
  const apiKey = config.OPENAI_API_KEY;
  if (!apiKey) return [];
  const { OPENAI_PRICE_INPUT: input, OPENAI_PRICE_OUTPUT: output } = config;
  const names = [config.OPENAI_MODEL, ...(config.OPENAI_FALLBACK_MODEL ? [config.OPENAI_FALLBACK_MODEL] : [])];
  return names.map((name) => ({
    model: new OpenAiLetterModel({
      apiKey,
      baseUrl: config.OPENAI_BASE_URL,
      model: name,
      temperature: config.OPENAI_TEMPERATURE,
      effort: config.OPENAI_REASONING_EFFORT,
      timeoutMs: config.OPENAI_TIMEOUT_MS,
    }),
    price: input === undefined || output === undefined ? priceOf(name) : { input, output },
  }));
}

function parseCron(config: Config): FireTimes {
  try {
    return new FireTimes(config.INSIGHT_CRON, config.INSIGHT_TZ);
  } catch {
    throw new StartupError('INSIGHT_CRON must be a cron expression of five or six fields, such as 50 9 * * *.');
  }
}

/** The own page is always allowed; an empty list means any page, outside production. */
function allowedOriginsOf(config: Config): 'any' | readonly string[] {
  if (config.CORS_ORIGINS.length === 0 && config.NODE_ENV !== 'production') return 'any';
  const own = [config.PUBLIC_URL, config.PUBLIC_WS_URL?.replace(/^ws/, 'http')].flatMap((url) =>
    url ? [new URL(url).origin] : [],
  );
  return [...config.CORS_ORIGINS, ...own];
}

/** Where the page that is being served finds the API. */
function endpointsOf(
  config: Config,
  ports: { http: number; ws: number },
  request: IncomingMessage,
): { http: string; ws: string } {
  const host = request.headers.host ?? `localhost:${ports.http}`;
  const http = config.PUBLIC_URL ?? `http://${host}`;
  const ws = config.PUBLIC_WS_URL ?? `ws://${host.replace(/:\d+$/, '')}:${ports.ws}`;
  const withPath = (url: string) => (new URL(url).pathname === '/' ? `${url}/graphql` : url);
  return { http: withPath(http), ws: withPath(ws) };
}
