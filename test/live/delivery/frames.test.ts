import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { useServer } from 'graphql-ws/use/ws';
import WebSocket, { WebSocketServer } from 'ws';
import type { Insight, Mood } from '../../../src/domain/insight';
import { DEFAULT_ROOM_SETTINGS } from '../../../src/domain/room';
import { buildAppSchema } from '../../../src/graphql/schema';
import { Batch } from '../../../src/live/delivery/batch';
import type { TopicEvents } from '../../../src/live/live-source';
import { PublicTransport, RawTransport, transportFor, type Transport } from '../../../src/live/delivery/transport';
import { LiveRig, RawClient } from '../../support/live-rig';
import { chatOf } from '../../support/memory-log';
import { until } from '../../support/until';

const mood: Mood = {
  room: 'main',
  window: { start: 1_700_000_000_000, end: 1_700_003_600_000 },
  messageCount: 3,
  scores: [0.5, 0, 0, 0.25, 0, 0, 0, 0.1],
  dominant: 'JOY',
  valence: 0.6,
  saidShare: 0,
};
const insight: Insight = {
  id: 'main:1',
  room: 'main',
  window: mood.window,
  createdAt: 1_700_003_600_123,
  letter: '# 오늘의 편지\n\n| a | b |\n"quoted" \\ back',
  locale: 'ko',
  mood,
  topics: ['비', 'music'],
  messageCount: 3,
  participantCount: 2,
  scheduled: true,
  source: 'LOCAL',
  model: 'jungle-local-1',
};
const events: TopicEvents = {
  newChat: chatOf('e1', 1, 'main', '안녕하세요 "world"\n\\ \u2028 🌿 </script>'),
  roomActivity: { kind: 'JOINED', room: 'main', author: null, online: 7 },
  moodChanged: mood,
  insightReady: insight,
  roomChanged: {
    room: { id: 'main', title: '정글', anonymous: true, aliasLocale: 'ko', createdAt: 1, settings: DEFAULT_ROOM_SETTINGS },
    question: { id: 'main:1', room: 'main', text: '오늘 "뭐" 먹었어요?', askedAt: 1_700_003_600_123 },
  },
  chatHidden: { ...chatOf('e2', 2, 'main', ''), hidden: true },
  chatChanged: { chat: chatOf('e1', 3, 'main', 'changed'), empathies: [2, 0, 5] },
};
const MOOD = 'room windowStart windowEnd messageCount scores { emotion score } dominantEmotion valence';

/** Documents with their variables. */
const SELECTIONS: readonly [query: string, variables?: object][] = [
  ['subscription { newChat { id } }'],
  ['subscription { newChat { id room author text sentAt cursor emotions { emotion score } dominantEmotion hidden __typename } }'],
  ['subscription Named($room: ID!) { newChat(room: $room) { text author text: text } }', { room: 'main' }],
  ['subscription { mine: newChat { b: text a: id c: emotions { s: score } } }'],
  [
    'subscription ($more: Boolean!, $less: Boolean = true) { newChat { id ...F @include(if: $more) author @skip(if: $less) } } fragment F on Chat { text sentAt }',
    { more: true },
  ],
  ['subscription { chatHidden { id text hidden } }'],
  ['subscription { chatChanged { id empathies { empathy count } } }'],
  ['subscription { newChat { id empathies { empathy count } } }'],
  ['subscription { roomActivity { kind room author online } }'],
  ['subscription { roomChanged { room title slowModeSeconds wordFilter question { id room text askedAt } } }'],
  [`subscription { moodChanged(room: "main") { ${MOOD} } }`],
  [
    `subscription { insightReady { id letter locale topics participantCount scheduled source model createdAt mood { ${MOOD} } } }`,
  ],
];

