import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { GraphQLSchema } from 'graphql';
import WebSocket from 'ws';
import { InProcessBus } from '../../src/adapters/in-process/bus';
import { InProcessPresence } from '../../src/adapters/in-process/presence';
import { wireLive, type LiveSources } from '../../src/app/live';
import { Releasers } from '../../src/app/releasers';
import type { Chat } from '../../src/domain/chat';
import type { EmpathyCounts } from '../../src/domain/empathy';
import type { Insight, Mood } from '../../src/domain/insight';
import { DEFAULT_ROOM_SETTINGS } from '../../src/domain/room';
import type { RoomState } from '../../src/domain/room-state';
import type { Viewer } from '../../src/domain/user';
import { buildAppSchema } from '../../src/graphql/schema';
import type { ChatFeed } from '../../src/live/chat-feed';
import type { LiveHub } from '../../src/live/hub';
import { noLiveMetrics } from '../../src/live/live-metrics';
import { silentLogger } from '../../src/ports/logger';
import { guardedServer } from '../../src/servers/guarded-server';
import type { LiveServer, LiveServerOptions } from '../../src/servers/live/live-server';
import { Listeners } from '../../src/util/listeners';
import { MemoryLog } from './memory-log';
import { until } from './until';

export interface Message {
  readonly id?: string;
  readonly type: string;
  readonly payload?: unknown;
}

export const NEW_CHAT = 'subscription ($after: ChatCursor) { newChat(room: "main", after: $after) { text cursor } }';

/** The role live as src/app wires it, over a log in memory. */
export class LiveRig {
  readonly log = new MemoryLog();
  readonly bus = new InProcessBus(silentLogger);
  readonly presence = new InProcessPresence();
  readonly schema: GraphQLSchema = buildAppSchema();
  readonly stored: Chat[] = [];
  storeReads = 0;
  readonly counts = new Map<string, EmpathyCounts>();
  /** Calls that read counts. */
  countReads = 0;
  mood: Mood = {
    room: 'main',
    window: { start: 0, end: 1 },
    messageCount: 0,
    scores: [],
    dominant: null,
    valence: 0,
    saidShare: 0,
  };
  insight: Insight | undefined;
  state: RoomState = {
    room: { id: 'main', title: 'Main', anonymous: true, aliasLocale: 'ko', createdAt: 0, settings: DEFAULT_ROOM_SETTINGS },
    question: null,
  };
  /** Call it with the id of a session to revoke it. */
  readonly revoked = new Listeners<[sessionId: string]>(() => undefined);
  now = 1_700_000_000_000;
  feed!: ChatFeed;
  hub!: LiveHub;
  server!: LiveServer;
  url!: string;
  roomExists = (room: string): Promise<boolean> => Promise.resolve(room !== 'nowhere');
  mayRead = (_viewer: Viewer | null, room: string): Promise<boolean> => this.roomExists(room);
  /** False: new connections are destroyed at once. */
  accepting = true;
  refusals = 0;
  /** What the network blocks. */
  blocked: 'nothing' | 'sockets' | 'streams' = 'nothing';
  /** Number of HTTP requests that were no upgrade. */
  requests = 0;
  private readonly sockets = new Set<Socket>();
  private readonly releasers = new Releasers(silentLogger);
  private closeHttp = (): Promise<unknown> => Promise.resolve();
  private readonly clients: RawClient[] = [];

  static async start(
    overrides: Partial<LiveServerOptions> = {},
    feed: { replayMax?: number; ringBytes?: number } = {},
  ): Promise<LiveRig> {
    const rig = new LiveRig();
    await rig.open(overrides, feed);
    return rig;
  }

