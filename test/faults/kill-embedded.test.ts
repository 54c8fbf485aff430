import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { graphql, registerUsers } from '../support/plain-api';
import { seeded } from '../support/random';
import { ServerProcess } from '../support/server-process';
import { tempDir } from '../support/temp-dir';
import { until } from '../support/until';

const SEED = Number(process.env['SEED'] ?? 20261122);
const ROUNDS = Number(process.env['ROUNDS'] ?? 4);
const SENDERS = 8;

interface Message {
  readonly id: string;
  readonly text: string;
  readonly cursor: string;
}

const SEND = 'mutation ($input: SendChatInput!) { sendChat(input: $input) { id text cursor } }';

/** A reader that always resumes from the last cursor it has seen, and all messages it received. */
class Reader {
  readonly got: Message[] = [];
  private dispose = (): unknown => undefined;

  constructor(private cursor: string) {}

  follow(url: string): void {
    const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 });
    const stop = client.subscribe<{ newChat: Message }>(
      {
        query: 'subscription ($after: ChatCursor) { newChat(after: $after) { id text cursor } }',
        variables: { after: this.cursor },
      },
      {
        next: ({ data }) => {
          if (!data) throw new Error('an event without data');
          this.got.push(data.newChat);
          this.cursor = data.newChat.cursor;
        },
        error: () => undefined,
        complete: () => undefined,
      },
    );
    this.dispose = () => {
      stop();
      return client.dispose();
    };
  }

  async stop(): Promise<void> {
    await this.dispose();
  }
}

test(`kill -9 at random moments under load loses and duplicates no message (seed ${SEED}, ${ROUNDS} rounds)`, async () => {
  const random = seeded(SEED);
  const folder = tempDir();
  // Small values, so that a flush, commit or trim runs at any moment.
  const env = { FLUSH_INTERVAL_MS: '20', FLUSH_MAX_MESSAGES: '30', LOG_RETAIN: '50', LOG_LEVEL: 'error' };
  let server = await ServerProcess.start(env, folder);
  const tokens = await registerUsers(server.httpUrl, SENDERS, 'kill');
  const { recentChats } = await graphql<{ recentChats: { cursor: string } }>(server.httpUrl, '{ recentChats { cursor } }', {});
  const reader = new Reader(recentChats.cursor);

  const acked = new Map<string, Message>();
  const attempted = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    reader.follow(server.wsUrl);
    let dead = false;
    const senders = tokens.map(async (token, sender) => {
      for (let i = 0; !dead; i++) {
        const clientMessageId = `${round}-${sender}-${i}`;
        attempted.add(clientMessageId);
        try {
          const input = { clientMessageId, text: clientMessageId };
          const { sendChat } = await graphql<{ sendChat: Message }>(server.httpUrl, SEND, { input }, token);
          acked.set(clientMessageId, sendChat);
          // Repeats some sends at once, like a client that lost the answer.
          if (i % 7 === 0) await graphql(server.httpUrl, SEND, { input }, token);
        } catch {
          // The server was killed: the message may be stored or not.
        }
      }
    });
    const enough = acked.size + 20 + Math.floor(random() * 400);
    await until(() => acked.size >= enough, 'some messages are acknowledged');
    await server.stop('SIGKILL');
    dead = true;
    await Promise.all(senders);
    await reader.stop();
    server = await ServerProcess.start(env, folder);
  }

  reader.follow(server.wsUrl);
  const { sendChat: last } = await graphql<{ sendChat: Message }>(
    server.httpUrl,
    SEND,
    { input: { clientMessageId: 'last', text: 'last' } },
    tokens[0],
  );
  acked.set('last', last);
  attempted.add('last');
  await until(() => reader.got.at(-1)?.id === last.id, 'the reader has caught up');
  await reader.stop();

  const history: Message[] = [];
  for (let after: string | null = null; ;) {
    const page: { chats: { edges: { node: Message }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } = await graphql(
      server.httpUrl,
      'query ($after: ChatCursor) { chats(first: 100, after: $after) { edges { node { id text cursor } } pageInfo { hasNextPage endCursor } } }',
      { after },
    );
    history.unshift(...page.chats.edges.map(({ node }) => node).reverse());
    if (!page.chats.pageInfo.hasNextPage) break;
    after = page.chats.pageInfo.endCursor;
  }
  await server.stop();

  const texts = history.map(({ text }) => text);
  expect(new Set(texts).size).toBe(texts.length);
  expect([...acked.keys()].filter((text) => !texts.includes(text))).toEqual([]);
  expect(texts.filter((text) => !attempted.has(text))).toEqual([]);
  for (const message of history) if (acked.has(message.text)) expect(message).toEqual(acked.get(message.text));
  expect(reader.got).toEqual(history);
}, 180_000);
