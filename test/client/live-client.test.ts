import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import WebSocket, { WebSocketServer } from 'ws';
import { connectLive, type LiveClient, type LiveError, type LiveOptions, type RoomWatch } from '../../src/client';
import { backoffMs } from '../../src/client/backoff';
import { DomainError, unauthenticated } from '../../src/domain/errors';
import { encodeCursor } from '../../src/domain/position';
import { LiveRig } from '../support/live-rig';
import { until } from '../support/until';

interface TestChat {
  readonly text: string;
  readonly cursor: string;
}

let rig: LiveRig;
const clients: LiveClient[] = [];
afterEach(async () => {
  clients.splice(0).forEach((client) => {
    client.close();
  });
  await rig.stop();
});

const states: string[] = [];
function connect(options: Partial<LiveOptions> = {}): LiveClient {
  states.length = 0;
  const client = connectLive({ url: rig.url, webSocketImpl: WebSocket, onState: (state) => states.push(state), ...options });
  clients.push(client);
  return client;
}

const WATCH = 'subscription ($room: ID!, $after: ChatCursor) { newChat(room: $room, after: $after) { text cursor } }';

/** What a page would show of a room, and how often it was loaded. */
class Wall {
  chats: TestChat[] = [];
  loads = 0;
  /** Loads that fail from now on. */
  failures = 0;
  errors: readonly LiveError[] | undefined;
  readonly stop: () => void;

  constructor(client: LiveClient, overrides: Partial<RoomWatch<TestChat>> = {}) {
    this.stop = client.watchRoom<TestChat>({
      room: 'main',
      query: WATCH,
      load: () => this.load(),
      onLoaded: (chats) => (this.chats = [...chats]),
      onChats: (chats) => this.chats.push(...chats),
      onChanged: (chats) => {
        for (const now of chats) this.chats = this.chats.map((chat) => (chat.cursor === now.cursor ? now : chat));
      },
      onError: (errors) => (this.errors = errors),
      ...overrides,
    });
  }

  get texts(): string[] {
    return this.chats.map(({ text }) => text);
  }

  load(): Promise<{ items: TestChat[]; cursor: string }> {
    this.loads++;
    if (this.failures-- > 0) return Promise.reject(new Error('no network'));
    const items = rig.log.chats.slice(-3).map((chat) => ({ text: chat.text, cursor: encodeCursor(chat) }));
    return Promise.resolve({ items, cursor: encodeCursor({ ...rig.log.top, room: 'main' }) });
  }
}

const CHANGES = 'subscription ($room: ID!) { chatChanged(room: $room) { text cursor } }';

/** Changes the text of a message, and announces it as a process does. */
function change(text: string, to: string): void {
  rig.log.chats = rig.log.chats.map((chat) => (chat.text === text ? { ...chat, text: to } : chat));
  const changed = rig.log.chats.filter((chat) => chat.text === to);
  rig.stored.push(...changed);
  for (const { id } of changed) rig.bus.publish({ type: 'chat-changed', room: 'main', chatId: id });
}

const numbers = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, i) => `m${from + i}`);

