import { encodeCursor } from '../../src/domain/position';
import { LiveRig, NEW_CHAT, type RawClient } from '../support/live-rig';
import { until } from '../support/until';

let rig: LiveRig;
beforeEach(async () => {
  rig = await LiveRig.start();
});
afterEach(() => rig.stop());

const numbers = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, i) => `m${from + i}`);
const cursor = (offset: number, room = 'main', epoch = 'e1'): string => encodeCursor({ epoch, room, offset });
const codes = (client: RawClient, id: string): string[] => client.problems(id).map(({ code }) => code);

describe('newChat', () => {
  it('begins with the first message appended after it was accepted', async () => {
    rig.log.put('main', 'before');
    const client = await rig.connect();
    await client.subscribe('a');
    rig.log.put('main', 'one', 'two');
    rig.log.put('other', 'elsewhere');
    rig.log.put('main', 'three');
    await until(() => client.chats().length === 3);
    expect(client.chats()).toEqual(['one', 'two', 'three']);
  });

  it('does not begin with a message that was appended before and arrives by the tail later', async () => {
    rig.log.held = [];
    rig.log.put('main', 'before');
    const client = await rig.connect();
    await client.subscribe('a');
    rig.log.release();
    rig.log.put('main', 'after');
    await until(() => client.chats().length > 0);
    expect(client.chats()).toEqual(['after']);
  });

  it('replays from a cursor and continues live without gaps or duplicates while messages are sent', async () => {
    rig.log.put('main', ...numbers(1, 1_001));
    const clients = await Promise.all(Array.from({ length: 20 }, () => rig.connect()));
    let next = 1_001;
    const writing = setInterval(() => {
      rig.log.put('main', ...numbers(next, next + 7));
      next += 7;
    }, 1);
    await Promise.all(clients.map((client, i) => client.subscribe('a', NEW_CHAT, { after: cursor(i * 50) })));
    await until(() => next > 1_500);
    clearInterval(writing);
    const last = next - 1;
    await until(() => clients.every((client) => client.chats().at(-1) === `m${last}`));
    clients.forEach((client, i) => {
      expect(client.chats()).toEqual(numbers(i * 50 + 1, next));
    });
  });

  it('sends a whole replay that exceeds the limit of the outbound queue', async () => {
    rig.log.put('main', ...numbers(0, 900).map((text) => text.padEnd(4_000, '.')));
    const client = await rig.connect();
    await client.subscribe('a', NEW_CHAT, { after: cursor(0) });
    await until(() => client.chats().length === 900);
    expect(client.chats().map((text) => text.replaceAll('.', ''))).toEqual(numbers(0, 900));
  });

  it('sends several replays of one socket at the pace of the socket', async () => {
    rig.log.put('main', ...numbers(0, 200).map((text) => text.padEnd(4_000, '.')));
    const client = await rig.connect();
    const ids = Array.from({ length: 32 }, (_, i) => `s${i}`);
    client.ws.pause();
    for (const id of ids) client.send({ id, type: 'subscribe', payload: { query: NEW_CHAT, variables: { after: cursor(0) } } });
    await until(() => rig.hub.groupCount === 1);
    // The server goes on sending as far as the system's buffers reach, and farther if it does not look.
    for (let turn = 0; turn < 500; turn++) await new Promise(setImmediate);
    client.ws.resume();
    await until(() => client.closed !== undefined || client.of('next').length === 32 * 200);
    expect(client.closed).toBeUndefined();
  });

  it.each([
    ['garbage', 'garbage', 'BAD_USER_INPUT'],
    ['an empty cursor', '', 'BAD_USER_INPUT'],
    ['a cursor of another room', cursor(0, 'other'), 'BAD_USER_INPUT'],
    ['a position beyond the head', cursor(99), 'CURSOR_EXPIRED'],
    ['a cursor of another epoch', cursor(0, 'main', 'e0'), 'CURSOR_EXPIRED'],
  ])('refuses %s with an error for its id', async (_, after, code) => {
    rig.log.put('main', 'a');
    const client = await rig.connect();
    await client.subscribe('good');
    await client.subscribe('bad', NEW_CHAT, { after });
    await until(() => client.of('error').length === 1);
    expect(codes(client, 'bad')).toEqual([code]);
    rig.log.put('main', 'b');
    await until(() => client.chats('good').length === 1);
    expect(client.of('next', 'bad')).toEqual([]);
  });

  it('ends with CURSOR_EXPIRED for all subscribers when the log begins a new epoch', async () => {
    const client = await rig.connect();
    await client.subscribe('a');
    await client.subscribe('b', 'subscription { moodChanged { messageCount } }');
    rig.log.recreate('e2');
    await until(() => client.of('error').length === 1);
    expect(codes(client, 'a')).toEqual(['CURSOR_EXPIRED']);
    expect(rig.hub.groupCount).toBe(1);
  });
});

