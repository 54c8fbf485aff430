import { inspect } from 'node:util';
import { ApolloClient, InMemoryCache, gql, type ApolloLink } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { createClient as createUrql, subscriptionExchange } from 'urql';
import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';
import { connectLive } from '../../src/client';
import type { Seen, World } from './world';

/** Follows a room from a cursor on, over lost connections. */
export interface Follower {
  readonly kind: string;
  readonly room: string;
  readonly ids: readonly string[];
  /** The last message before the starting cursor; undefined if every message is expected. */
  readonly lastBefore: string | undefined;
  /** Errors that no client should get. */
  readonly problems: readonly string[];
  stop(): Promise<void>;
}

const QUERY = 'subscription Follow($room: ID!, $after: ChatCursor) { newChat(room: $room, after: $after) { id cursor } }';
const RETRY_MS = 30;
type Recent = Awaited<ReturnType<World['recent']>>;

// GraphQLWsLink asks for it; browsers and newer versions of Node have it.
Object.assign(globalThis, { WebSocket });

/** Shared by all kinds: the last cursor and the received ids. */
class Log {
  readonly ids: string[] = [];
  readonly problems: string[] = [];
  over = false;

  constructor(
    readonly kind: string,
    readonly room: string,
    public cursor: string,
    public lastBefore: string | undefined,
  ) {}

  take(data: { newChat: Seen } | null | undefined): void {
    if (!data) return;
    this.ids.push(data.newChat.id);
    this.cursor = data.newChat.cursor;
  }
}

const stockClient = (url: string, retryAttempts: number): Client =>
  createClient({
    url,
    webSocketImpl: WebSocket,
    retryAttempts,
    retryWait: () => new Promise((resolve) => setTimeout(resolve, RETRY_MS)),
    shouldRetry: () => true,
  });

/** The stock client: it resubscribes by itself, and a getter supplies the newest cursor. */
function graphqlWs(world: World, room: string, { items, cursor }: Recent): Follower {
  const log = new Log('graphql-ws', room, cursor, items.at(-1)?.id);
  const client = stockClient(world.wsUrl, Infinity);
  const variables = {
    room,
    get after() {
      return log.cursor;
    },
  };
  client.subscribe<{ newChat: Seen }>(
    { query: QUERY, variables },
    {
      next: ({ data }) => {
        log.take(data);
      },
      error: (error) => {
        log.problems.push(JSON.stringify(error));
      },
      complete: () => undefined,
    },
  );
  return Object.assign(log, {
    stop: async () => {
      await client.dispose();
    },
  });
}

/** A library that ends the subscription when the connection is lost. The application resubscribes from its last message. */
function resubscribing(
  kind: string,
  room: string,
  { items, cursor }: Recent,
  connect: (variables: { room: string; after: string }, log: Log, ended: (error?: unknown) => void) => () => void,
  dispose: () => unknown,
): Follower {
  const log = new Log(kind, room, cursor, items.at(-1)?.id);
  let undo = (): void => undefined;
  let retry: NodeJS.Timeout | undefined;
  const subscribe = (): void => {
    let isOver = false;
    undo = connect({ room, after: log.cursor }, log, (error) => {
      if (isOver || log.over) return;
      isOver = true;
      const text = inspect(error, { depth: 6 });
      if (/CURSOR_EXPIRED|BAD_USER_INPUT/.test(text)) log.problems.push(text);
      retry = setTimeout(subscribe, RETRY_MS);
    });
  };
  subscribe();
  return Object.assign(log, {
    stop: async () => {
      log.over = true;
      clearTimeout(retry);
      undo();
      await dispose();
    },
  });
}

function apollo(world: World, room: string, recent: Recent): Follower {
  const socket = stockClient(world.wsUrl, 0);
  const link: ApolloLink = new GraphQLWsLink(socket);
  const client = new ApolloClient({ cache: new InMemoryCache(), link });
  return resubscribing(
    'apollo',
    room,
    recent,
    (variables, log, ended) => {
      const subscription = client
        .subscribe<{ newChat: Seen }>({ query: gql(QUERY), variables, fetchPolicy: 'no-cache' })
        .subscribe({
          next: ({ data, error }) => {
            if (error) ended(error);
            else log.take(data);
          },
          error: ended,
          complete: ended,
        });
      return () => {
        subscription.unsubscribe();
      };
    },
    async () => {
      client.stop();
      await socket.dispose();
    },
  );
}

function urql(world: World, room: string, recent: Recent): Follower {
  const socket = stockClient(world.wsUrl, 0);
  const client = createUrql({
    url: 'http://127.0.0.1:9/unused',
    preferGetMethod: false,
    exchanges: [
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables }) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.subscribe({ query, variables: { ...(variables as object) } }, sink as never),
          }),
        }),
      }),
    ],
  });
  return resubscribing(
    'urql',
    room,
    recent,
    (variables, log, ended) => {
      const subscription = client.subscription<{ newChat: Seen }>(QUERY, variables).subscribe(({ data, error }) => {
        if (error) ended(error);
        else log.take(data);
      });
      return () => {
        subscription.unsubscribe();
      };
    },
    () => socket.dispose(),
  );
}

function ours(world: World, room: string): Promise<Follower> {
  const log = new Log('jungle-buzz', room, '', undefined);
  const live = connectLive({ url: world.wsUrl, webSocketImpl: WebSocket });
  let loads = 0;
  return new Promise((resolve) => {
    live.watchRoom<Seen>({
      room,
      query: QUERY,
      load: () => world.recent(room),
      onLoaded: (chats) => {
        if (++loads > 1) log.problems.push('had to load again');
        log.ids.push(...chats.map(({ id }) => id));
        resolve(
          Object.assign(log, {
            stop: () => {
              live.close();
              return Promise.resolve();
            },
          }),
        );
      },
      onChats: (chats) => log.ids.push(...chats.map(({ id }) => id)),
      onError: (errors) => log.problems.push(JSON.stringify(errors)),
    });
  });
}

export const KINDS = ['graphql-ws', 'apollo', 'urql', 'jungle-buzz'] as const;

export async function follow(kind: (typeof KINDS)[number], world: World, room: string): Promise<Follower> {
  if (kind === 'jungle-buzz') return ours(world, room);
  return { 'graphql-ws': graphqlWs, apollo, urql }[kind](world, room, await world.recent(room));
}
