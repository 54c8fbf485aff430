import { createClient } from 'graphql-sse';
import { TestApp, type Answer, type Collected, type Person } from '../support/app';
import {
  ArchiveRoomDocument,
  ChangeRoomDocument,
  ChatLogsDocument,
  CreateInviteDocument,
  CreateRoomDocument,
  EnterAsGuestDocument,
  InvitePreviewDocument,
  InvitesDocument,
  JoinRoomDocument,
  LeaveRoomDocument,
  MembersDocument,
  MyRoleDocument,
  MyRoomsDocument,
  NewChatDocument,
  RecentChatsDocument,
  RemoveMemberDocument,
  RevokeInviteDocument,
  RoomDocument,
  RoomsDocument,
  SendChatDocument,
  SetEmpathyDocument,
  SetFeelingDocument,
  SetRoleDocument,
  TakeBackDocument,
  type CreateRoomInput,
} from '../support/generated/graphql';
import { until } from '../support/until';

let app: TestApp;
/** The same installation; on the clustered engine another process of it. */
let other: TestApp;
let host: Person;
let member: Person;
let stranger: Person;
let rooms = 0;

beforeAll(async () => {
  app = await TestApp.start({ ADMINS: 'chief', RATE_LIMITS: 'off' });
  const isShared = Object.keys(await TestApp.engineOf(app.dataDir)).length > 0;
  other = isShared ? await TestApp.start({ ADMINS: 'chief', RATE_LIMITS: 'off' }, {}, app.dataDir) : app;
  [host, member, stranger] = [await app.person('hana'), await app.person('minho'), await app.person('sora')];
});

const code = ({ errors }: Pick<Answer<unknown>, 'errors'>) => errors[0]?.extensions['code'];
const say = (to: Person, room: string, text: string, clientMessageId = text) =>
  app.post(SendChatDocument, { input: { clientMessageId, room, text } }, to.accessToken);

async function create(input: Partial<CreateRoomInput> = {}): Promise<string> {
  const { createRoom } = await app.ask(CreateRoomDocument, { input: { title: `방 ${++rooms}`, ...input } }, host.accessToken);
  return createRoom.id;
}
const invite = async (room: string, maxUses?: number) =>
  (await app.ask(CreateInviteDocument, { room, maxUses }, host.accessToken)).createInvite;
async function privateRoomWith(...people: readonly Person[]): Promise<string> {
  const room = await create({ visibility: 'PRIVATE' });
  const { code } = await invite(room);
  for (const { accessToken } of people) await app.ask(JoinRoomDocument, { code }, accessToken);
  return room;
}

test('a private room gets a random id, exists for its members alone and is never listed', async () => {
  const room = await create({ visibility: 'PRIVATE', title: '우리 반' });
  expect(room).toMatch(/^[a-z]+-[a-z]+-[a-z2-9]{8}$/);
  expect(
    code(await app.post(CreateRoomDocument, { input: { id: 'own', title: 'x', visibility: 'PRIVATE' } }, host.accessToken)),
  ).toBe('BAD_USER_INPUT');
  const { code: invitation, url, usesLeft } = await invite(room, 3);
  expect(invitation).toMatch(/^[2-9A-HJKMNP-Z]{8}$/);
  expect(url).toMatch(new RegExp(`^http.*/join/${invitation}$`));
  expect(usesLeft).toBe(3);
  const typed = ` ${invitation.slice(0, 4).toLowerCase()}-${invitation.slice(4)}`;
  expect((await app.ask(InvitePreviewDocument, { code: typed })).invitePreview).toEqual({
    ...{ room, title: '우리 반', anonymous: false, guestsMayWrite: true },
  });
  expect((await app.ask(RoomDocument, { id: room }, member.accessToken)).room).toBeNull();
  expect((await app.ask(JoinRoomDocument, { code: typed }, member.accessToken)).joinRoom.id).toBe(room);
  await app.ask(JoinRoomDocument, { code: invitation }, member.accessToken);
  expect((await app.ask(InvitesDocument, { room }, host.accessToken)).invites).toEqual([{ code: invitation, usesLeft: 2 }]);
  expect((await say(member, room, 'among us')).errors).toEqual([]);
  expect((await app.ask(RecentChatsDocument, { room }, host.accessToken)).recentChats.items).toHaveLength(1);
  for (const token of [undefined, stranger.accessToken]) {
    expect((await app.ask(RoomDocument, { id: room }, token)).room).toBeNull();
    expect(code(await app.post(RecentChatsDocument, { room }, token))).toBe('NOT_FOUND');
  }
  expect((await app.ask(RoomsDocument, {}, host.accessToken)).rooms.map(({ id }) => id)).not.toContain(room);
  expect((await app.ask(MyRoomsDocument, {}, member.accessToken)).myRooms[0]?.id).toBe(room);
  const roles = await Promise.all(
    [host, member, stranger].map(async (who) => (await app.ask(MyRoleDocument, { room }, who.accessToken)).myRole),
  );
  expect(roles).toEqual(['HOST', 'MEMBER', null]);
});

