/**
 * Rooms that belong to somebody: how soon those who may no longer read a room are cut off, and how a class joins it behind one address
 * with all limits on. On the embedded engine, and through two processes with the role live of the clustered one.
 */
import { once } from 'node:events';
import WebSocket from 'ws';
import { graphql } from '../support/plain-api';
import { ServerProcess } from '../support/server-process';
import { openInstallation } from './support/installation';
import { report } from './support/report';
import { latencyOf, round } from './support/stats';

const SOCKETS = Number(process.env['SOCKETS'] ?? 1_000);
const REMOVALS = 20;
const CLASS = 60;
const PASSWORD = 'bench-pass-1';
/** Logged in at a time. */
const AT_ONCE = 20;

type Row = readonly [what: string, ...cells: (string | number)[]];

interface Addresses {
  readonly http: readonly string[];
  readonly ws: readonly string[];
}

interface Guest {
  readonly name: string;
  readonly token: string;
}

const ENTER = 'mutation ($invite: ID) { enterAsGuest(invite: $invite) { accessToken user { username } } }';
const INVITE = 'mutation ($room: ID!, $uses: Int) { createInvite(room: $room, maxUses: $uses) { code } }';
const REMOVE = 'mutation ($room: ID!, $name: String!) { removeMember(room: $room, username: $name) }';

async function enter(url: string, invite: string | null): Promise<Guest> {
  const { enterAsGuest } = await graphql<{ enterAsGuest: { accessToken: string; user: { username: string } } }>(url, ENTER, {
    invite,
  });
  return { name: enterAsGuest.user.username, token: enterAsGuest.accessToken };
}

async function host(url: string): Promise<string> {
  const query = 'mutation ($input: RegisterInput!) { register(input: $input) { accessToken } }';
  const input = { username: 'bench_host', password: PASSWORD };
  return (await graphql<{ register: { accessToken: string } }>(url, query, { input })).register.accessToken;
}

async function makeRoom(url: string, token: string, visibility: string, uses: number | null) {
  const query = 'mutation ($input: CreateRoomInput!) { createRoom(input: $input) { id } }';
  const input = { title: 'bench', visibility };
  const { createRoom } = await graphql<{ createRoom: { id: string } }>(url, query, { input }, token);
  const { createInvite } = await graphql<{ createInvite: { code: string } }>(url, INVITE, { room: createRoom.id, uses }, token);
  return { room: createRoom.id, code: createInvite.code };
}

/** A subscription to a room, and when it was ended with an error. */
interface Reader {
  readonly socket: WebSocket;
  readonly ended: Promise<number>;
}

async function follow(url: string, room: string, token: string | null): Promise<Reader> {
  const socket = new WebSocket(url, 'graphql-transport-ws');
  await once(socket, 'open');
  const send = (message: object) => socket.send(JSON.stringify(message));
  send({ type: 'connection_init', payload: token === null ? {} : { authorization: `Bearer ${token}` } });
  const query = 'subscription ($room: ID!) { roomActivity(room: $room) { online } }';
  const ended = new Promise<number>((resolve) => {
    socket.on('message', (data: Buffer) => {
      if ((JSON.parse(data.toString()) as { type: string }).type === 'error') resolve(performance.now());
    });
  });
  const begun = new Promise<void>((resolve, reject) => {
    socket.on('message', (data: Buffer) => {
      const { type } = JSON.parse(data.toString()) as { type: string };
      if (type === 'connection_ack') send({ id: '1', type: 'subscribe', payload: { query, variables: { room } } });
      if (type === 'next') resolve();
      if (type === 'error') reject(new Error(data.toString()));
    });
  });
  await begun;
  return { socket, ended };
}

/** Runs for every value, a few at a time, in order. */
async function inTurns<T, R>(values: readonly T[], run: (value: T, i: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < values.length; from += AT_ONCE) {
    results.push(...(await Promise.all(values.slice(from, from + AT_ONCE).map((value, i) => run(value, from + i)))));
  }
  return results;
}

const anyOf = (urls: readonly string[], i: number): string => urls[i % urls.length] ?? '';

