import { createECDH, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import WebSocket from 'ws';
import { TestApp, type Answer, type Person } from '../support/app';
import { CreateRoomDocument, EnterAsGuestDocument, JoinRoomDocument, CreateInviteDocument } from '../support/generated/graphql';
import { RawClient } from '../support/live-rig';
import { until } from '../support/until';
import {
  MUTATIONS,
  QUERIES,
  ROLES,
  SUBSCRIPTIONS,
  subscriptionRule,
  VISIBILITIES,
  WITHOUT_ROOM,
  type Role,
  type Row,
  type Rule,
  type Verdict,
  type Visibility,
} from './access-rows';

interface RoomOf {
  readonly id: string;
  readonly chat: string;
  readonly letter: string;
  readonly code: string;
}
interface Ask {
  readonly role: Role;
  readonly visibility: Visibility;
}

const NOWHERE: RoomOf = { id: 'quiet-otter-zzzzzzzz', chat: 'a'.repeat(22), letter: 'b'.repeat(22), code: 'ZZZZZZZZ' };
const KEY = createECDH('prime256v1').generateKeys('base64url');
const AUTH = randomBytes(16).toString('base64url');

let app: TestApp;
const tokens = {} as Record<Role, string | undefined>;
const rooms = {} as Record<Visibility, RoomOf>;
let host: Person;
let member: Person;
let keys = 0;

const say = async (room: string): Promise<string> => (await app.send(member, `note ${++keys}`, room, `note-${keys}`)).id;
const invite = async (room: string) => (await app.ask(CreateInviteDocument, { room }, host.accessToken)).createInvite.code;

beforeAll(async () => {
  app = await TestApp.start({ ADMINS: 'chief', RATE_LIMITS: 'off', PUSH_CONTACT: 'mailto:ops@example.org' });
  host = await app.person('hana');
  member = await app.person('minho');
  const { enterAsGuest: guest } = await app.ask(EnterAsGuestDocument, {});
  const [stranger, other, chief] = [await app.person('sora'), await app.person('jiho'), await app.person('chief')];
  await app.ask(CreateRoomDocument, { input: { title: 'Elsewhere', visibility: 'PRIVATE' } }, other.accessToken);
  Object.assign(tokens, {
    ...{ stranger: stranger.accessToken, guest: guest.accessToken, member: member.accessToken },
    ...{ host: host.accessToken, otherHost: other.accessToken, moderator: chief.accessToken },
  });
  for (const visibility of VISIBILITIES) {
    const { createRoom: room } = await app.ask(CreateRoomDocument, { input: { title: 'Room', visibility } }, host.accessToken);
    const code = await invite(room.id);
    for (const token of [guest.accessToken, member.accessToken]) await app.ask(JoinRoomDocument, { code }, token);
    rooms[visibility] = { id: room.id, chat: await say(room.id), letter: '', code: '' };
  }
  let now = Date.now();
  await until(async () => {
    await app.app.runInsights((now += 86_400_000));
    for (const visibility of VISIBILITIES) {
      const query = `{ insight(room: "${rooms[visibility].id}") { id } }`;
      const { data } = await app.postRaw<{ insight: { id: string } | null }>({ query }, host.accessToken);
      rooms[visibility] = { ...rooms[visibility], letter: data?.insight?.id ?? '' };
    }
    return VISIBILITIES.every((visibility) => rooms[visibility].letter !== '');
  }, 'every room has a letter');
});

test('every root field has a row', () => {
  const schema = buildSchema(readFileSync(join(__dirname, '../../schema.graphql'), 'utf8'));
  const fields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}),
  );
  const rows = [...WITHOUT_ROOM, ...Object.keys({ ...QUERIES, ...MUTATIONS, ...SUBSCRIPTIONS })];
  expect(rows.sort()).toEqual(fields.sort());
});

const fill = (field: string, { id, chat, letter, code }: RoomOf): string =>
  field
    .replaceAll('ROOM', id)
    .replaceAll('CHAT', chat)
    .replaceAll('LETTER', letter)
    .replaceAll('CODE', code)
    .replaceAll('P256DH', KEY)
    .replaceAll('AUTH', AUTH)
    .replaceAll('KEY', `key-${++keys}`);

const REFUSALS = new Set<unknown>(['NOT_FOUND', 'FORBIDDEN', 'UNAUTHENTICATED']);

function verdictOf({ data, errors }: Pick<Answer<Record<string, unknown>>, 'data' | 'errors'>): Verdict {
  const code = errors[0]?.extensions['code'];
  if (REFUSALS.has(code)) return code as Verdict;
  return errors.length === 0 && data !== null && Object.values(data)[0] === null ? 'null' : 'done';
}

const ASKS: readonly Ask[] = VISIBILITIES.flatMap((visibility) => ROLES.map((role) => ({ role, visibility })));
/** A verdict for each role and visibility, as lines that are easy to compare. */
const table = (verdict: (ask: Ask) => Verdict): string[] => ASKS.map((ask) => `${ask.visibility} ${ask.role}: ${verdict(ask)}`);
const isHidden = ({ role, visibility }: Ask): boolean => visibility === 'PRIVATE' && !['guest', 'member', 'host'].includes(role);