test('members are listed in pages, in an anonymous room with the day alone', async () => {
  const room = await create({ anonymous: true });
  const { code: invitation } = await invite(room);
  for (const who of [member, stranger]) await app.ask(JoinRoomDocument, { code: invitation }, who.accessToken);
  const names: string[] = [];
  let after: string | null = null;
  do {
    const { members }: { members: Awaited<ReturnType<typeof page>> } = { members: await page(after) };
    names.push(...members.edges.map(({ node }) => node.username));
    for (const { node } of members.edges) expect(node.since).toMatch(/T00:00:00\.000Z$/);
    after = members.pageInfo.hasNextPage ? (members.pageInfo.endCursor ?? null) : null;
  } while (after !== null);
  async function page(after: string | null) {
    return (await app.ask(MembersDocument, { room, first: 2, after }, host.accessToken)).members;
  }
  expect(names).toEqual(['hana', 'minho', 'sora']);
  expect(code(await app.post(MembersDocument, { room, after: 'x' }, host.accessToken))).toBe('BAD_USER_INPUT');
  expect(code(await app.post(MembersDocument, { room }, member.accessToken))).toBe('FORBIDDEN');
});

test('of 20 people who join at once through two processes with an invitation for five, five become members', async () => {
  const room = await create({ visibility: 'PRIVATE' });
  const { code: invitation } = await invite(room, 5);
  const people = await Promise.all(
    Array.from({ length: 20 }, async () => (await app.ask(EnterAsGuestDocument, {})).enterAsGuest),
  );
  const answers = await Promise.all(
    people.map(({ accessToken }, i) => (i % 2 ? app : other).post(JoinRoomDocument, { code: invitation }, accessToken)),
  );
  expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(5);
  expect(new Set(answers.map(code))).toEqual(new Set([undefined, 'NOT_FOUND']));
  const { members } = await app.ask(MembersDocument, { room }, host.accessToken);
  expect(members.edges).toHaveLength(6);
  expect((await app.ask(InvitePreviewDocument, { code: invitation })).invitePreview).toBeNull();
});

test('the last host stays, and hosts name others', async () => {
  const room = await privateRoomWith(member);
  const setRole = (username: string, role: 'HOST' | 'MEMBER', by = host) =>
    app.post(SetRoleDocument, { room, username, role }, by.accessToken);
  expect(code(await app.post(LeaveRoomDocument, { room }, host.accessToken))).toBe('CONFLICT');
  expect(code(await setRole('hana', 'MEMBER'))).toBe('CONFLICT');
  expect(code(await setRole('minho', 'HOST', member))).toBe('FORBIDDEN');
  expect(code(await setRole('sora', 'MEMBER'))).toBe('NOT_FOUND');
  expect((await setRole('minho', 'HOST')).data?.setRole).toEqual({ username: 'minho', role: 'HOST' });
  expect((await app.ask(LeaveRoomDocument, { room }, host.accessToken)).leaveRoom).toBe(true);
  expect((await other.ask(RoomDocument, { id: room }, host.accessToken)).room).toBeNull();
  const { enterAsGuest: guest } = await app.ask(EnterAsGuestDocument, {
    invite: (await app.ask(CreateInviteDocument, { room }, member.accessToken)).createInvite.code,
  });
  expect((await app.ask(MyRoomsDocument, {}, guest.accessToken)).myRooms).toEqual([{ id: room }]);
  expect(code(await setRole(guest.user.username, 'HOST', member))).toBe('CONFLICT');
});