  private async open(overrides: Partial<LiveServerOptions>, feed: { replayMax?: number; ringBytes?: number }): Promise<void> {
    const { log, bus, presence, schema } = this;
    const sources: LiveSources = {
      ...{ schema, log, bus, presence, metrics: noLiveMetrics, logger: silentLogger },
      store: {
        byRoom: (...args) => this.byRoom(...args),
        byId: (id) => Promise.resolve(this.stored.find((chat) => chat.id === id)),
      },
      loadCounts: (ids) => {
        this.countReads++;
        return Promise.resolve(new Map([...this.counts].filter(([id]) => ids.includes(id))));
      },
      mayRead: (viewer, room) => this.mayRead(viewer, room),
      presenceNameIn: (room, viewer) => Promise.resolve(`${viewer.username}@${room}`),
      readMood: (room) => Promise.resolve({ ...this.mood, room }),
      readState: () => Promise.resolve(this.state),
      loadInsight: () => Promise.resolve(this.insight),
      replayMax: 10_000,
      ...feed,
    };
    const {
      hub,
      server,
      feed: chats,
    } = await wireLive(sources, this.releasers, {
      authenticate: () => null,
      knownDocuments: undefined,
      onSessionEnd: (listener) => this.revoked.add(listener),
      allowsOrigin: () => true,
      addressOf: (request: IncomingMessage) => request.socket.remoteAddress ?? '',
      admit: () => Promise.resolve(),
      maxUninitialised: Infinity,
      rates: { messages: undefined, subscribes: undefined },
      times: { headersTimeoutMs: 10_000, requestTimeoutMs: 30_000 },
      maxSocketsPerAddress: Infinity,
      maxSocketsPerUser: Infinity,
      health: { isReady: () => true, about: () => '' },
      clock: { now: () => this.now },
      ...overrides,
    });
    Object.assign(this, { hub, server, feed: chats });
    const http = guardedServer({ headersTimeoutMs: 10_000, requestTimeoutMs: 30_000 });
    http.on('upgrade', (_, socket) => {
      if (this.blocked === 'sockets') socket.destroy();
    });
    server.attach(http);
    http.on('request', (request, response) => {
      this.requests++;
      if (this.blocked === 'streams') response.destroy();
      else server.stream(request, response);
    });
    http.on('connection', (socket) => {
      if (!this.accepting) {
        this.refusals++;
        socket.destroy();
      }
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    this.url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`;
    this.closeHttp = () =>
      new Promise((resolve) => {
        http.close(resolve);
        http.closeAllConnections();
      });
  }

  async stop(): Promise<void> {
    for (const client of this.clients) client.ws.terminate();
    await this.releasers.release();
    await this.closeHttp();
  }

  /** Destroys all connections without a close frame, as a failing network does. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** A socket that has sent connection_init and received the answer. */
  async connect(payload?: object, options: WebSocket.ClientOptions = {}): Promise<RawClient> {
    const client = await this.dial(options);
    client.send({ type: 'connection_init', ...(payload && { payload }) });
    await until(() => client.messages.some(({ type }) => type === 'connection_ack') || client.closed !== undefined);
    return client;
  }

  /** A socket that has sent nothing yet. */
  async dial(options: WebSocket.ClientOptions = {}, protocols = ['graphql-transport-ws']): Promise<RawClient> {
    const ws = new WebSocket(this.url, protocols, options);
    const client = new RawClient(ws);
    this.clients.push(client);
    await until(() => ws.readyState !== WebSocket.CONNECTING);
    return client;
  }

  private byRoom(
    room: string,
    { after = 0, before = Infinity }: { after?: number; before?: number },
    limit: number,
    order: 'newest-first' | 'oldest-first',
  ): Promise<readonly Chat[]> {
    this.storeReads++;
    const found = this.stored.filter((chat) => chat.room === room && chat.offset > after && chat.offset < before);
    return Promise.resolve((order === 'newest-first' ? found.reverse() : found).slice(0, limit));
  }
}

export class RawClient {
  readonly messages: Message[] = [];
  /** The raw text of each message. */
  readonly texts: string[] = [];
  closed: { code: number; reason: string } | undefined;
  /** The HTTP status of a refused upgrade. */
  refused: number | undefined;

  constructor(readonly ws: WebSocket) {
    ws.on('message', (data: Buffer) => {
      this.texts.push(String(data));
      this.messages.push(JSON.parse(String(data)) as Message);
    });
    ws.on('close', (code, reason) => (this.closed = { code, reason: String(reason) }));
    ws.on('unexpected-response', (_, response) => {
      this.refused = response.statusCode;
      ws.terminate();
    });
    ws.on('error', () => undefined);
  }

  send(message: unknown): void {
    this.ws.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Resolves when the server has handled the subscription: it answers in order, and an error comes before the pong. */
  async subscribe(id: string, query = NEW_CHAT, variables: object = {}): Promise<void> {
    const pongs = this.of('pong').length;
    this.send({ id, type: 'subscribe', payload: { query, variables } });
    this.send({ type: 'ping' });
    await until(() => this.of('pong').length > pongs);
  }

  of(type: string, id?: string): Message[] {
    return this.messages.filter((message) => message.type === type && (id === undefined || message.id === id));
  }

  /** The data of the `next` messages. */
  data<T extends object>(id?: string): T[] {
    return this.of('next', id).map(({ payload }) => (payload as { data: T }).data);
  }

  /** The `extensions` of all errors. */
  problems(id?: string): { code: string; retryAfter?: number }[] {
    return this.of('error', id).flatMap(({ payload }) =>
      (payload as { extensions: { code: string; retryAfter?: number } }[]).map(({ extensions }) => extensions),
    );
  }

  chats(id?: string): string[] {
    return this.data<{ newChat: { text: string } }>(id).map(({ newChat }) => newChat.text);
  }
}
