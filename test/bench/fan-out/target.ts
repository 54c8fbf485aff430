import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../../support/free-port';
import { graphql, registerUsers } from '../../support/plain-api';
import { ServerProcess, usageOf, type ProcessUsage } from '../../support/server-process';
import type { PublishOrder } from './publisher';
import type { Dialect } from './subscriber';

/** The address for single messages, and their authors' tokens. */
export type Publishing = Pick<PublishOrder, 'url' | 'tokens'>;

/** A server under load. */
export interface Target {
  readonly wsUrl: string;
  readonly dialect: Dialect;
  /** By a request to a port of the bench, without GraphQL and login. */
  readonly publishing: Publishing;
  /** Creates missing rooms. */
  createRooms(rooms: readonly string[]): Promise<void>;
  /** Publishes all in one turn of the server. */
  burst(room: string, texts: readonly string[]): Promise<void>;
  usage(): ProcessUsage;
  stop(): Promise<void>;
}

export const OURS = 'jungle-buzz';
/** First the lower bound, which also shows the limit of the generator. */
export const NAMES = ['raw-ws', OURS, 'graphql-subscriptions', 'type-graphql', 'mercurius', 'socket-io'] as const;
export type Name = (typeof NAMES)[number];

const PEERS = join(__dirname, '..', 'peers');
const READY_MS = 30_000;
/** Senders alternate. */
const USERS = 20;

async function burstBy(url: string, room: string, texts: readonly string[]): Promise<void> {
  const response = await fetch(`${url}/publish`, { method: 'POST', body: JSON.stringify({ room, texts }) });
  if (!response.ok) throw new Error(await response.text());
}

/** The server's memory and counts, after a garbage collection. */
interface State {
  readonly storeReads: number;
  readonly groups: number;
  readonly sockets: number;
  readonly heapMb: number;
}

/** The server as `npm start` starts it, with a port for publishing and inspection (see inside.cjs). */
export class OurServer implements Target {
  readonly dialect = 'graphql-transport-ws';
  readonly wsUrl: string;
  readonly publishing: Publishing;
  /** Publishes by sendChat. */
  readonly sending: Publishing;

  private constructor(
    private readonly server: ServerProcess,
    private readonly controlUrl: string,
    private readonly tokens: readonly string[],
  ) {
    this.wsUrl = server.wsUrl;
    this.publishing = { url: `${controlUrl}/publish`, tokens: [] };
    this.sending = { url: server.httpUrl, tokens };
  }

  static async start(): Promise<OurServer> {
    const port = await freePort();
    const server = await ServerProcess.start({
      CONTROL_PORT: String(port),
      NODE_OPTIONS: [process.env['SERVER_NODE_OPTIONS'], `--require ${join(__dirname, 'inside.cjs')}`].filter(Boolean).join(' '),
    });
    return new OurServer(server, `http://127.0.0.1:${port}`, await registerUsers(server.httpUrl, USERS));
  }

  async createRooms(rooms: readonly string[]): Promise<void> {
    const create = 'mutation ($input: CreateRoomInput!) { createRoom(input: $input) { id } }';
    for (const id of rooms) {
      if (id !== 'main')
        await graphql(this.server.httpUrl, create, { input: { id, title: id, anonymous: true } }, this.tokens[0]);
    }
  }

  burst(room: string, texts: readonly string[]): Promise<void> {
    return burstBy(this.controlUrl, room, texts);
  }

  async state(): Promise<State> {
    return (await (await fetch(`${this.controlUrl}/state`)).json()) as State;
  }

  usage(): ProcessUsage {
    return this.server.usage();
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}

export class PeerServer implements Target {
  private constructor(
    private readonly child: ChildProcess,
    readonly wsUrl: string,
    readonly dialect: Dialect,
    private readonly controlUrl: string,
  ) {}

  static async start(name: Exclude<Name, typeof OURS>): Promise<PeerServer> {
    const [port, controlPort] = [await freePort(), await freePort()];
    const child = spawn(process.execPath, [join(PEERS, `${name}.js`)], {
      env: { ...process.env, NODE_ENV: 'production', PORT: String(port), CONTROL_PORT: String(controlPort) },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const [path, dialect] =
      name === 'socket-io'
        ? (['socket.io/?EIO=4&transport=websocket', 'socket.io'] as const)
        : (['graphql', 'graphql-transport-ws'] as const);
    const peer = new PeerServer(child, `ws://127.0.0.1:${port}/${path}`, dialect, `http://127.0.0.1:${controlPort}`);
    await peer.ready();
    return peer;
  }

  get publishing(): Publishing {
    return { url: `${this.controlUrl}/publish`, tokens: [] };
  }

  async createRooms(): Promise<void> {
    // Peers need no setup for rooms.
  }

  burst(room: string, texts: readonly string[]): Promise<void> {
    return burstBy(this.controlUrl, room, texts);
  }

  usage(): ProcessUsage {
    return usageOf(this.child.pid ?? 0);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }

  private async ready(): Promise<void> {
    const deadline = Date.now() + READY_MS;
    while (Date.now() < deadline) {
      if (this.child.exitCode !== null) throw new Error(`the peer ended with ${this.child.exitCode}`);
      try {
        if ((await fetch(`${this.controlUrl}/readyz`)).ok) return;
      } catch {
        // Not listening yet.
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('the peer was not ready in time');
  }
}

export const startTarget = (name: Name): Promise<Target> => (name === OURS ? OurServer.start() : PeerServer.start(name));