test('an administrator names the host of a room without one, once', async () => {
  const chief = await app.person('chief');
  const name = (username: string, by: Person) =>
    app.post(SetRoleDocument, { room: 'main', username, role: 'HOST' }, by.accessToken);
  expect(code(await name('hana', host))).toBe('FORBIDDEN');
  expect((await name('hana', chief)).data?.setRole.role).toBe('HOST');
  expect(code(await name('chief', chief))).toBe('FORBIDDEN');
});

/** newChat over WebSocket and over an event stream, of one person on the other process. */
function listen(room: string, token?: string): readonly Pick<Collected<unknown>, 'items' | 'errors'>[] {
  const stream: { items: unknown[]; errors: unknown[] } = { items: [], errors: [] };
  const client = createClient({
    url: other.app.urls.ws.replace('ws:', 'http:').replace('/graphql', '/graphql/stream'),
    retryAttempts: 0,
    ...(token && { headers: { authorization: `Bearer ${token}` } }),
  });
  client.subscribe(
    { query: String(NewChatDocument), variables: { room } },
    {
      next: ({ data, errors }) => {
        if (data) stream.items.push(data);
        stream.errors.push(...(errors ?? []));
      },
      error: (error) => stream.errors.push(error),
      complete: () => undefined,
    },
  );
  return [other.subscribe(NewChatDocument, { room }, token), stream];
}
async function hearing(room: string, streams: ReturnType<typeof listen>): Promise<void> {
  let count = 0;
  await until(async () => {
    await say(host, room, `hello ${++count}`, `${room}-${Math.random()}`);
    return streams.every(({ items }) => items.length > 0);
  }, 'all streams deliver');
}
const endedBy = (streams: ReturnType<typeof listen>) =>
  until(() => streams.every(({ errors }) => JSON.stringify(errors).includes('"FORBIDDEN"')), 'the streams end with FORBIDDEN');

test('removing a member ends its subscriptions on the other process, revokes the invitations and keeps it out', async () => {
  const room = await privateRoomWith(member, stranger);
  const { code: invitation } = await invite(room);
  const [theirs, staying] = [listen(room, member.accessToken), listen(room, stranger.accessToken)];
  await hearing(room, [...theirs, ...staying]);
  const own = (await say(member, room, 'my own note')).data?.sendChat;
  await app.ask(RemoveMemberDocument, { room, username: 'minho' }, host.accessToken);
  expect((await app.ask(InvitesDocument, { room }, host.accessToken)).invites).toEqual([]);
  await endedBy(theirs);
  const heard = theirs.map(({ items }) => items.length);
  await until(async () => {
    const before = staying.map(({ items }) => items.length);
    await say(host, room, 'without them', `${Math.random()}`);
    return staying.every(({ items, errors }, i) => items.length > (before[i] ?? 0) && errors.length === 0);
  }, 'the others still hear');
  expect(theirs.map(({ items }) => items.length)).toEqual(heard);
  expect(code(await other.post(RecentChatsDocument, { room }, member.accessToken))).toBe('NOT_FOUND');
  expect(code(await app.post(JoinRoomDocument, { code: invitation }, member.accessToken))).toBe('NOT_FOUND');
  const { code: fresh } = await invite(room);
  expect(code(await app.post(JoinRoomDocument, { code: fresh }, member.accessToken))).toBe('NOT_FOUND');
  // Repeating it completes a removal that was interrupted.
  expect((await app.ask(RemoveMemberDocument, { room, username: 'minho' }, host.accessToken)).removeMember).toBe(true);
  expect((await app.ask(InvitesDocument, { room }, host.accessToken)).invites).toEqual([]);
  const { username: outsider } = await app.person();
  expect(code(await app.post(RemoveMemberDocument, { room, username: outsider }, host.accessToken))).toBe('NOT_FOUND');
  const logs = await app.ask(ChatLogsDocument, { page: 1, pageSize: 1 }, member.accessToken);
  expect(logs.chatLogs.items[0]?.text).toBe('my own note');
  const id = own?.id ?? '';
  expect(code(await app.post(SetFeelingDocument, { id, feeling: 'JOY' }, member.accessToken))).toBe('NOT_FOUND');
  expect((await app.ask(TakeBackDocument, { id }, member.accessToken)).takeBack.hidden).toBe(true);
  await app.ask(SetRoleDocument, { room, username: 'minho', role: 'MEMBER' }, host.accessToken);
  expect((await other.ask(RoomDocument, { id: room }, member.accessToken)).room?.id).toBe(room);
});

