import type { GraphQLSchema } from 'graphql';
import type { Viewer } from '../domain/user';
import { findChat } from '../flow/find-chat';
import { ChatFeed } from '../live/chat-feed';
import { formatError } from '../graphql/format-error';
import { streamHidden } from '../live/streams/hidden-stream';
import { LiveHub } from '../live/hub';
import { streamInsights } from '../live/streams/insight-stream';
import { MoodStream } from '../live/streams/mood-stream';
import { RoomActivityStream } from '../live/streams/activity-stream';
import { createLiveServer, type LiveServer } from '../servers/live/live-server';
import { originPolicy } from '../servers/origin-policy';
import type { AccountParts } from './accounts';
import { allowedOriginsOf, httpTimes } from './addresses';
import type { Base, Ports } from './base';
import type { InsightParts } from './insights';
import { knownDocumentsOf } from './known-documents';
import { errorCounter, watchLive } from './metrics';
import { rateOf } from './rates';

const RING_BYTES = 64 * 1024 * 1024;

/** The role live: subscriptions over WebSocket, fed by the log's tail and the bus. Does not listen yet. */
export async function openLive(
  base: Base,
  schema: GraphQLSchema,
  { accounts, revocations }: AccountParts,
  { mood }: InsightParts,
  ports: Ports,
): Promise<LiveServer> {
  const { config, engine, clock, rooms, aliases, releasers, health, limiter, metrics } = base;
  const { chatLog: log, chatStore: store, bus, presence } = engine;
  const logger = base.logger.child({ part: 'live' });

  const feed = new ChatFeed({ log, store, replayMax: config.REPLAY_MAX, ringBytes: RING_BYTES });
  await feed.start();
  releasers.push('live feed', () => {
    feed.stop();
  });
  const hub = new LiveHub({
    schema,
    contextValue: Object.freeze({ viewer: null, address: '', tokenProblem: null }),
    feed,
    roomExists: async (room) => (await engine.roomStore.byId(room)) !== undefined,
    formatError: (error) => formatError(error, logger),
    metrics,
  });
  releasers.push('live hub', () => {
    hub.stop();
  });
  const authorIn = async (room: string, viewer: Viewer) => aliases.authorIn(await rooms.require(room), viewer);
  const activity = new RoomActivityStream({ hub, bus, presence, authorIn, logger });
  const moodStream = new MoodStream({ hub, feed, readMood: (room) => mood.mood(room, 60), logger });
  const stopInsightStream = streamInsights({ hub, bus, loadInsight: (id) => engine.insightStore.byId(id), logger });
  const stopHiddenStream = streamHidden({
    ...{ hub, bus, logger },
    forget: (room) => {
      feed.forget(room);
    },
    loadChat: (id) => findChat(log, store, id),
  });
  releasers.push('live streams', () => {
    stopHiddenStream();
    activity.stop();
    moodStream.stop();
    stopInsightStream();
  });

  const connects = rateOf(config, 'RATE_CONNECTS_PER_ADDRESS');
  const server = createLiveServer({
    schema,
    hub,
    authenticate: (authorization) => accounts.authenticate(authorization),
    knownDocuments: knownDocumentsOf(config),
    isEnded: (sessionId) => revocations.has(sessionId),
    allowsOrigin: originPolicy(allowedOriginsOf(config), () => [ports.http || config.PORT, ports.ws]),
    addressOf: base.addressOf,
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
    clock,
    logger,
  });
  releasers.push('live server', () => server.stop());
  watchLive(metrics, hub, server);
  return server;
}
