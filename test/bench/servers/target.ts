import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../../support/free-port';
import { graphql, registerUsers } from '../../support/plain-api';
import { ServerProcess, usageOf, type ProcessUsage } from '../../support/server-process';
import { OURS, OUR_PROTOCOL, peerOf, type Name, type PeerName, type Protocol } from './catalogue';
import { onServerProcessor } from './pin';

/** A server that the load generator reaches. */
export interface Reachable {
  readonly protocol: Protocol;
  readonly port: number;
  /** The port of the WebSocket server. */
  readonly wsPort: number;
  /** Of the authors, if messages need one. */
  readonly tokens: readonly string[];
  usage(): ProcessUsage;
}

/** A server under load, with a way to publish from inside. */
export interface Target extends Reachable {
  /** Where a message is published from inside the server, without GraphQL and login. */
  readonly insideUrl: string;
  /** Creates missing rooms. */
  createRooms(rooms: readonly string[]): Promise<void>;
  /** Publishes all in one turn of the server, from inside. */
  burst(room: string, texts: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

const READY_MS = 30_000;
/** Senders alternate. */
const USERS = 20;

async function burstBy(url: string, protocol: Protocol, room: string, texts: readonly string[]): Promise<void> {
  const [name, value] = protocol.headers.trim().split(': ');
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(name && value && { [name]: value }) },
    body: JSON.stringify(protocol.burstBody(room, texts)),
  });
  if (!response.ok) throw new Error(await response.text());
  await response.text();
}

export const portsOf = ({ httpUrl, wsUrl }: ServerProcess): { readonly port: number; readonly wsPort: number } => ({
  port: Number(new URL(httpUrl).port),
  wsPort: Number(new URL(wsUrl).port),
});

/** The server's memory and counts, after a garbage collection. */
interface State {
  readonly storeReads: number;
  readonly groups: number;
  readonly sockets: number;
  readonly heapMb: number;
}

/** The server as `npm start` starts it, with a port for publishing and inspection (see inside.cjs). */
export class OurServer implements Target {
  readonly protocol = OUR_PROTOCOL;
  readonly port: number;
  readonly wsPort: number;
  readonly insideUrl: string;

  private constructor(
    private readonly server: ServerProcess,
    private readonly controlUrl: string,
    readonly tokens: readonly string[],
  ) {
    ({ port: this.port, wsPort: this.wsPort } = portsOf(server));
    this.insideUrl = `${controlUrl}/publish`;
  }

  static async start(): Promise<OurServer> {
    const port = await freePort();
    const options = [process.env['SERVER_NODE_OPTIONS'], `--require ${join(__dirname, 'inside.cjs')}`].filter(Boolean).join(' ');
    const env = { CONTROL_PORT: String(port), NODE_OPTIONS: options };
    const server = await ServerProcess.start(env, undefined, process.cwd(), onServerProcessor);
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
    return burstBy(this.insideUrl, this.protocol, room, texts);
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
  readonly tokens: readonly string[] = [];
  readonly wsPort: number;
  readonly insideUrl: string;

  private constructor(
    private readonly child: ChildProcess,
    readonly protocol: Protocol,
    readonly port: number,
  ) {
    this.wsPort = port;
    this.insideUrl = `http://127.0.0.1:${port}${protocol.burstPath}`;
  }

  static async start(name: PeerName): Promise<PeerServer> {
    const port = await freePort();
    const { protocol, portVariable, env, command } = peerOf(name);
    const [program, ...args] = command;
    const child = spawn(...onServerProcessor(program, args), {
      env: { ...process.env, ...env, [portVariable]: String(port) },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const peer = new PeerServer(child, protocol, port);
    await peer.ready();
    return peer;
  }

  async createRooms(): Promise<void> {
    // Peers need no setup for rooms.
  }

  burst(room: string, texts: readonly string[]): Promise<void> {
    return burstBy(this.insideUrl, this.protocol, room, texts);
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
        if ((await fetch(`http://127.0.0.1:${this.port}${this.protocol.readyPath}`)).ok) return;
      } catch {
        // Not listening yet.
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('the peer was not ready in time');
  }
}

export const startTarget = (name: Name): Promise<Target> => (name === OURS ? OurServer.start() : PeerServer.start(name));
