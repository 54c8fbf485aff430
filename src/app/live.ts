import type { GraphQLSchema } from 'graphql';
import type { Chat } from '../domain/chat';
import type { Insight, Mood } from '../domain/insight';
import type { RoomState } from '../domain/room-state';
import type { Viewer } from '../domain/user';
import type { Access } from '../flow/access';
import { findChat } from '../flow/find-chat';
import type { Rooms } from '../flow/rooms';
import { AccessWatch } from '../live/access-watch';
import { ChatFeeds } from '../live/chat-feeds';
import { formatError } from '../graphql/format-error';
import { streamChanged } from '../live/streams/changed-stream';
import { streamHidden } from '../live/streams/hidden-stream';
import { LiveHub } from '../live/hub';
import { streamInsights } from '../live/streams/insight-stream';
import { MoodStream } from '../live/streams/mood-stream';
import type { MoodService } from '../insights/mood/mood';
import type { RoomQuestions } from '../insights/question/room-questions';
import { RoomStream } from '../live/streams/room-stream';
import { RoomActivityStream } from '../live/streams/activity-stream';
import type { LiveMetrics } from '../live/live-metrics';
import type { ChatLog } from '../ports/chat-log';
import type { ChatStore } from '../ports/chat-store';
import type { EmpathyStore } from '../ports/empathy-store';
import type { Engine } from '../ports/engine';
import type { Logger } from '../ports/logger';
import { createLiveServer, type LiveServer, type LiveServerOptions } from '../servers/live/live-server';
import { originPolicy } from '../servers/origin-policy';
import type { AccountParts } from './accounts';
import { allowedHostsOf, allowedOriginsOf, httpTimes } from './addresses';
import type { Base, Ports, Serving } from './base';
import { knownDocumentsOf } from './known-documents';
import { errorCounter, watchLive } from './metrics';
import { rateOf } from './rates';
import type { Releasers } from './releasers';

/** Limit of the chats that the feed keeps in memory for replays, in bytes. */
const RING_BYTES = 64 * 1024 * 1024;

/** A room is followed for one to two times as long after its last subscription, for those that reconnect. */
const UNUSED_MS = 60_000;

/** Part of the stop budget that closing all sockets needs. */
const LIVE_STOP_MS = 6_000;

/** What the subscriptions are served from. */
export interface LiveSources extends Pick<Engine, 'bus' | 'presence'> {
  readonly schema: GraphQLSchema;
  readonly log: ChatLog;
  readonly store: Pick<ChatStore, 'byRoom' | 'byId'>;
  readonly loadCounts: EmpathyStore['counts'];
  /** @throws DomainError UNAVAILABLE */
  readonly mayRead: (viewer: Viewer | null, room: string) => Promise<boolean>;
  /** The name under which others see that the viewer enters the room and leaves it; null in an anonymous room. */
  readonly presenceNameIn: (room: string, viewer: Viewer) => Promise<string | null>;
  readonly readMood: (room: string) => Promise<Mood>;
  readonly loadInsight: (id: string) => Promise<Insight | undefined>;
  readonly readState: (room: string) => Promise<RoomState>;
  readonly replayMax: number;
  readonly ringBytes?: number;
  readonly metrics: LiveMetrics;
  readonly logger: Logger;
}

export interface LiveStack {
  readonly feed: ChatFeeds;
  readonly hub: LiveHub;
  readonly server: LiveServer;
}

export interface LiveParts extends Pick<AccountParts, 'accounts' | 'revocations'> {
  readonly rooms: Rooms;
  readonly access: Access;
  readonly mood: MoodService;
  readonly questions: RoomQuestions;
}

