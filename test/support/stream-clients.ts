import { request as httpRequest, type IncomingMessage } from 'node:http';
import { createClient, type Client } from 'graphql-sse';
import { unauthenticated } from '../../src/domain/errors';
import type { Viewer } from '../../src/domain/user';
import { NEW_CHAT, type LiveRig } from './live-rig';

export interface Received {
  readonly texts: string[];
  readonly problems: unknown[];
  ended: boolean;
  failure: unknown;
  stop: () => void;
}

/** Tokens are `Bearer <user>:<expiresAt>`. */
export const viewerOf = (authorization: string | undefined): Viewer | null => {
  if (authorization === undefined) return null;
  const [, name = '', expiresAt = ''] = /^Bearer (\w+):(\d+)$/.exec(authorization) ?? [];
  if (!name) throw unauthenticated('TOKEN_INVALID');
  return { sessionId: `s-${name}`, userId: `u-${name}`, username: name, expiresAt: Number(expiresAt) };
};

/** Clients of the event streams of a server. */
export class StreamClients {
  private readonly undo: (() => void)[] = [];

  constructor(private readonly rig: () => LiveRig) {}

  get url(): string {
    return this.rig().url.replace('ws:', 'http:').replace('/graphql', '/graphql/stream');
  }

  /** Calls it when the test ends. */
  atEnd(end: () => void): void {
    this.undo.push(end);
  }

  end(): void {
    for (const end of this.undo.splice(0)) end();
  }

  /** Subscribes with the client of graphql-sse. */
  listen(variables: object = {}, query = NEW_CHAT, headers: Record<string, string> = {}): Received {
    const client: Client = createClient({ url: this.url, retryAttempts: 0, headers });
    const received: Received = { texts: [], problems: [], ended: false, failure: undefined, stop: () => undefined };
    received.stop = client.subscribe<{ newChat: { text: string } }>(
      { query, variables: { ...variables } },
      {
        next: ({ data, errors }) => {
          if (data) received.texts.push(data.newChat.text);
          received.problems.push(...(errors ?? []).map(({ extensions }) => extensions['code']));
        },
        error: (error) => (received.failure = error),
        complete: () => (received.ended = true),
      },
    );
    this.atEnd(() => {
      received.stop();
      client.dispose();
    });
    return received;
  }

  /** Sends a request and collects the raw body of the response. */
  open(
    init: { method?: string; headers?: Record<string, string>; body?: string; query?: string } = {},
  ): Promise<{ response: IncomingMessage; text: () => string }> {
    const { method = 'POST', body = JSON.stringify({ query: NEW_CHAT }), query = '' } = init;
    const headers = { accept: 'text/event-stream', 'content-type': 'application/json', ...init.headers };
    return new Promise((resolve, reject) => {
      const request = httpRequest(this.url + query, { method, headers }, (response) => {
        let text = '';
        response.on('data', (data: Buffer) => (text += String(data)));
        response.on('error', () => undefined);
        resolve({ response, text: () => text });
      });
      request.on('error', reject);
      request.end(method === 'GET' ? undefined : body);
      this.atEnd(() => request.destroy());
    });
  }
}