describe('a watched room', () => {
  beforeEach(async () => {
    rig = await LiveRig.start();
    rig.log.put('main', ...numbers(0, 5));
  });

  it('is loaded and then followed while the state goes from connecting to live', async () => {
    const client = connect();
    expect(client.state).toBe('connecting');
    const wall = new Wall(client);
    await until(() => client.state === 'live');
    rig.log.put('main', 'm5', 'm6');
    await until(() => wall.texts.length === 5);
    expect(wall.texts).toEqual(numbers(2, 7));
    expect(states).toEqual(['catching-up', 'live']);
  });

  it('delivers every message once and in order when the connection is cut five times', async () => {
    const client = connect();
    const wall = new Wall(client);
    await until(() => client.state === 'live');
    for (let round = 0; round < 5; round++) {
      rig.log.put('main', ...numbers(5 + round * 20, 15 + round * 20));
      rig.cut();
      rig.log.put('main', ...numbers(15 + round * 20, 25 + round * 20));
      await until(() => wall.texts.at(-1) === `m${24 + round * 20}` && client.state === 'live');
    }
    expect(wall.texts).toEqual(numbers(2, 105));
    expect(wall.loads).toBe(1);
    expect(states.slice(2)).toEqual(Array.from({ length: 5 }, () => ['offline', 'catching-up', 'live']).flat());
  });

  it('reconnects after a server that refused four attempts', async () => {
    // In Node 20 the first fetch of a process never settles if its connection is closed at once.
    await fetch(rig.url.replace('ws:', 'http:').replace(/$/, '/stream'));
    const client = connect();
    const wall = new Wall(client);
    await until(() => client.state === 'live');
    rig.accepting = false;
    rig.cut();
    await until(() => client.state === 'offline');
    rig.log.put('main', 'meanwhile');
    client.reconnect();
    client.reconnect();
    await until(() => rig.refusals >= 4);
    rig.accepting = true;
    await until(() => client.state === 'live' && wall.texts.at(-1) === 'meanwhile');
  });

  it('delivers changed messages, and after a broken connection the newest messages as they are now', async () => {
    const client = connect();
    const wall = new Wall(client, { changes: CHANGES });
    await until(() => client.state === 'live' && rig.hub.hasSubscribers('chatChanged', 'main'));
    change('m3', 'm3 changed');
    await until(() => wall.texts.includes('m3 changed'));
    expect(wall.loads).toBe(1);

    rig.accepting = false;
    rig.cut();
    await until(() => client.state === 'offline');
    change('m4', 'm4 hidden meanwhile');
    rig.log.put('main', 'm5');
    rig.accepting = true;
    await until(() => wall.texts.includes('m4 hidden meanwhile'));
    expect(wall.texts).toEqual(['m2', 'm3 changed', 'm4 hidden meanwhile', 'm5']);

    change('m5', 'm5 changed');
    await until(() => wall.texts.at(-1) === 'm5 changed');
    expect(wall.loads).toBe(2);
  });

  it('loads the newest messages again until that succeeds', async () => {
    const client = connect();
    const wall = new Wall(client, { changes: CHANGES });
    await until(() => client.state === 'live' && rig.hub.hasSubscribers('chatChanged', 'main'));
    wall.failures = 2;
    rig.cut();
    await until(() => client.state === 'offline');
    change('m4', 'm4 changed');
    await until(() => wall.texts.at(-1) === 'm4 changed');
    expect(wall.loads).toBe(4);
  });

  it('loads again when the server refuses its cursor as expired', async () => {
    const client = connect();
    const wall = new Wall(client);
    await until(() => client.state === 'live');
    rig.log.recreate('e2');
    rig.log.put('main', 'new world');
    await until(() => wall.loads === 2 && client.state === 'live');
    rig.log.put('main', 'goes on');
    await until(() => wall.texts.at(-1) === 'goes on');
    expect(wall.texts).toEqual(['new world', 'goes on']);
  });

  it('reports a room that does not exist to onError and keeps the connection', async () => {
    const client = connect();
    const none = new Wall(client, { room: 'nowhere' });
    const cursor = encodeCursor({ epoch: 'e1', room: 'nowhere', offset: 0 });
    none.stop();
    const wall = new Wall(client, { room: 'nowhere', load: () => Promise.resolve({ items: [], cursor }) });
    await until(() => wall.errors);
    expect(wall.errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
    const main = new Wall(client);
    await until(() => main.loads === 1 && client.state === 'live');
  });

  it('subscribes again after UNAVAILABLE and stays catching-up until it succeeds', async () => {
    const statesBefore: string[] = [];
    rig.roomExists = () => {
      rig.roomExists = () => {
        statesBefore.push(...states);
        return Promise.resolve(true);
      };
      return Promise.reject(new DomainError('UNAVAILABLE', 'Not now.', { retryAfter: 0.1 }));
    };
    const client = connect();
    const wall = new Wall(client);
    rig.log.put('main', 'm5');
    await until(() => client.state === 'live' && wall.texts.at(-1) === 'm5');
    expect(wall.errors).toBeUndefined();
    expect(statesBefore).toEqual(['catching-up']);
  });

  it('loads again when load rejects', async () => {
    let failures = 1;
    const client = connect();
    const wall: Wall = new Wall(client, { load: () => (failures-- > 0 ? Promise.reject(new Error('away')) : wall.load()) });
    await until(() => client.state === 'live');
    expect(wall.texts).toEqual(numbers(2, 5));
  });

  it('leaves no subscription on the server after it is stopped', async () => {
    const client = connect();
    const wall = new Wall(client);
    await until(() => client.state === 'live');
    expect(rig.hub.groupCount).toBe(1);
    wall.stop();
    await until(() => rig.hub.groupCount === 0);
    client.close();
    await until(() => rig.server.socketCount === 0);
  });
});

describe('on a network that lets no WebSocket through', () => {
  beforeEach(async () => {
    rig = await LiveRig.start();
    rig.blocked = 'sockets';
    rig.log.put('main', ...numbers(0, 5));
  });

  it('uses event streams and delivers every message once when they break three times', async () => {
    const client = connect();
    const wall = new Wall(client);
    await until(() => client.state === 'live');
    for (let round = 0; round < 3; round++) {
      rig.log.put('main', ...numbers(5 + round * 20, 15 + round * 20));
      rig.cut();
      rig.log.put('main', ...numbers(15 + round * 20, 25 + round * 20));
      await until(() => wall.texts.at(-1) === `m${24 + round * 20}`);
    }
    expect(wall.texts).toEqual(numbers(2, 65));
    expect(wall.loads).toBe(1);
    await until(() => client.state === 'live');
    expect(states.slice(-3)).toEqual(['offline', 'catching-up', 'live']);
  });

  it('goes back to sockets when event streams fail too', async () => {
    const client = connect();
    const wall = new Wall(client);
    await until(() => client.state === 'live');
    rig.blocked = 'streams';
    rig.cut();
    await until(() => client.state === 'offline');
    await until(() => client.state === 'live');
    const { requests } = rig;
    rig.log.put('main', 'by socket');
    await until(() => wall.texts.at(-1) === 'by socket');
    expect(rig.requests).toBe(requests);
  });

  it('reports errors as sockets do, and loads again when the cursor has expired', async () => {
    const client = connect();
    const cursor = encodeCursor({ epoch: 'e1', room: 'nowhere', offset: 0 });
    const none = new Wall(client, { room: 'nowhere', load: () => Promise.resolve({ items: [], cursor }) });
    const wall = new Wall(client);
    await until(() => none.errors && client.state === 'live');
    expect(none.errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
    rig.log.recreate('e2');
    rig.log.put('main', 'new world');
    await until(() => wall.loads === 2 && client.state === 'live');
    expect(wall.texts).toEqual(['new world']);
  });

  it('leaves no subscription on the server after the room is stopped', async () => {
    const client = connect();
    const wall = new Wall(client);
    await until(() => client.state === 'live');
    wall.stop();
    await until(() => rig.hub.groupCount === 0 && rig.server.socketCount === 0);
    expect(client.state).toBe('live');
  });
});

it('subscribes again to roomActivity after a reconnect', async () => {
  rig = await LiveRig.start();
  const client = connect();
  const kinds: string[] = [];
  client.watch<{ roomActivity: { kind: string } }>({
    query: 'subscription ($room: ID!) { roomActivity(room: $room) { kind } }',
    variables: { room: 'main' },
    onData: ({ roomActivity }) => kinds.push(roomActivity.kind),
  });
  await until(() => kinds.length === 1);
  rig.cut();
  await until(() => kinds.length === 2);
  expect(kinds).toEqual(['JOINED', 'JOINED']);
});

it.each(['nothing', 'sockets'] as const)('a screen is not counted among the people in a room (blocked: %s)', async (blocked) => {
  rig = await LiveRig.start();
  rig.blocked = blocked;
  const screen = connect({ isScreen: true });
  new Wall(screen);
  await until(() => screen.state === 'live');
  const reader = connect();
  new Wall(reader);
  await until(() => reader.state === 'live');
  expect(await rig.presence.online('main')).toBe(1);
  reader.close();
  await until(async () => (await rig.presence.online('main')) === 0, 'the reader has left');
});

it.each(['nothing', 'sockets'] as const)(
  'reconnects with the token that onForbidden refreshed (blocked: %s)',
  async (blocked) => {
    let valid = 'one';
    rig = await LiveRig.start({
      authenticate: (authorization) => {
        if (authorization !== `Bearer ${valid}`) throw unauthenticated('TOKEN_EXPIRED');
        return { sessionId: valid, userId: 'u', username: 'u', expiresAt: Infinity };
      },
    });
    rig.blocked = blocked;
    let token = 'one';
    let refreshes = 0;
    const client = connect({
      accessToken: () => token,
      onForbidden: async () => {
        refreshes++;
        token = await Promise.resolve(valid);
      },
    });
    const wall = new Wall(client);
    await until(() => client.state === 'live');
    valid = 'two';
    rig.revoked.call('one');
    rig.log.put('main', 'm0');
    await until(() => refreshes === 1 && client.state === 'live');
    rig.log.put('main', 'm1');
    await until(() => wall.texts.length === 2);
    expect(wall.texts).toEqual(['m0', 'm1']);
  },
);

it('reconnects although onForbidden throws', async () => {
  let valid = 'one';
  rig = await LiveRig.start({
    authenticate: (authorization) => {
      if (authorization !== `Bearer ${valid}`) throw unauthenticated('TOKEN_EXPIRED');
      return { sessionId: valid, userId: 'u', username: 'u', expiresAt: Infinity };
    },
  });
  let token = 'one';
  const client = connect({
    accessToken: () => token,
    onForbidden: () => {
      token = 'two';
      throw new Error('of the application');
    },
  });
  await until(() => client.state === 'live');
  valid = 'two';
  rig.revoked.call('one');
  await until(() => token === 'two' && client.state === 'live');
});

it('drops a message that the server sends twice', async () => {
  rig = await LiveRig.start();
  const http = createServer();
  const server = new WebSocketServer({ server: http, handleProtocols: () => 'graphql-transport-ws' });
  server.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      const { type, id, payload } = JSON.parse(String(data)) as { type: string; id: string; payload?: object };
      if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
      else if (type === 'ping') socket.send(JSON.stringify({ type: 'pong', payload }));
      else if (type === 'subscribe') {
        for (const text of ['a', 'b', 'a', 'b', 'c']) {
          socket.send(JSON.stringify({ id, type: 'next', payload: { data: { newChat: { text, cursor: `cursor-${text}` } } } }));
        }
      }
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const client = connect({ url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}` });
  const wall = new Wall(client);
  await until(() => wall.texts.includes('c'));
  expect(wall.texts).toEqual(['a', 'b', 'c']);
  client.close();
  for (const socket of server.clients) socket.terminate();
  await new Promise((resolve) => http.close(resolve));
});

it('backs off exponentially up to 15 s, half of it random', () => {
  expect(backoffMs(0, () => 0)).toBe(125);
  expect(backoffMs(0, () => 1)).toBe(250);
  expect(backoffMs(3, () => 1)).toBe(2_000);
  expect(backoffMs(1_000_000, () => 0)).toBe(7_500);
  expect(backoffMs(1_000_000, () => 1)).toBe(15_000);
});
