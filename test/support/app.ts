import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';
import { startApp, type App, type AppOverrides } from '../../src/app/start';
import { parseConfig } from '../../src/config/config';
import { silentLogger, type Logger } from '../../src/ports/logger';
import { RegisterDocument, SendChatDocument, type SendChatMutation, type TypedDocumentString } from './generated/graphql';
import { tempDir } from './temp-dir';
import type { Unmasked } from './unmasked';

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly data: T | null;
  readonly errors: readonly { message: string; path?: readonly string[]; extensions: Record<string, unknown> }[];
}

export interface Person {
  readonly username: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

const PASSWORD = 'test-password-1';
const running = new Set<TestApp>();
let people = 0;
let messages = 0;

/** The complete product on free ports and a folder of its own. Stopped after the test file. */
export class TestApp {
  /** Settings of the engine, overridden by those of the test. The embedded engine needs none. */
  static engineOf: (dataDir: string) => Promise<Record<string, string>> = () => Promise.resolve({});

  private readonly clients = new Set<Client>();

  private constructor(
    readonly app: App,
    readonly dataDir: string,
    private readonly env: Record<string, string>,
  ) {}

  static async start(
    env: Record<string, string> = {},
    overrides: AppOverrides = {},
    dataDir = tempDir(),
    logger: Logger = silentLogger,
  ): Promise<TestApp> {
    const settings = {
      PORT: '0',
      WS_PORT: '0',
      HOST: '127.0.0.1',
      BCRYPT_COST: '4',
      DATA_DIR: dataDir,
      NODE_ENV: 'test',
      ...(await TestApp.engineOf(dataDir)),
      ...env,
    };
    const app = await startApp(parseConfig(settings), logger, overrides);
    const started = new TestApp(app, dataDir, env);
    running.add(started);
    return started;
  }

  /** Stops and starts again on the same folder. */
  async restart(overrides: AppOverrides = {}): Promise<TestApp> {
    await this.stop();
    return TestApp.start(this.env, overrides, this.dataDir);
  }

  async stop(): Promise<void> {
    running.delete(this);
    await Promise.all([...this.clients].map((client) => client.dispose()));
    await this.app.stop();
  }

  async post<T, V>(
    document: TypedDocumentString<T, V>,
    variables: V,
    token?: string,
    headers: Record<string, string> = {},
  ): Promise<Answer<Unmasked<T>>> {
    return this.postRaw<Unmasked<T>>({ query: String(document), variables }, token, headers);
  }

  async postRaw<T>(body: unknown, token?: string, headers: Record<string, string> = {}): Promise<Answer<T>> {
    const response = await fetch(this.app.urls.http, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }), ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const json = (await response.json()) as { data?: T; errors?: Answer<T>['errors'] };
    return { status: response.status, headers: response.headers, data: json.data ?? null, errors: json.errors ?? [] };
  }

  /** @returns the data of the answer. @throws Error if the answer has errors */
  async ask<T, V>(document: TypedDocumentString<T, V>, variables: V, token?: string): Promise<Unmasked<T>> {
    const { data, errors } = await this.post(document, variables, token);
    if (errors.length > 0 || data === null) throw new Error(`refused: ${JSON.stringify(errors)}`);
    return data;
  }

  async person(username = `person_${++people}`): Promise<Person> {
    const { register } = await this.ask(RegisterDocument, { input: { username, password: PASSWORD } });
    return { username, accessToken: register.accessToken, refreshToken: register.refreshToken };
  }

  async send(
    person: Person,
    text: string,
    room = 'main',
    clientMessageId = `m${++messages}`,
  ): Promise<Unmasked<SendChatMutation>['sendChat']> {
    return (await this.ask(SendChatDocument, { input: { clientMessageId, room, text } }, person.accessToken)).sendChat;
  }

  /** A stock graphql-ws client. */
  wsClient(token?: string): Client {
    const client = createClient({
      url: this.app.urls.ws,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      ...(token && { connectionParams: { authorization: `Bearer ${token}` } }),
    });
    this.clients.add(client);
    return client;
  }

  /** Collects what a subscription delivers; `error` holds the messages of an `error` that ended it. */
  subscribe<T, V extends Record<string, unknown>>(
    document: TypedDocumentString<T, V>,
    variables: V,
    token?: string,
  ): Collected<Unmasked<T>> {
    const collected: Collected<Unmasked<T>> = { items: [], errors: [], ended: false, stop: () => undefined };
    collected.stop = this.wsClient(token).subscribe<Unmasked<T>>(
      { query: String(document), variables },
      {
        next: ({ data, errors }) => {
          if (data) collected.items.push(data);
          collected.errors.push(...(errors ?? []));
        },
        error: (error) => {
          collected.errors.push(...(Array.isArray(error) ? (error as unknown[]) : [error]));
          collected.ended = true;
        },
        complete: () => {
          collected.ended = true;
        },
      },
    );
    return collected;
  }
}

export interface Collected<T> {
  readonly items: T[];
  readonly errors: unknown[];
  ended: boolean;
  stop: () => void;
}

export { PASSWORD };

afterAll(async () => {
  await Promise.all([...running].map((app) => app.stop()));
});
