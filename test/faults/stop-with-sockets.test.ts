import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import WebSocket from 'ws';
import type { Person, TestApp } from '../support/app';
import { Cluster } from '../support/cluster';
import { RecentChatsDocument } from '../support/generated/graphql';
import { ServerProcess } from '../support/server-process';
import { withServices } from '../support/services';

const SOCKETS = 1_000;
const BEFORE = 10;
const MEANWHILE = 20;
const AFTER = 10;
const BACK_MS = 100;
const SUBSCRIBE = 'subscription ($after: ChatCursor) { newChat(after: $after) { text cursor } }';

/** A subscriber that resumes at the other process from its last cursor, as our client does. */
class Follower {
  readonly texts: string[] = [];
  readonly codes: number[] = [];
  private socket: WebSocket | undefined;
  private stopped = false;

  constructor(
    private urls: readonly string[],
    private cursor: string,
    private readonly onReceived: () => void,
  ) {}

  /** Resolves when the server has accepted the subscription. */
  async open(): Promise<void> {
    if (this.stopped) return;
    const socket = new WebSocket(this.urls[0] ?? '', 'graphql-transport-ws', { perMessageDeflate: false });
    this.socket = socket;
    socket.on('error', () => undefined);
    socket.on('close', (code) => void this.comeBack(code));
    await new Promise<void>((resolve) => {
      socket.on('open', () => {
        socket.send('{"type":"connection_init"}');
      });
      socket.on('message', (data: Buffer) => {
        const { type, payload } = JSON.parse(data.toString()) as Frame;
        if (type === 'connection_ack') {
          const variables = { after: this.cursor };
          socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: SUBSCRIBE, variables } }));
          // The pong follows the subscribe.
          socket.send('{"type":"ping"}');
        } else if (type === 'pong') resolve();
        else if (type === 'next' && payload?.data) {
          this.texts.push(payload.data.newChat.text);
          this.cursor = payload.data.newChat.cursor;
          this.onReceived();
        }
      });
    });
  }

  stop(): void {
    this.stopped = true;
    this.socket?.terminate();
  }

  private async comeBack(code: number): Promise<void> {
    if (this.stopped) return;
    this.codes.push(code);
    this.urls = this.urls.toReversed();
    await delay(BACK_MS * Math.random());
    await this.open();
  }
}

interface Frame {
  readonly type: string;
  readonly payload?: { readonly data?: { readonly newChat: { readonly text: string; readonly cursor: string } } };
}

withServices(['redis', 'mongo'], (services) => {
  let api: TestApp;
  let lives: ServerProcess[];
  let mina: Person;
  let followers: Follower[];
  let received = 0;
  let expected = 0;
  let allReceived: () => void = () => undefined;

  beforeAll(async () => {
    const cluster = await Cluster.on(services, { RATE_LIMITS: 'off' });
    api = await cluster.start('api,worker');
    lives = await Promise.all([1, 2].map(() => ServerProcess.start({ ...cluster.env, ROLES: 'live', LOG_LEVEL: 'silent' })));
    mina = await api.person();
    const { cursor } = (await api.ask(RecentChatsDocument, { first: 1 })).recentChats;
    const urls = lives.map(({ wsUrl }) => wsUrl);
    const onReceived = () => {
      if (++received >= expected) allReceived();
    };
    followers = Array.from({ length: SOCKETS }, () => new Follower(urls, cursor, onReceived));
    for (let i = 0; i < SOCKETS; i += 100) await Promise.all(followers.slice(i, i + 100).map((one) => one.open()));
  }, 120_000);

  afterAll(async () => {
    for (const one of followers) one.stop();
    await Promise.all(lives.map((live) => live.stop()));
  });

  test('stops in order and in time with 1,000 open sockets, and all of them resume without a gap', async () => {
    const texts = Array.from({ length: BEFORE + MEANWHILE + AFTER }, (_, i) => `message ${i}`);
    expected = texts.length * SOCKETS;
    const all = new Promise<void>((resolve) => {
      allReceived = resolve;
    });
    for (const text of texts.slice(0, BEFORE)) await api.send(mina, text);
    const { child } = lives[0] as ServerProcess;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    for (const text of texts.slice(BEFORE, -AFTER)) await api.send(mina, text);
    // A stop that takes 14 s ends with another exit code.
    expect(await exited).toEqual([0, null]);
    for (const text of texts.slice(-AFTER)) await api.send(mina, text);
    await all;
    expect(followers.filter((one) => one.texts.join() !== texts.join())).toEqual([]);
    expect(new Set(followers.flatMap(({ codes }) => codes))).toEqual(new Set([1001]));
    expect(followers.filter(({ codes }) => codes.length !== 1)).toEqual([]);
  }, 120_000);
});