/** The role live: subscriptions over WebSocket and server-sent events. The server does not listen yet. */
export async function openLive(
  base: Base,
  { health, metrics, limiter, addressOf }: Serving,
  schema: GraphQLSchema,
  { accounts, revocations, rooms, access, mood, questions }: LiveParts,
  ports: Ports,
): Promise<LiveServer> {
  const { config, engine } = base;
  const connects = rateOf(config, 'RATE_CONNECTS_PER_ADDRESS');
  const logger = base.logger.child({ part: 'live' });
  const sources: LiveSources = {
    schema,
    log: engine.chatLog,
    store: engine.chatStore,
    loadCounts: (ids) => engine.empathyStore.counts(ids),
    bus: engine.bus,
    presence: engine.presence,
    mayRead: async (viewer, room) => (await access.readable(viewer, room)) !== undefined,
    // A room that was deleted with its readers in it has none that would see a name.
    presenceNameIn: async (room, { username, screen }) =>
      screen || ((await rooms.find(room))?.anonymous ?? true) ? null : username,
    readMood: (room) => mood.mood(room, 60),
    loadInsight: (id) => engine.insightStore.byId(id),
    readState: async (room) => ({ room: await rooms.require(room), question: await questions.current(room) }),
    replayMax: config.REPLAY_MAX,
    metrics,
    logger,
  };
  const { hub, server } = await wireLive(sources, base.releasers, {
    authenticate: (authorization) => accounts.authenticate(authorization),
    knownDocuments: knownDocumentsOf(config),
    onSessionEnd: (listener) => revocations.onEnd(listener),
    allowsOrigin: originPolicy(allowedOriginsOf(config), () => [ports.http || config.PORT, ports.ws], allowedHostsOf(config)),
    addressOf,
    admit: (address) => limiter.consume(connects, address),
    maxUninitialised: config.RATE_SOCKETS_UNINITIALISED,
    rates: {
      messages: config.RATE_LIMITS ? config.RATE_MESSAGES_PER_SOCKET : undefined,
      subscribes: config.RATE_LIMITS ? config.RATE_SUBSCRIBES_PER_SOCKET : undefined,
    },
    times: httpTimes(config),
    maxSocketsPerAddress: config.RATE_LIMITS ? config.RATE_SOCKETS_PER_ADDRESS : Infinity,
    maxSocketsPerUser: config.RATE_LIMITS ? config.RATE_SOCKETS_PER_USER : Infinity,
    health,
    onError: errorCounter(metrics),
    onSlowClose: () => {
      metrics.slowClose();
    },
    clock: base.clock,
  });
  watchLive(metrics, hub, server);
  return server;
}

/** Connects feed, hub, streams and server. What it starts is stopped by the releasers. */
export async function wireLive(
  sources: LiveSources,
  releasers: Releasers,
  options: Omit<LiveServerOptions, 'schema' | 'hub' | 'logger'>,
): Promise<LiveStack> {
  const { schema, log, store, bus, presence, metrics, logger } = sources;
  const feed = new ChatFeeds({ log, store, replayMax: sources.replayMax, ringBytes: sources.ringBytes ?? RING_BYTES, logger });
  releasers.push('live feed', () => {
    feed.stop();
  });
  const hub = new LiveHub({
    schema,
    contextValue: Object.freeze({ viewer: null, address: '', tokenProblem: null }),
    feed,
    mayRead: sources.mayRead,
    formatError: (error) => formatError(error, logger),
    metrics,
  });
  const unfollowing = setInterval(() => {
    feed.unfollowUnused(hub.rooms());
  }, UNUSED_MS).unref();
  releasers.push('live hub', () => {
    clearInterval(unfollowing);
    hub.stop();
  });
  const access = new AccessWatch({ hub, bus, mayRead: sources.mayRead, logger });
  const activity = new RoomActivityStream({ hub, bus, presence, nameIn: sources.presenceNameIn, logger });
  const moods = new MoodStream({ hub, feed, bus, readMood: sources.readMood, logger });
  const stopInsights = streamInsights({ hub, bus, loadInsight: sources.loadInsight, logger });
  const rooms = new RoomStream({ hub, bus, readState: sources.readState, logger });
  const loadChat = (id: string): Promise<Chat | undefined> => findChat(log, store, id);
  const stopHidden = streamHidden({ hub, feed, bus, loadChat, logger });
  const stopChanged = streamChanged({ hub, bus, loadChat, loadCounts: sources.loadCounts, logger });
  releasers.push('live streams', () => {
    stopHidden();
    stopChanged();
    access.stop();
    activity.stop();
    moods.stop();
    stopInsights();
    rooms.stop();
  });
  const server = createLiveServer({ schema, hub, logger, ...options });
  releasers.push('live server', () => server.stop(), LIVE_STOP_MS);
  return { feed, hub, server };
}
