import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startApp, type App } from '../../src/app/start';
import { parseConfig } from '../../src/config/config';
import { silentLogger } from '../../src/ports/logger';
import { Proxy } from './proxy';
import type { Random } from './random';

export interface Seen {
  readonly id: string;
  readonly cursor: string;
}

interface Problem {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly reason?: string };
}

class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.extensions?.code ?? ''} ${problem.message}`);
  }
}

/** The complete product with a proxy in front of its sockets, a clock that can be moved, and writers. */
export class World {
  private app: App | undefined;
  private shift = 0;
  private people = 0;
  private readonly folder = mkdtempSync(join(tmpdir(), 'jungle-buzz-scenario-'));
  proxy!: Proxy;

  private constructor(readonly random: Random) {}

  static async open(random: Random): Promise<World> {
    const world = new World(random);
    await world.start();
    world.proxy = await Proxy.open(() => Number(new URL(world.app?.urls.ws ?? 'ws://127.0.0.1:9').port));
    return world;
  }

  get wsUrl(): string {
    return `ws://127.0.0.1:${this.proxy.port}/graphql`;
  }

  async restart(): Promise<void> {
    await this.app?.stop();
    this.app = undefined;
    await this.start();
  }

  moveClock(byMs: number): void {
    this.shift += byMs;
  }

  async close(): Promise<void> {
    await this.proxy.close();
    await this.app?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async createRoom(id: string): Promise<void> {
    const token = await this.register();
    await this.untilDone(() =>
      this.ask('mutation ($id: ID!) { createRoom(input: { id: $id, title: "A room" }) { id } }', { id }, token),
    );
  }

  async recent(room: string): Promise<{ items: Seen[]; cursor: string }> {
    const data = await this.untilDone(() =>
      this.ask<{ recentChats: { items: Seen[]; cursor: string } }>(
        'query ($room: ID!) { recentChats(room: $room, first: 20) { items { id cursor } cursor } }',
        { room },
      ),
    );
    return data.recentChats;
  }

  /** Every message of the room, oldest first. */
  async history(room: string): Promise<Seen[]> {
    const all: Seen[] = [];
    for (let after: string | null = null; ;) {
      interface Page {
        chats: { edges: { node: Seen }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
      }
      const { chats }: Page = await this.untilDone(() =>
        this.ask<Page>(
          'query ($room: ID!, $after: ChatCursor) { chats(room: $room, first: 100, after: $after) { edges { node { id cursor } } pageInfo { hasNextPage endCursor } } }',
          { room, after },
        ),
      );
      all.push(...chats.edges.map(({ node }) => node));
      after = chats.pageInfo.endCursor;
      if (!chats.pageInfo.hasNextPage) return all.reverse();
    }
  }

  /**
   * Writes until stopped; each message is sent again until it is acknowledged.
   * @returns a function that stops and returns the acknowledged ids
   */
  writer(rooms: () => readonly string[], pauseMs: number): () => Promise<string[]> {
    let writing = true;
    const acknowledged: string[] = [];
    const name = `writer_${++this.people}`;
    const write = async (): Promise<void> => {
      let token = await this.register();
      for (let n = 0; writing; n++) {
        const input = { clientMessageId: `${name}-${n}`, room: this.random.pick(rooms()), text: `message ${n} of ${name}` };
        const send = async (): Promise<string> => {
          try {
            const data = await this.ask<{ sendChat: { id: string } }>(
              'mutation ($input: SendChatInput!) { sendChat(input: $input) { id } }',
              { input },
              token,
            );
            return data.sendChat.id;
          } catch (error) {
            if (error instanceof Refused && error.problem.extensions?.code === 'UNAUTHENTICATED') token = await this.register();
            throw error;
          }
        };
        const before = token;
        const id = await this.untilDone(send, () => token === before);
        if (id !== undefined) acknowledged.push(id);
        await delay(pauseMs * this.random.next());
      }
    };
    const done = write();
    return async () => {
      writing = false;
      await done;
      return acknowledged;
    };
  }

  private async start(): Promise<void> {
    this.app = await startApp(
      parseConfig({
        ...{ PORT: '0', WS_PORT: '0', HOST: '127.0.0.1', BCRYPT_COST: '4', NODE_ENV: 'test', RATE_LIMITS: 'off' },
        ...{ DATA_DIR: this.folder, FLUSH_INTERVAL_MS: '200', LOG_RETAIN: '100' },
      }),
      silentLogger,
      { clock: { now: () => Date.now() + this.shift } },
    );
  }

  private async register(): Promise<string> {
    return this.untilDone(async () => {
      const username = `p_${++this.people}`;
      const { register } = await this.ask<{ register: { accessToken: string } }>(
        'mutation ($input: RegisterInput!) { register(input: $input) { accessToken } }',
        { input: { username, password: 'scenario-pass-1' } },
      );
      return register.accessToken;
    });
  }

  /**
   * Retries while the server is unavailable or busy.
   * @param keepOn returns false when retrying is pointless; the result is then undefined
   */
  private untilDone<T>(attempt: () => Promise<T>): Promise<T>;
  private untilDone<T>(attempt: () => Promise<T>, keepOn: () => boolean): Promise<T | undefined>;
  private async untilDone<T>(attempt: () => Promise<T>, keepOn = (): boolean => true): Promise<T | undefined> {
    for (let tries = 0; ; tries++) {
      try {
        return await attempt();
      } catch (error) {
        const code = error instanceof Refused ? error.problem.extensions?.code : 'UNREACHABLE';
        if (code === 'UNAUTHENTICATED' && !keepOn()) return undefined;
        if (!['UNREACHABLE', 'UNAVAILABLE', 'UNAUTHENTICATED'].includes(code ?? '') || tries > 500) throw error;
        await delay(20);
      }
    }
  }

  private async ask<T>(query: string, variables: object, token?: string): Promise<T> {
    const url = this.app?.urls.http;
    if (!url) throw new Error('the server is not running');
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data?: T; errors?: Problem[] };
    const problem = errors?.[0];
    if (problem) throw new Refused(problem);
    return data as T;
  }
}
