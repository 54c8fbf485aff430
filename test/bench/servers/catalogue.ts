import { join } from 'node:path';

export const PEERS = join(__dirname, '..', 'peers');
export const OURS = 'jungle-buzz';

/** How the load generator speaks to a server. */
export interface Protocol {
  readonly dialect: 'graphql' | 'centrifugo' | 'socket.io';
  readonly sendPath: string;
  readonly subscribePath: string;
  readonly readyPath: string;
  /** Lines of headers, each with its end. */
  readonly headers: string;
  /** The body of a request that sends one message; see load/publish.c. */
  readonly body: string;
  /** Publishes several messages in one turn of the server. */
  readonly burstPath: string;
  burstBody(room: string, texts: readonly string[]): object;
}

const SEND = 'mutation S($input: SendChatInput!) { sendChat(input: $input) { id sentAt cursor } }';
const GRAPHQL: Protocol = {
  dialect: 'graphql',
  sendPath: '/graphql',
  subscribePath: '/graphql',
  readyPath: '/readyz',
  headers: '',
  body: JSON.stringify({
    query: SEND,
    operationName: 'S',
    variables: { input: { clientMessageId: '@ID@', room: 'main', text: '@STAMP@ @TEXT@' } },
  }),
  burstPath: '/publish',
  burstBody: (room, texts) => ({ room, texts }),
};
const SOCKET_IO: Protocol = { ...GRAPHQL, dialect: 'socket.io', subscribePath: '/socket.io/?EIO=4&transport=websocket' };

/** The same length as the messages of the server under test. */
const chatOf = (text: string) => ({
  id: 'aaaaaaaaaaaaaaaaaaaaaa',
  author: '조용한 수달',
  text,
  sentAt: '2026-01-01T00:00:00.000Z',
  cursor: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
});
const CENTRIFUGE: Protocol = {
  ...GRAPHQL,
  dialect: 'centrifugo',
  sendPath: '/api/publish',
  subscribePath: '/connection/websocket',
  readyPath: '/health',
  body: JSON.stringify({ channel: 'main', data: chatOf('@STAMP@ @TEXT@') }),
};
const CENTRIFUGO: Protocol = {
  ...CENTRIFUGE,
  headers: 'X-API-Key: bench\r\n',
  burstPath: '/api/batch',
  burstBody: (channel, texts) => ({ commands: texts.map((text) => ({ publish: { channel, data: chatOf(text) } })) }),
};

const CENTRIFUGO_SETTINGS = {
  CENTRIFUGO_HTTP_SERVER_ADDRESS: '127.0.0.1',
  CENTRIFUGO_HTTP_API_KEY: 'bench',
  CENTRIFUGO_LOG_LEVEL: 'error',
  CENTRIFUGO_HEALTH_ENABLED: 'true',
  CENTRIFUGO_USAGE_STATS_DISABLED: 'true',
  CENTRIFUGO_CLIENT_ALLOW_ANONYMOUS_CONNECT_WITHOUT_TOKEN: 'true',
  CENTRIFUGO_WEBSOCKET_USE_WRITE_BUFFER_POOL: 'true',
  CENTRIFUGO_CHANNEL_WITHOUT_NAMESPACE_ALLOW_SUBSCRIBE_FOR_CLIENT: 'true',
  CENTRIFUGO_CHANNEL_WITHOUT_NAMESPACE_ALLOW_SUBSCRIBE_FOR_ANONYMOUS: 'true',
};

export interface Peer {
  /** A floor does nothing but write prepared bytes. */
  readonly kind: 'graphql' | 'other' | 'floor';
  readonly language: string;
  readonly protocol: Protocol;
  /** What builds it; see build.ts. */
  readonly step: 'c' | 'rust' | 'gqlgen' | 'centrifuge' | 'centrifugo' | 'javascript';
  /** Packages whose locked versions are printed. */
  readonly packages: readonly string[];
  /** False if it only answers sendChat. */
  readonly delivers: boolean;
  readonly command: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** The variable for the port. */
  readonly portVariable: string;
}

