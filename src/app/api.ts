import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import { loadLocalModel } from '../adapters/local-model/local-model';
import { WordListFilter } from '../adapters/word-filter/word-list-filter';
import { usernameKey } from '../domain/user';
import { History } from '../flow/history';
import { Moderation } from '../flow/moderation';
import { SendChat } from '../flow/send-chat';
import { exportData } from '../graphql/export-data';
import { AccountSettingsResolver } from '../graphql/resolvers/account-settings-resolver';
import { AccountResolver } from '../graphql/resolvers/account-resolver';
import { ChatResolver } from '../graphql/resolvers/chat-resolver';
import { InsightResolver } from '../graphql/resolvers/insight-resolver';
import { ModerationResolver } from '../graphql/resolvers/moderation-resolver';
import { RoomResolver } from '../graphql/resolvers/room-resolver';
import { buildAppSchema } from '../graphql/schema';
import { InsightHistory } from '../insights/insight-history';
import { OwnMood } from '../insights/mood/own-mood';
import { randomId } from '../ports/ids';
import { createHttpServer, type HttpServer } from '../servers/http/http-server';
import { staticFiles } from '../servers/http/static-files';
import type { AccountParts } from './accounts';
import { allowedOriginsOf, endpointsOf, httpTimes } from './addresses';
import type { Base, Ports } from './base';
import type { InsightParts } from './insights';
import { errorCounter } from './metrics';
import { knownDocumentsOf } from './known-documents';
import { erasuresOf, moderatorsOf, openMutes } from './moderation';
import { rateOf, sendGuard } from './rates';

/** The role api: queries and mutations over HTTP, and the page. */
export async function apiSchema(
  base: Base,
  { accounts, accountSettings }: AccountParts,
  insights: InsightParts,
): Promise<GraphQLSchema> {
  const { config, engine, clock, rooms, aliases, limiter } = base;
  const { chatLog: log, chatStore: store, bus, presence } = engine;
  const admins = new Set(config.ADMINS);
  const isAdmin = (username: string) => admins.has(usernameKey(username));
  const isModerator = moderatorsOf(config);
  const mutes = await openMutes(base);
  const erasures = erasuresOf(base);
  const moderation = new Moderation({
    ...{ log, store, moderation: engine.moderationStore, rooms, erasures, mutes, bus, clock, newId: randomId },
  });
  const sendChat = new SendChat({
    log,
    store,
    rooms,
    aliases,
    scorer: loadLocalModel(),
    guard: sendGuard(base),
    mutes,
    words: new WordListFilter(),
    elsewhereMs: engine.capabilities.sharedByProcesses ? 700 : 0,
  });
  const history = new History(log, store, rooms);
  const { mood, job } = insights;
  const insightHistory = new InsightHistory(engine.insightStore);
  const ownMood = new OwnMood({
    ownLog: (authorId, page, size) => history.ownLog(authorId, page, size),
    clock,
    timeZone: config.INSIGHT_TZ,
  });
  const inRoom = async <T>(room: string, then: () => Promise<T>): Promise<T> => {
    await rooms.require(room);
    return then();
  };
  return buildAppSchema({
    accounts: new AccountResolver(accounts, history, isAdmin, isModerator),
    accountSettings: new AccountSettingsResolver(accountSettings, (viewer, page) =>
      exportData(accountSettings, history, viewer, page),
    ),
    chats: new ChatResolver(sendChat, history),
    rooms: new RoomResolver(
      rooms,
      (room) => presence.online(room),
      async (viewer, roomId, typing) => {
        await limiter.consume(rateOf(config, 'RATE_TYPING_PER_USER'), viewer.userId);
        const room = await rooms.require(roomId);
        const author = await aliases.authorIn(room, viewer);
        bus.publish({ type: 'typing', room: room.id, memberId: viewer.sessionId, author, typing });
      },
      (viewer) => limiter.consume(rateOf(config, 'RATE_ROOMS_PER_USER'), viewer.userId),
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
    moderation: new ModerationResolver(moderation, isModerator, (viewer) =>
      limiter.consume(rateOf(config, 'RATE_REPORTS_PER_USER'), viewer.userId),
    ),
  });
}

/** Does not listen yet. */
export async function openApi(
  { config, logger, releasers, health, addressOf, metrics }: Base,
  schema: GraphQLSchema,
  { accounts }: AccountParts,
  ports: Ports,
  stream: RequestListener | undefined,
): Promise<HttpServer> {
  const http = await createHttpServer({
    schema,
    authenticate: (authorization) => accounts.authenticate(authorization),
    addressOf,
    introspection: config.INTROSPECTION,
    knownDocuments: knownDocumentsOf(config),
    ide: config.IDE,
    allowedOrigins: allowedOriginsOf(config),
    health,
    onError: errorCounter(metrics),
    stream,
    liveUrl: (request) => endpointsOf(config, ports, request).ws,
    pages: staticFiles({
      root: join(__dirname, '..', '..', 'dist', 'web'),
      ide: config.IDE,
      endpoints: (request) => endpointsOf(config, ports, request),
    }),
    times: httpTimes(config),
    logger: logger.child({ part: 'http' }),
  });
  releasers.push('http server', () => http.stop());
  return http;
}