describe('a subscription', () => {
  it('to an unknown room is refused with NOT_FOUND', async () => {
    const client = await rig.connect();
    await client.subscribe('a', 'subscription { moodChanged(room: "nowhere") { valence } }');
    await until(() => client.of('error').length === 1);
    expect(codes(client, 'a')).toEqual(['NOT_FOUND']);
  });

  it('removes its group when it is the last, and receives nothing more', async () => {
    const client = await rig.connect();
    await client.subscribe('a');
    await client.subscribe('b');
    expect(rig.hub.groupCount).toBe(1);
    client.send({ id: 'a', type: 'complete' });
    client.send({ id: 'b', type: 'complete' });
    await until(() => rig.hub.groupCount === 0);
    rig.log.put('main', 'not delivered');
    await client.subscribe('c');
    rig.log.put('main', 'delivered');
    await until(() => client.of('next').length > 0);
    expect(client.of('next').map(({ id }) => id)).toEqual(['c']);
    client.ws.terminate();
    await until(() => rig.hub.groupCount === 0 && rig.server.socketCount === 0);
  });

  it('shares a group with others of the same fields, regardless of name, comments, format and cursor', async () => {
    const client = await rig.connect();
    await client.subscribe('1', 'subscription { newChat(room: "main") { text } }');
    await client.subscribe('2', '# hello\nsubscription Mine { newChat(room: "main", after: "x") { text } }');
    await client.subscribe('3', 'subscription M($p: ChatCursor) { newChat(room: "main", after: $p) {\n text\n } }', {
      p: cursor(0),
    });
    expect(rig.hub.groupCount).toBe(1);
    await client.subscribe('4', 'subscription M($p: ChatCursor) { newChat(room: "main", after: $p) { id } }', { p: cursor(0) });
    expect(rig.hub.groupCount).toBe(2);
  });

  it.each([
    ['with a syntax error', '{ oops', {}, 'GRAPHQL_PARSE_FAILED'],
    ['to a field that does not exist', 'subscription { newChat { nothing } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['that is a query', 'query { me { id } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['that is a mutation', 'mutation { logout }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['to two fields', 'subscription { newChat { id } moodChanged { valence } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['with a directive on its field', 'subscription { newChat @skip(if: true) { id } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['with a variable of the wrong type', 'subscription ($r: ID!) { newChat(room: $r) { id } }', { r: {} }, 'BAD_USER_INPUT'],
    [
      'with a cursor that is not a string',
      'subscription ($c: ChatCursor) { newChat(after: $c) { id } }',
      { c: 7 },
      'BAD_USER_INPUT',
    ],
    ['with too many tokens', `subscription { newChat { ${'id '.repeat(600)} } }`, {}, 'OPERATION_TOO_COMPLEX'],
  ])('%s is answered for its id, and the socket stays', async (_, query, variables, code) => {
    const client = await rig.connect();
    await client.subscribe('bad', query, variables);
    await until(() => client.of('error').length > 0);
    expect(codes(client, 'bad')[0]).toBe(code);
    await client.subscribe('good');
    rig.log.put('main', 'still here');
    await until(() => client.chats('good').length === 1);
    expect(client.of('next', 'bad')).toEqual([]);
  });
});

describe('limits', () => {
  it('refuses the 33rd subscription of a socket and keeps the other 32', async () => {
    const client = await rig.connect();
    for (let i = 1; i <= 33; i++) await client.subscribe(`s${i}`);
    await until(() => client.of('error').length === 1);
    expect(codes(client, 's33')).toEqual(['UNAVAILABLE']);
    rig.log.put('main', 'to all');
    await until(() => client.of('next').length === 32);
    client.send({ id: 's1', type: 'complete' });
    await client.subscribe('again');
    rig.log.put('main', 'more');
    await until(() => client.of('next', 'again').length === 1);
  });

  it('refuses a ninth document on a socket and accepts one of the other eight again', async () => {
    const client = await rig.connect();
    const query = (i: number): string => `subscription { newChat { a${i}: text } }`;
    for (let i = 1; i <= 9; i++) await client.subscribe(`d${i}`, query(i));
    await client.subscribe('same', query(8));
    await until(() => client.of('error').length === 1);
    expect(codes(client, 'd9')).toEqual(['UNAVAILABLE']);
    expect(client.problems()[0]?.retryAfter).toBeGreaterThan(0);
  });

  it('refuses documents beyond 256 groups of a room and serves common documents', async () => {
    const reader = await rig.connect();
    await reader.subscribe('r');
    const odd: RawClient[] = [];
    while (odd.length < 1_000) {
      const some = await Promise.all(Array.from({ length: 50 }, () => rig.connect()));
      await Promise.all(
        some.map((client, i) => client.subscribe('o', `subscription { newChat { own${odd.length + i}: text } }`)),
      );
      odd.push(...some);
    }
    expect(rig.hub.groupCount).toBe(256);
    await until(() => odd.filter((client) => client.of('error').length === 1).length === 745);
    const late = await rig.connect();
    await late.subscribe('l');
    rig.log.put('main', ...numbers(0, 20));
    await until(() => reader.chats().length === 20 && late.chats().length === 20);
    expect(late.chats()).toEqual(numbers(0, 20));
    await until(() => odd.filter((client) => client.of('next').length === 20).length === 255);
  }, 60_000);
});

describe('a slow consumer', () => {
  it('is closed with 1013 when 1 MiB is waiting, resumes without gaps, and delays no other client', async () => {
    const slow = await rig.connect();
    const quick = await rig.connect();
    await slow.subscribe('s');
    await quick.subscribe('q');
    slow.ws.pause();
    // 15 MB: more than what the system buffers for a socket, and 1 MiB.
    const sent = numbers(0, 250).map((text) => text.padEnd(60_000, '.'));
    for (const text of sent) {
      rig.log.put('main', text);
      await until(() => quick.chats().at(-1) === text);
    }
    expect(slow.chats().length).toBeLessThan(sent.length);
    slow.ws.resume();
    await until(() => slow.closed !== undefined);
    expect(slow.closed?.code).toBe(1013);
    const after = slow.data<{ newChat: { cursor: string } }>().at(-1)?.newChat.cursor;
    const back = await rig.connect();
    await back.subscribe('b', NEW_CHAT, { after });
    await until(() => slow.chats().length + back.chats().length === sent.length);
    expect([...slow.chats(), ...back.chats()]).toEqual(sent);
    expect(quick.chats()).toEqual(sent);
  });
});
