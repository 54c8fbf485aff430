import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { GraphQLSchema } from 'graphql';
import WebSocket from 'ws';
import { InProcessBus } from '../../src/adapters/in-process/bus';
import { InProcessPresence } from '../../src/adapters/in-process/presence';
import type { Chat } from '../../src/domain/chat';
import type { Insight, Mood } from '../../src/domain/insight';
import { ChatFeed } from '../../src/live/chat-feed';
import { formatError } from '../../src/graphql/format-error';
import { buildAppSchema } from '../../src/graphql/schema';
import { LiveHub } from '../../src/live/hub';
import { streamInsights } from '../../src/live/streams/insight-stream';
import { MoodStream } from '../../src/live/streams/mood-stream';
import { RoomActivityStream } from '../../src/live/streams/activity-stream';
import { silentLogger } from '../../src/ports/logger';
import { createLiveServer, type LiveServer, type LiveServerOptions } from '../../src/servers/live/live-server';
import { MemoryLog } from './memory-log';
import { until } from './until';

export interface Message {
  readonly id?: string;
  readonly type: string;
  readonly payload?: unknown;
}

export const NEW_CHAT = 'subscription ($after: ChatCursor) { newChat(room: "main", after: $after) { text cursor } }';

/** The live server over a log in memory, without the rest of the product. */
export class LiveRig {
  readonly log = new MemoryLog();
  readonly bus = new InProcessBus(silentLogger);
  readonly presence = new InProcessPresence();
  readonly schema: GraphQLSchema = buildAppSchema();
  readonly stored: Chat[] = [];
  storeReads = 0;
  mood: Mood = { room: 'main', window: { start: 0, end: 1 }, messageCount: 0, scores: [], dominant: null, valence: 0 };
  insight: Insight | undefined;
  readonly ended = new Set<string>();
  now = 1_700_000_000_000;
  feed!: ChatFeed;
  hub!: LiveHub;
  server!: LiveServer;
  url!: string;
  roomExists = (room: string): Promise<boolean> => Promise.resolve(room !== 'nowhere');
  /** Set to false, new connections are cut at once. */
  accepting = true;
  refusals = 0;
  /** What the network lets nobody have. */
  blocked: 'nothing' | 'sockets' | 'streams' = 'nothing';
  /** Plain requests so far. */
  requests = 0;
  private readonly sockets = new Set<Socket>();
  private readonly undo: (() => unknown)[] = [];
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
    this.feed = new ChatFeed({
      log,
      store: { byRoom: (...args) => this.byRoom(...args) },
      replayMax: 10_000,
      ringBytes: 64 << 20,
      ...feed,
    });
    await this.feed.start();
    this.hub = new LiveHub({
      schema,
      contextValue: Object.freeze({ viewer: null, address: '', tokenProblem: null }),
      feed: this.feed,
      roomExists: (room) => this.roomExists(room),
      formatError: (error) => formatError(error, silentLogger),
    });
    const { hub } = this;
    const activity = new RoomActivityStream({
      hub,
      bus,
      presence,
      authorIn: (room, viewer) => Promise.resolve(`${viewer.username}@${room}`),
      logger: silentLogger,
    });
    const moods = new MoodStream({
      hub,
      feed: this.feed,
      readMood: (room) => Promise.resolve({ ...this.mood, room }),
      logger: silentLogger,
    });
    const insights = streamInsights({ hub, bus, loadInsight: () => Promise.resolve(this.insight), logger: silentLogger });
    this.server = createLiveServer({
      schema,
      hub,
      authenticate: () => null,
      knownDocuments: undefined,
      isEnded: (sessionId) => this.ended.has(sessionId),
      allowsOrigin: () => true,
      addressOf: (request: IncomingMessage) => request.socket.remoteAddress ?? '',
      admit: () => Promise.resolve(),
      maxUninitialised: Infinity,
      rates: { messages: undefined, subscribes: undefined },
      times: { headersTimeoutMs: 10_000, requestTimeoutMs: 30_000 },
      maxSocketsPerAddress: Infinity,
      maxSocketsPerUser: Infinity,
      health: { isReady: () => true, about: '' },
      clock: { now: () => this.now },
      logger: silentLogger,
      ...overrides,
    });
    const http = createServer();
    http.on('upgrade', (_, socket) => {
      if (this.blocked === 'sockets') socket.destroy();
    });
    this.server.attach(http);
    http.on('request', (request, response) => {
      this.requests++;
      if (this.blocked === 'streams') response.destroy();
      else this.server.stream(request, response);
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
    this.undo.push(
      () => this.server.stop(),
      () => insights(),
      () => moods.stop(),
      () => activity.stop(),
      () => hub.stop(),
      () => this.feed.stop(),
      () => new Promise((resolve) => http.close(resolve)),
    );
  }

  async stop(): Promise<void> {
    for (const client of this.clients) client.ws.terminate();
    for (const undo of this.undo) await undo();
  }

  /** Cuts all connections, as a network does: without a word. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** A socket that speaks the protocol by hand. */
  async connect(payload?: object, options: WebSocket.ClientOptions = {}): Promise<RawClient> {
    const client = await this.dial(options);
    client.send({ type: 'connection_init', ...(payload && { payload }) });
    await until(() => client.messages.some(({ type }) => type === 'connection_ack') || client.closed !== undefined);
    return client;
  }

  /** A socket that has said nothing yet. */
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
  /** The text of each message as it came. */
  readonly texts: string[] = [];
  closed: { code: number; reason: string } | undefined;
  /** The status with which the upgrade was refused. */
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

  /** Resolves when the server has seen the subscription: it answers messages in order, and refusals come before the pong. */
  async subscribe(id: string, query = NEW_CHAT, variables: object = {}): Promise<void> {
    const pongs = this.of('pong').length;
    this.send({ id, type: 'subscribe', payload: { query, variables } });
    this.send({ type: 'ping' });
    await until(() => this.of('pong').length > pongs);
  }

  of(type: string, id?: string): Message[] {
    return this.messages.filter((message) => message.type === type && (id === undefined || message.id === id));
  }

  /** What `next` messages carried. */
  data<T extends object>(id?: string): T[] {
    return this.of('next', id).map(({ payload }) => (payload as { data: T }).data);
  }

  /** `extensions` of all errors. */
  problems(id?: string): { code: string; retryAfter?: number }[] {
    return this.of('error', id).flatMap(({ payload }) =>
      (payload as { extensions: { code: string; retryAfter?: number } }[]).map(({ extensions }) => extensions),
    );
  }

  chats(id?: string): string[] {
    return this.data<{ newChat: { text: string } }>(id).map(({ newChat }) => newChat.text);
  }
}