/** Removes members, deletes the room and makes another one private while readers follow them. */
async function revocation({ http, ws }: Addresses): Promise<Row[]> {
  const [url = ''] = http;
  const token = await host(url);
  const row = (what: string, delays: readonly number[]): Row => {
    const { count, p50, p99, max } = latencyOf(delays);
    return [what, count, p50, p99, max];
  };
  const { room, code } = await makeRoom(url, token, 'PRIVATE', null);
  const guests = await inTurns(Array.from({ length: SOCKETS }), (_, i) => enter(anyOf(http, i), code));
  const readers = await inTurns(guests, (guest, i) => follow(anyOf(ws, i), room, guest.token));
  const delays: number[] = [];
  for (const [i, { name }] of guests.slice(0, REMOVALS).entries()) {
    const began = performance.now();
    await graphql(url, REMOVE, { room, name }, token);
    delays.push(((await readers[i]?.ended) ?? NaN) - began);
  }
  const cut = async (rest: readonly Reader[], mutation: string, variables: object): Promise<number[]> => {
    const began = performance.now();
    await graphql(url, mutation, variables, token);
    return (await Promise.all(rest.map(({ ended }) => ended))).map((at) => at - began);
  };
  const deletion = 'mutation ($room: ID!) { deleteRoom(room: $room, title: "bench") }';
  const deleted = await cut(readers.slice(REMOVALS), deletion, { room });
  for (const { socket } of readers) socket.terminate();
  const open = await makeRoom(url, token, 'PUBLIC', null);
  const strangers = await inTurns(guests, (guest, i) => follow(anyOf(ws, i), open.room, i % 2 ? guest.token : null));
  const closing = 'mutation ($room: ID!) { updateRoom(id: $room, visibility: PRIVATE) { id } }';
  const closed = await cut(strangers, closing, { room: open.room });
  for (const { socket } of strangers) socket.terminate();
  return [
    row(`a member is removed from a private room with ${SOCKETS} readers`, delays),
    row('the room is deleted: all readers', deleted),
    row(`a public room with ${SOCKETS} readers goes private: all readers`, closed),
  ];
}

/** All limits are on. Everybody opens the invitation, enters, opens a subscription and writes a message. */
async function classJoins({ http, ws }: Addresses): Promise<Row[]> {
  const [url = ''] = http;
  const token = await host(url);
  const { room, code } = await makeRoom(url, token, 'PRIVATE', CLASS);
  const began = performance.now();
  const send = 'mutation ($input: SendChatInput!) { sendChat(input: $input) { id } }';
  const outcomes = await Promise.allSettled(
    Array.from({ length: CLASS }, async (_, i) => {
      const at = performance.now();
      const own = anyOf(http, i);
      await graphql(own, 'query ($code: ID!) { invitePreview(code: $code) { title } }', { code });
      const guest = await enter(own, code);
      const { socket } = await follow(anyOf(ws, i), room, guest.token);
      await graphql(own, send, { input: { room, clientMessageId: '1', text: `hello from ${i}` } }, guest.token);
      socket.terminate();
      return performance.now() - at;
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  for (const outcome of outcomes) if (outcome.status === 'rejected') console.error(outcome.reason);
  const done = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const late = await enter(url, code).then(
    () => 'one more came in',
    () => 'one more was refused',
  );
  const query = 'query ($room: ID!) { members(room: $room, first: 100) { edges { node { role } } } }';
  const { members } = await graphql<{ members: { edges: object[] } }>(url, query, { room }, token);
  const { p50, p99, max } = latencyOf(done);
  const what = `${CLASS} guests at once behind one address, invitation for ${CLASS}, all limits on: ${round(seconds, 1)} s, ${members.edges.length - 1} members, ${late}`;
  return [[what, done.length, p50, p99, max]];
}

const SETTINGS = { ROOMS_MAX: '1000', GUESTS: 'on', RATE_LIMITS: 'on' };
const WITHOUT_LIMITS = { ...SETTINGS, RATE_LIMITS: 'off' };

async function embedded(run: (addresses: Addresses) => Promise<Row[]>, settings: Record<string, string>): Promise<Row[]> {
  const server = await ServerProcess.start(settings);
  return run({ http: [server.httpUrl], ws: [server.wsUrl] }).finally(() => server.stop());
}

async function clustered(run: (addresses: Addresses) => Promise<Row[]>, settings: Record<string, string>): Promise<Row[]> {
  const installation = await openInstallation([]);
  const servers: ServerProcess[] = [];
  try {
    for (const ROLES of ['api', 'api', 'live', 'live', 'worker']) {
      servers.push(await ServerProcess.start({ ...settings, ...installation.env, ROLES }));
    }
    const http = servers.slice(0, 2).map(({ httpUrl }) => httpUrl);
    return await run({ http, ws: servers.slice(2, 4).map(({ wsUrl }) => wsUrl) });
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await installation.stop();
  }
}

const ENGINES = { embedded, clustered };

/** @param names of engines; both if none is given */
export async function rooms(names: readonly string[]): Promise<void> {
  for (const [name, start] of Object.entries(ENGINES)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const rows = [...(await start(revocation, WITHOUT_LIMITS)), ...(await start(classJoins, SETTINGS))];
    const columns = ['what', 'count', 'p50 ms', 'p99 ms', 'max ms'];
    report(`rooms-${name}`, columns, rows, { rows }, `rooms ${name}`);
  }
}