const binary = (name: string): Peer['command'] => [join(PEERS, 'bin', name)];
const floor = (gatherMs: string): Peer => ({
  kind: 'floor',
  language: 'C',
  protocol: GRAPHQL,
  step: 'c',
  packages: [],
  delivers: true,
  command: binary('floor'),
  env: { GATHER_MS: gatherMs },
  portVariable: 'PORT',
});
const javascript = (file: string, kind: Peer['kind'], packages: readonly string[], more: Partial<Peer> = {}): Peer => ({
  kind,
  language: 'Node',
  protocol: GRAPHQL,
  step: 'javascript',
  packages,
  delivers: true,
  command: [process.execPath, join(PEERS, `${file}.js`)],
  env: { NODE_ENV: 'production' },
  portVariable: 'PORT',
  ...more,
});
const compiled = (step: Peer['step'], kind: Peer['kind'], language: string, packages: readonly string[]): Peer => ({
  kind,
  language,
  protocol: kind === 'graphql' ? GRAPHQL : CENTRIFUGE,
  step,
  packages,
  delivers: true,
  command: binary(step),
  env: {},
  portVariable: 'PORT',
});

/** In the order of the tables. The floors show the limit of the load generator, too. */
export const PEER_SERVERS = {
  'floor-c': floor('0'),
  'floor-c-10ms': floor('10'),
  'node-http': javascript('node-http', 'floor', [], { delivers: false }),
  'raw-ws': javascript('raw-ws', 'floor', ['ws']),
  'async-graphql': {
    ...compiled('rust', 'graphql', 'Rust', ['async-graphql', 'axum', 'tokio']),
    command: binary('async-graphql'),
  },
  gqlgen: compiled('gqlgen', 'graphql', 'Go', ['github.com/99designs/gqlgen']),
  'centrifuge-10ms': {
    ...compiled('centrifuge', 'other', 'Go', ['github.com/centrifugal/centrifuge']),
    env: { WRITE_DELAY_MS: '10' },
  },
  centrifugo: {
    ...compiled('centrifugo', 'other', 'Go', ['github.com/centrifugal/centrifugo/v6']),
    protocol: CENTRIFUGO,
    env: CENTRIFUGO_SETTINGS,
    portVariable: 'CENTRIFUGO_HTTP_SERVER_PORT',
  },
  mercurius: javascript('mercurius', 'graphql', ['mercurius', 'fastify']),
  yoga: javascript('yoga', 'graphql', ['graphql-yoga', 'graphql-ws']),
  apollo: javascript('apollo', 'graphql', ['@apollo/server', 'graphql-ws', 'graphql-subscriptions']),
  'type-graphql': javascript('type-graphql', 'graphql', ['type-graphql', '@apollo/server', 'graphql-ws']),
  'socket-io': javascript('socket-io', 'other', ['socket.io'], { protocol: SOCKET_IO }),
} satisfies Readonly<Record<string, Peer>>;

export type PeerName = keyof typeof PEER_SERVERS;
export type Name = PeerName | typeof OURS;

const peerNames = Object.keys(PEER_SERVERS) as PeerName[];
/** Beside ours: the floors before, the servers after. */
const floors = peerNames.filter((name) => PEER_SERVERS[name].kind === 'floor');
export const NAMES: readonly Name[] = [...floors, OURS, ...peerNames.filter((name) => !floors.includes(name))];
export const peerOf = (name: PeerName): Peer => PEER_SERVERS[name];
export const OUR_PROTOCOL = GRAPHQL;
/** Whether the server has subscribers. */
export const delivers = (name: Name): boolean => name === OURS || PEER_SERVERS[name].delivers;
/** The name with the language, as it stands in tables and texts. */
export const labelOf = (name: Name): string => (name === OURS ? 'jungle-buzz' : `${name} (${PEER_SERVERS[name].language})`);
export const kindOf = (name: Name): Peer['kind'] => (name === OURS ? 'graphql' : PEER_SERVERS[name].kind);