describe('a next message', () => {
  let rig: LiveRig;
  let stock: Server;
  let dispose: () => Promise<void> | void;

  beforeAll(async () => {
    rig = await LiveRig.start();
    const schema = buildAppSchema();
    for (const [name, field] of Object.entries(schema.getSubscriptionType()?.getFields() ?? {})) {
      field.subscribe = async function* () {
        yield await Promise.resolve(events[name as keyof TopicEvents]);
        await new Promise(() => undefined);
      };
    }
    stock = createServer();
    const wss = new WebSocketServer({ server: stock, path: '/graphql' });
    dispose = useServer({ schema }, wss).dispose;
    await new Promise<void>((resolve) => stock.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    await rig.stop();
    await dispose();
    await new Promise((resolve) => stock.close(resolve));
  });

  it.each(SELECTIONS)('has the same bytes as a message of graphql-ws: %s', async (query, variables = {}) => {
    const ids = ['1', 'b3b1c1e0-0000-4000-8000-1234567890ab', 'ключ "quoted" 🌿', ''.padEnd(128, 'x')];
    const ours = await rig.connect();
    const theirs = new RawClient(
      new WebSocket(`ws://127.0.0.1:${(stock.address() as AddressInfo).port}/graphql`, 'graphql-transport-ws'),
    );
    await until(() => theirs.ws.readyState === WebSocket.OPEN);
    theirs.send({ type: 'connection_init' });
    await until(() => theirs.of('connection_ack').length === 1);
    for (const id of ids) {
      await ours.subscribe(id, query, variables);
      theirs.send({ id, type: 'subscribe', payload: { query, variables } });
    }
    const topic = (Object.keys(events) as (keyof TopicEvents)[]).find((name) => query.includes(name)) as keyof TopicEvents;
    rig.hub.publish(topic, 'main', events[topic]);
    // Joining the room publishes an activity too. The one to compare has seven members online.
    const isNext = (text: string): boolean =>
      text.includes('"type":"next"') && (topic !== 'roomActivity' || text.includes('"online":7'));
    const nexts = ({ texts }: RawClient): string[] => texts.filter(isNext).sort();
    await until(() => nexts(ours).length === ids.length && nexts(theirs).length === ids.length);
    expect(nexts(ours)).toEqual(nexts(theirs));
    ours.ws.terminate();
    theirs.ws.terminate();
  });
});

describe('RawTransport and PublicTransport', () => {
  let server: Server;
  const make = new Map<string, (ws: WebSocket, raw: Duplex) => Transport>([
    ['/raw', (ws, raw) => new RawTransport(ws, raw)],
    ['/public', (ws) => new PublicTransport(ws)],
  ]);
  let opened: Transport | undefined;

  beforeAll(async () => {
    const wss = new WebSocketServer({ noServer: true });
    server = createServer().on('upgrade', (request, raw: Duplex, head) => {
      wss.handleUpgrade(request, raw, head, (ws) => {
        opened = make.get(request.url ?? '')?.(ws, raw);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  async function bytesOf(path: string, write: (transport: Transport) => void): Promise<Buffer> {
    opened = undefined;
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    const key = 'dGhlIHNhbXBsZSBub25jZQ==';
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
    );
    const transport = await until(() => opened);
    write(transport);
    let written = false;
    transport.onceWritten(() => (written = true));
    await until(() => written && Buffer.concat(chunks).includes('THE END'));
    socket.destroy();
    const all = Buffer.concat(chunks);
    return all.subarray(all.indexOf('\r\n\r\n') + 4);
  }

  it('write the same bytes for every header length and kind of id', async () => {
    const payload = (length: number): Buffer => Buffer.from(JSON.stringify('가'.repeat(length)));
    const write = (transport: Transport): void => {
      const batch = new Batch([1, 20, 28, 29, 30, 60, 21_000, 22_000, 70_000].map(payload));
      // Ids of one length share a buffer within one corked write. Each frame must have its own id.
      for (const ids of [
        ['1', '2', '3'],
        ['a-rather-long-id-of-36-characters---', JSON.stringify('"\n🌿').slice(1, -1)],
      ]) {
        for (const id of ids) transport.write(batch, 0, id);
        transport.cork();
        for (const id of ids) transport.write(batch, 3, id);
        transport.write(batch, 8, ids[0] as string);
        transport.uncork();
      }
      transport.write(new Batch([Buffer.from('"THE END"')]), 0, 'z');
    };
    const raw = await bytesOf('/raw', write);
    const open = await bytesOf('/public', write);
    expect(raw.length).toBeGreaterThan(1_000_000);
    expect(raw.equals(open)).toBe(true);
  });

  it('PublicTransport is used if ws has an extension on or the socket cannot be corked', () => {
    const ws = { extensions: '' } as WebSocket;
    const socket = { cork: () => undefined, writableLength: 0 } as unknown as Duplex;
    expect(transportFor(ws, socket)).toBeInstanceOf(RawTransport);
    expect(transportFor({ extensions: 'permessage-deflate' } as WebSocket, socket)).toBeInstanceOf(PublicTransport);
    expect(transportFor(ws, {} as Duplex)).toBeInstanceOf(PublicTransport);
  });
});
