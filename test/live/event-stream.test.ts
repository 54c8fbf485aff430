import { DomainError } from '../../src/domain/errors';
import { encodeCursor } from '../../src/domain/position';
import { LiveRig, NEW_CHAT } from '../support/live-rig';
import { StreamClients, viewerOf } from '../support/stream-clients';
import { until } from '../support/until';

let rig: LiveRig;
const clients = new StreamClients(() => rig);
afterEach(async () => {
  clients.end();
  await rig.stop();
});

const members = (count: number) => until(() => rig.server.socketCount === count);

describe('a stream', () => {
  beforeEach(async () => {
    rig = await LiveRig.start({ authenticate: viewerOf });
  });

  it('sends missed messages after a cursor and then live messages to the graphql-sse client', async () => {
    const [first] = rig.log.put('main', 'm0', 'm1', 'm2');
    if (!first) throw new Error('the log returned no entry');
    const received = clients.listen({ after: encodeCursor(first) });
    await until(() => received.texts.length === 2);
    rig.log.put('main', '나무 🌳', 'm4');
    await until(() => received.texts.length === 4);
    expect(received.texts).toEqual(['m1', 'm2', '나무 🌳', 'm4']);
  });

  it('can be requested by GET, as an EventSource does', async () => {
    const query = `?query=${encodeURIComponent(NEW_CHAT)}&variables=${encodeURIComponent('{"after":null}')}`;
    const { response, text } = await clients.open({ method: 'GET', query });
    expect(response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(response.headers['x-accel-buffering']).toBe('no');
    await until(() => rig.hub.hasSubscribers('newChat', 'main'));
    rig.log.put('main', 'one');
    await until(() => text().includes('one'));
    expect(text()).toMatch(/^:\n\n: live\n\nevent: next\ndata: \{"data":\{"newChat":\{"text":"one","cursor":"[^"]+"\}\}\}\n\n$/);
  });

  it('ends its subscription when the client disconnects', async () => {
    const received = clients.listen();
    await until(() => rig.hub.groupCount === 1);
    received.stop();
    await until(() => rig.hub.groupCount === 0);
    await members(0);
  });

  it.each([
    ['an unknown room', 'subscription { newChat(room: "nowhere") { text } }', {}, 'NOT_FOUND'],
    ['an invalid cursor', NEW_CHAT, { after: 'garbage' }, 'BAD_USER_INPUT'],
    ['an unknown field', 'subscription { newChat { colour } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['a syntax error', 'subscription {', {}, 'GRAPHQL_PARSE_FAILED'],
    ['a query', '{ rooms { id } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
  ])('sends an error event and completes for %s', async (_, query, variables, code) => {
    const received = clients.listen(variables, query);
    await until(() => received.ended);
    expect([received.texts, received.problems]).toEqual([[], [code]]);
    await members(0);
  });

  it('sends an error event for an invalid token', async () => {
    const received = clients.listen({}, NEW_CHAT, { authorization: 'Bearer nonsense' });
    await until(() => received.ended);
    expect(received.problems).toEqual(['UNAUTHENTICATED']);
  });

  it('sends an error event when the session ends', async () => {
    const received = clients.listen({}, NEW_CHAT, { authorization: `Bearer mina:${rig.now + 1_000}` });
    await until(() => rig.hub.groupCount === 1);
    rig.now += 1_000;
    await until(() => received.ended);
    expect(received.problems).toEqual(['UNAUTHENTICATED']);
  });

  it('sends CURSOR_EXPIRED when the log begins a new epoch', async () => {
    const received = clients.listen();
    await until(() => rig.hub.groupCount === 1);
    rig.log.recreate('e2');
    await until(() => received.ended);
    expect(received.problems).toEqual(['CURSOR_EXPIRED']);
  });

  it('sends UNAVAILABLE while the store is unavailable', async () => {
    rig.roomExists = () => Promise.reject(new DomainError('UNAVAILABLE', 'Not now.', { retryAfter: 1 }));
    const received = clients.listen();
    await until(() => received.ended);
    expect(received.problems).toEqual(['UNAVAILABLE']);
  });

  it('ends without complete when the server stops, so that the client reconnects', async () => {
    const { response, text } = await clients.open();
    let broke = false;
    response.on('error', () => (broke = true));
    await until(() => rig.hub.groupCount === 1);
    await rig.server.stop();
    await until(() => broke);
    expect(text()).not.toContain('complete');
    await expect(clients.open().then(({ response: { statusCode } }) => statusCode)).resolves.toBe(503);
  });

  it('is closed after 1 MiB is waiting for a stalled client, and other streams continue', async () => {
    const reader = clients.listen();
    const stalled = await clients.open();
    stalled.response.pause();
    stalled.response.socket.pause();
    await until(() => rig.server.socketCount === 2 && rig.hub.hasSubscribers('newChat', 'main'));
    let sent = 0;
    while (rig.server.socketCount === 2) {
      for (let i = 0; i < 200; i++) rig.log.put('main', `${sent++} ${'x'.repeat(900)}`);
      await until(() => reader.texts.length === sent);
      if (sent > 100_000) throw new Error('never cut off');
    }
    expect(reader.failure).toBeUndefined();
  });

  it('can be followed by another request on a keep-alive connection', async () => {
    const refused = await clients.open({ headers: { connection: 'keep-alive' }, body: '{"query":"subscription {"}' });
    await until(() => refused.response.complete);
    expect(refused.text()).toMatch(/event: complete\ndata:\n\n$/);
    await members(0);
  });
});