test('a room that goes private ends the subscriptions of all others, and of members none', async () => {
  const room = await create();
  const { code: invitation } = await invite(room);
  await app.ask(JoinRoomDocument, { code: invitation }, member.accessToken);
  const [members, others] = [listen(room, member.accessToken), [...listen(room), ...listen(room, stranger.accessToken)]];
  await hearing(room, [...members, ...others]);
  await app.ask(ChangeRoomDocument, { id: room, visibility: 'PRIVATE' }, host.accessToken);
  await endedBy(others);
  const before = members.map(({ items }) => items.length);
  await say(host, room, 'only us');
  await until(() => members.every(({ items }, i) => items.length > (before[i] ?? 0)), 'members still hear');
  expect(members.flatMap(({ errors }) => errors)).toEqual([]);
});

test('nobody writes in an archived room, and guests only where they may', async () => {
  const room = await create({ guestsMayWrite: false });
  const { enterAsGuest: guest } = await app.ask(EnterAsGuestDocument, { invite: (await invite(room)).code });
  const asGuest = { ...guest, username: guest.user.username };
  expect(code(await say(asGuest, room, 'may I?'))).toBe('FORBIDDEN');
  const id = (await say(member, room, 'before')).data?.sendChat.id ?? '';
  await app.ask(ArchiveRoomDocument, { room, archived: true }, host.accessToken);
  expect((await say(member, room, 'before')).data?.sendChat.id).toBe(id);
  for (const answer of [
    await say(member, room, 'after'),
    await app.post(SetFeelingDocument, { id, feeling: 'JOY' }, member.accessToken),
    await app.post(SetEmpathyDocument, { chatId: id, empathy: 'HUG' }, host.accessToken),
  ])
    expect(code(answer)).toBe('CONFLICT');
});

test('an archived room makes place for another, and is opened again only where there is place', async () => {
  const small = await TestApp.start({ ROOMS_MAX: '2' });
  const { accessToken } = await small.person();
  const make = () => small.post(CreateRoomDocument, { input: { title: 'x' } }, accessToken);
  const room = (await make()).data?.createRoom.id ?? '';
  const archive = async (archived: boolean) => code(await small.post(ArchiveRoomDocument, { room, archived }, accessToken));
  expect(code(await make())).toBe('UNAVAILABLE');
  expect(await archive(true)).toBeUndefined();
  expect(code(await make())).toBeUndefined();
  expect(await archive(false)).toBe('UNAVAILABLE');
  await small.stop();
});

test('a revoked invitation opens nothing, and only hosts of the room revoke it', async () => {
  const room = await privateRoomWith(member);
  const { code: invitation } = await invite(room);
  const revoke = (who: Person) => app.post(RevokeInviteDocument, { code: invitation }, who.accessToken);
  expect(code(await revoke(stranger))).toBe('NOT_FOUND');
  expect(code(await revoke(member))).toBe('FORBIDDEN');
  expect((await revoke(host)).data?.revokeInvite).toBe(true);
  expect(code(await app.post(JoinRoomDocument, { code: invitation }, stranger.accessToken))).toBe('NOT_FOUND');
  expect(code(await app.post(EnterAsGuestDocument, { invite: invitation }))).toBe('NOT_FOUND');
});
