import { setTimeout as delay } from 'node:timers/promises';
import WebSocket from 'ws';
import { decodeCursor } from '../../src/domain/position';
import { seen, type Account, type Segment } from './history';
import { ask, type Api } from './load';

const RETRY_MS = 200;
/** A connection without any message for this long, not even a pong, is closed. */
const SILENCE_MS = 15_000;

interface Frame {
  readonly type: string;
  readonly payload?: unknown;
}

export interface SubscriberOptions {
  readonly account: Account;
  readonly apis: readonly Api[];
  readonly lives: readonly { readonly wsUrl: string }[];
  readonly random: () => number;
}

/** Follows a room: after each lost connection it subscribes again after the last message seen. */
export class Subscriber {
  private segment: Segment | undefined;
  private cursor: string | undefined;
  private socket: WebSocket | undefined;
  private over = false;
  private running: Promise<void> | undefined;
  /** When messages were received, by `performance.now()`. */
  readonly deliveredAt: number[] = [];
  /** Number of lost connections. */
  drops = 0;

  constructor(
    private readonly options: SubscriberOptions,
    private readonly number: number,
    readonly room: string,
  ) {}

  /** Resolves when it has its first cursor. */
  async start(): Promise<void> {
    await this.load();
    this.running = this.run();
  }

  get last(): string | undefined {
    return this.segment?.received.at(-1)?.text;
  }

  async stop(): Promise<void> {
    this.over = true;
    this.socket?.terminate();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.over) {
      if (!this.segment) await this.load().catch(() => undefined);
      if (this.segment) await this.connection();
      this.drops++;
      await delay(RETRY_MS * (0.5 + this.options.random()));
    }
  }

  private async load(): Promise<void> {
    const { account, apis, random } = this.options;
    const api = apis[Math.floor(random() * apis.length)] as Api;
    const query = 'query ($room: ID!) { recentChats(room: $room, first: 1) { cursor } }';
    const { recentChats } = await ask<{ recentChats: { cursor: string } }>(api, query, { room: this.room });
    this.cursor = recentChats.cursor;
    this.segment = account.begin(this.number, this.room, decodeCursor(recentChats.cursor, 'cursor', this.room));
  }

  /** Resolves when the connection is closed. */
  private async connection(): Promise<void> {
    const { lives, random } = this.options;
    const { wsUrl } = lives[Math.floor(random() * lives.length)] as { wsUrl: string };
    const socket = new WebSocket(wsUrl, 'graphql-transport-ws', { handshakeTimeout: SILENCE_MS });
    this.socket = socket;
    let heard = performance.now();
    const watch = setInterval(() => {
      if (performance.now() - heard > SILENCE_MS) socket.terminate();
      else if (socket.readyState === WebSocket.OPEN) socket.send('{"type":"ping"}');
    }, SILENCE_MS / 3);
    socket.on('open', () => {
      socket.send('{"type":"connection_init"}');
    });
    socket.on('message', (data: Buffer) => {
      heard = performance.now();
      this.hear(JSON.parse(data.toString()) as Frame, socket);
    });
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.once('close', resolve));
    clearInterval(watch);
  }

  private hear({ type, payload }: Frame, socket: WebSocket): void {
    if (type === 'connection_ack') {
      const query = 'subscription ($room: ID!, $after: ChatCursor) { newChat(room: $room, after: $after) { id text cursor } }';
      const variables = { room: this.room, after: this.cursor };
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }));
    } else if (type === 'next') {
      const { newChat } = (payload as { data: { newChat: { id: string; text: string; cursor: string } } }).data;
      this.deliveredAt.push(performance.now());
      this.segment?.received.push(seen(newChat, this.room));
      this.cursor = newChat.cursor;
    } else if (type === 'error') {
      if (JSON.stringify(payload).includes('CURSOR_EXPIRED') && this.segment) {
        this.segment.expired = true;
        this.segment = undefined;
      }
      socket.terminate();
    }
  }
}
