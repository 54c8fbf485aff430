import type { IncomingMessage, RequestListener } from 'node:http';
import { join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import { WordListFilter } from '../adapters/word-filter/word-list-filter';
import type { Viewer } from '../domain/user';
import type { Access } from '../flow/access';
import type { Aliases } from '../flow/aliases';
import { ChatAnnouncer } from '../flow/chat-announcer';
import { Empathies } from '../flow/empathies';
import { exportData } from '../flow/export-data';
import { AuditTrail } from '../flow/audit-trail';
import { Hosting } from '../flow/hosting';
import { History } from '../flow/history';
import type { Invitations } from '../flow/invitations';
import type { Memberships } from '../flow/memberships';
import { Moderation } from '../flow/moderation';
import type { Mutes } from '../flow/mutes';
import { RoomMembers } from '../flow/room-members';
import type { RoomPrivileges } from '../flow/room-privileges';
import type { Rooms } from '../flow/rooms';
import { TakeBack } from '../flow/take-back';
import { ScreenLinks } from '../flow/screen-links';
import { SendChat } from '../flow/send-chat';
import type { TailIndexes } from '../flow/tail-index';
import { Typing } from '../flow/typing';
import { AccountSettingsResolver } from '../graphql/resolvers/account-settings-resolver';
import { AccountResolver } from '../graphql/resolvers/account-resolver';
import { ChatResolver } from '../graphql/resolvers/chat-resolver';
import { HostingResolver } from '../graphql/resolvers/hosting-resolver';
import { EmpathyResolver } from '../graphql/resolvers/empathy-resolver';
import { GuestResolver } from '../graphql/resolvers/guest-resolver';
import { InviteResolver } from '../graphql/resolvers/invite-resolver';
import { InsightResolver } from '../graphql/resolvers/insight-resolver';
import { MembershipResolver } from '../graphql/resolvers/membership-resolver';
import { ModerationResolver } from '../graphql/resolvers/moderation-resolver';
import { PasswordResetResolver } from '../graphql/resolvers/password-reset-resolver';
import { OwnChatResolver } from '../graphql/resolvers/own-chat-resolver';
import { PushResolver } from '../graphql/resolvers/push-resolver';
import { RoomResolver } from '../graphql/resolvers/room-resolver';
import { buildAppSchema } from '../graphql/schema';
import { ScreenLinkResolver } from '../graphql/resolvers/screen-link-resolver';
import { InsightHistory } from '../insights/insight-history';
import type { MoodService } from '../insights/mood/mood';
import { OwnMood } from '../insights/mood/own-mood';
import { RoomInsights } from '../insights/room-insights';
import { randomId } from '../ports/ids';
import type { Rate, RateLimiter } from '../ports/rate-limiter';
import type { Scorer } from '../ports/scorer';
import { createHttpServer, type HttpServer } from '../servers/http/http-server';
import { staticFiles } from '../servers/http/static-files';
import type { AccountParts } from './accounts';
import { allowedHostsOf, allowedOriginsOf, endpointsOf, httpTimes, pageEndpointsOf, pageUrlOf } from './addresses';
import type { Base, Ports, Serving } from './base';
import type { InsightParts } from './insights';
import { errorCounter } from './metrics';
import { knownDocumentsOf } from './known-documents';
import { roomPreviews } from './room-previews';
import { erasuresOf, feelingsOf, privilegesOf } from './moderation';
import { pushSubscriptionsOf } from './push';
import { rateOf, sendGuard } from './rates';

export interface ApiParts extends Pick<AccountParts, 'accounts' | 'accountSettings' | 'passwordResets' | 'guests' | 'screens'> {
  readonly rooms: Rooms;
  readonly access: Access;
  readonly privileges: RoomPrivileges;
  readonly memberships: Memberships;
  readonly invitations: Invitations;
  readonly aliases: Aliases;
  readonly mutes: Mutes;
  readonly limiter: RateLimiter;
  readonly insights: InsightParts;
  readonly tail: TailIndexes;
  readonly scorer: Scorer;
}

/** Analyses that a host may begin. */
const RUNS_BY_HOST: Rate = { name: 'runs-by-host', points: 4, seconds: 3_600 };

/** The role api: queries and mutations over HTTP. */
export function apiSchema(base: Base, parts: ApiParts): GraphQLSchema {
  const { config, engine, clock } = base;
  const { rooms, access, privileges, memberships, aliases, mutes, limiter, insights, tail } = parts;
  const { accounts, accountSettings, passwordResets, guests, screens } = parts;
  const { chatLog: log, chatStore: store, moderationStore, bus, presence } = engine;
  const { isAdmin, isModerator } = privilegesOf(config);
  const consume = (name: Parameters<typeof rateOf>[1]) => (viewer: Viewer) =>
    limiter.consume(rateOf(config, name), viewer.userId);
  const history = new History(log, store, tail);
  const erasures = erasuresOf(base, rooms);
  const audit = new AuditTrail({ moderation: moderationStore, clock, newId: randomId });
  const moderation = new Moderation({
    ...{ log, store, moderation: moderationStore, rooms, access, privileges, mutes, bus, clock, erasures, audit },
  });
  const hosting = new Hosting({
    ...{ rooms, access, privileges, audit, bus, clock, moderation: moderationStore },
    questions: insights.questions,
    hasChats: (room) => history.hasChats(room),
  });
  const sendChat = new SendChat({
    ...{ log, store, access, aliases, mutes },
    scorer: parts.scorer,
    guard: sendGuard(config, limiter, engine.limiter),
    words: new WordListFilter(),
    isQuestion: (id, room) => insights.questions.isQuestion(id, room),
    sharedByProcesses: engine.capabilities.sharedByProcesses,
  });
  const announcer = new ChatAnnouncer(bus);
  base.releasers.push('chat announcer', () => {
    announcer.stop();
  });
  const empathies = new Empathies({
    ...{ log, store, access, mutes, announcer, empathies: engine.empathyStore },
    admit: consume('RATE_EMPATHY_PER_USER'),
  });
  const exporting = {
    user: (viewer: Viewer) => accountSettings.user(viewer),
    sessions: (viewer: Viewer) => accountSettings.sessions(viewer),
    memberships: engine.membershipStore,
    history,
  };
  const roomInsights = new RoomInsights({
    access,
    isAdmin,
    admitRunOf: (viewer) => limiter.consume(RUNS_BY_HOST, viewer.userId),
    mood: insights.mood,
    ownMood: new OwnMood({
      ownLog: (authorId, page, size) => history.ownLog(authorId, page, size),
      clock,
      timeZone: config.INSIGHT_TZ,
    }),
    history: new InsightHistory(engine.insightStore),
    job: insights.job,
  });
  return buildAppSchema({
    accounts: new AccountResolver(accounts, history, isAdmin, isModerator),
    accountSettings: new AccountSettingsResolver(accountSettings, (viewer, page) => exportData(exporting, viewer, page)),
    guests: new GuestResolver(guests),
    passwordResets: new PasswordResetResolver(passwordResets, isAdmin),
    chats: new ChatResolver(sendChat, history, access),
    empathies: new EmpathyResolver(empathies),
    readCounts: (chatIds) => empathies.counts(chatIds),
    ownChats: new OwnChatResolver(feelingsOf(base, access), new TakeBack({ log, store, access, erasures, clock })),
    rooms: new RoomResolver(
      rooms,
      access,
      memberships,
      aliases,
      (room) => presence.online(room),
      insights.questions,
      new Typing({ access, aliases, bus, limiter, perUser: rateOf(config, 'RATE_TYPING_PER_USER') }),
      async (viewer) => {
        await guests.requireFullAccount(viewer);
        await consume('RATE_ROOMS_PER_USER')(viewer);
      },
      (viewer, room) => privileges.isHost(viewer, room),
    ),
    hosting: new HostingResolver(hosting, access),
    pushes: new PushResolver(
      pushSubscriptionsOf(base, (room, viewer) => access.requireReader(viewer, room), consume('RATE_PUSH_PER_USER')),
    ),
    screenLinks: new ScreenLinkResolver(
      new ScreenLinks({ access, rooms, bus, newId: randomId, sign: (room, key) => screens.sign(room, key) }),
    ),
    memberships: new MembershipResolver(
      new RoomMembers({
        ...{ rooms, access, memberships, isAdmin, clock },
        store: engine.membershipStore,
        invites: engine.inviteStore,
        users: engine.userStore,
        dayOf: (ms) => aliases.dayOf(ms),
      }),
      access,
    ),
    invites: new InviteResolver(parts.invitations),
    insights: new InsightResolver(roomInsights),
    moderation: new ModerationResolver(moderation, async (viewer) => {
      await guests.admitReport(viewer);
      await consume('RATE_REPORTS_PER_USER')(viewer);
    }),
  });
}

/** The HTTP server of the role api. It does not listen yet. */
export async function openApi(
  { config, logger, clock, releasers }: Base,
  { health, addressOf, metrics }: Serving,
  schema: GraphQLSchema,
  { accounts, rooms, mood }: Pick<AccountParts, 'accounts'> & { readonly rooms: Rooms; readonly mood: MoodService },
  ports: Ports,
  stream: RequestListener | undefined,
): Promise<HttpServer> {
  const pageUrl = (request: IncomingMessage) => pageUrlOf(config, ports, request);
  const http = await createHttpServer({
    schema,
    authenticate: (authorization) => accounts.authenticate(authorization),
    addressOf,
    introspection: config.INTROSPECTION,
    knownDocuments: knownDocumentsOf(config),
    ide: config.IDE,
    allowedOrigins: allowedOriginsOf(config),
    allowsHost: allowedHostsOf(config),
    health,
    onError: errorCounter(metrics),
    stream,
    pageUrl,
    liveUrl: (request) => endpointsOf(config, ports, request).ws,
    pages: staticFiles({
      root: join(__dirname, '..', '..', 'dist', 'web'),
      ide: config.IDE,
      guests: config.GUESTS,
      embedOrigins: config.EMBED_ORIGINS,
      previews: roomPreviews(rooms, mood, clock),
      pageUrl,
      endpoints: (request) => pageEndpointsOf(config, ports, request),
    }),
    times: httpTimes(config),
    logger: logger.child({ part: 'http' }),
  });
  releasers.push('http server', () => http.stop());
  return http;
}