async function check(operation: 'query' | 'mutation', { field, rule, usesChat }: Row): Promise<void> {
  const answers = new Map<Ask, Answer<Record<string, unknown>>>();
  const post = (room: RoomOf, role: Role) =>
    app.postRaw<Record<string, unknown>>({ query: `${operation} { ${fill(field, room)} }` }, tokens[role]);
  for (const visibility of VISIBILITIES) {
    const room = rooms[visibility];
    const asks = ASKS.filter((ask) => ask.visibility === visibility);
    const chats = await Promise.all(asks.map(() => (usesChat ? say(room.id) : room.chat)));
    await Promise.all(
      asks.map(async (ask, i) => {
        const code = field.includes('CODE') ? await invite(room.id) : '';
        answers.set(ask, await post({ ...room, chat: chats[i] ?? '', code }, ask.role));
      }),
    );
  }
  expect(table((ask) => verdictOf(answers.get(ask) as Answer<Record<string, unknown>>))).toEqual(
    table(({ role, visibility }) => rule(role, visibility)),
  );
  for (const [ask, { status, data, errors }] of answers) {
    if (!isHidden(ask)) continue;
    const unknown = await post(NOWHERE, ask.role);
    if (field.startsWith('archiveRoom') && ask.role === 'moderator') continue;
    expect({ status, data, errors, ...ask }).toEqual({
      ...{ status: unknown.status, data: unknown.data, errors: unknown.errors },
      ...ask,
    });
  }
}

describe('subscriptions', () => {
  const document = (field: string) => `subscription ($room: ID!) { ${field}(room: $room) ${SUBSCRIPTIONS[field] ?? ''} }`;
  const expected = table(({ role, visibility }) => (subscriptionRule satisfies Rule)(role, visibility));
  const cells = Object.keys(SUBSCRIPTIONS).flatMap((field) =>
    [...VISIBILITIES, undefined].map((visibility) => ({ field, visibility })),
  );
  const roomOf = (visibility: Visibility | undefined) => (visibility ? rooms[visibility] : NOWHERE).id;

  test('over WebSocket, each is accepted for readers and refused for others as in an unknown room', async () => {
    const verdicts = new Map<string, unknown>();
    await Promise.all(
      ROLES.map(async (role) => {
        const ws = new WebSocket(app.app.urls.ws, ['graphql-transport-ws']);
        const client = new RawClient(ws);
        await until(() => ws.readyState === WebSocket.OPEN, 'the socket opens');
        const authorization = tokens[role] && `Bearer ${tokens[role]}`;
        client.send({ type: 'connection_init', ...(authorization && { payload: { authorization } }) });
        await until(() => client.of('connection_ack').length > 0, 'the socket is accepted');
        for (const { field, visibility } of cells) {
          const id = `${field} ${visibility ?? 'none'}`;
          await client.subscribe(id, document(field), { room: roomOf(visibility) });
          verdicts.set(`${role} ${id}`, client.of('error', id)[0]?.payload);
        }
        ws.terminate();
      }),
    );
    for (const field of Object.keys(SUBSCRIPTIONS)) {
      const of = (role: Role, visibility: string) => verdicts.get(`${role} ${field} ${visibility}`);
      expect([field, ...table(({ role, visibility }) => (of(role, visibility) ? 'NOT_FOUND' : 'done'))]).toEqual([
        field,
        ...expected,
      ]);
      for (const role of ROLES.filter((role) => isHidden({ role, visibility: 'PRIVATE' })))
        expect(of(role, 'PRIVATE')).toEqual(of(role, 'none'));
    }
  });

  test('over event streams, each is accepted for readers and refused for others as in an unknown room', async () => {
    const url = app.app.urls.ws.replace('ws:', 'http:').replace('/graphql', '/graphql/stream');
    const first = async (role: Role, field: string, visibility: Visibility | undefined): Promise<string> => {
      const abort = new AbortController();
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          ...{ accept: 'text/event-stream', 'content-type': 'application/json' },
          ...(tokens[role] && { authorization: `Bearer ${tokens[role]}` }),
        },
        body: JSON.stringify({ query: document(field), variables: { room: roomOf(visibility) } }),
        signal: abort.signal,
      });
      const chunk = await response.body?.getReader().read();
      abort.abort();
      return Buffer.from((chunk?.value as Uint8Array | undefined) ?? []).toString();
    };
    for (const field of Object.keys(SUBSCRIPTIONS)) {
      const answers = new Map<Ask, string>();
      await Promise.all(ASKS.map(async (ask) => answers.set(ask, await first(ask.role, field, ask.visibility))));
      expect([field, ...table((ask) => (answers.get(ask)?.startsWith(':') ? 'done' : 'NOT_FOUND'))]).toEqual([
        field,
        ...expected,
      ]);
      const unknown = await first('nobody', field, undefined);
      for (const [ask, answer] of answers) if (isHidden(ask)) expect(answer).toBe(unknown);
    }
  });
});

test.each(Object.values(QUERIES).map((row) => [row.field.split('(')[0], row] as const))('query %s', (_, row) =>
  check('query', row),
);
test.each(Object.values(MUTATIONS).map((row) => [row.field.split('(')[0], row] as const))('mutation %s', (_, row) =>
  check('mutation', row),
);
