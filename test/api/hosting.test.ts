import { silentLogger, type Logger } from '../../src/ports/logger';
import { PASSWORD, TestApp, type Person } from '../support/app';
import {
  ArchiveRoomDocument,
  ChatDocument,
  ChatLogsDocument,
  MyRoleDocument,
  DeleteAccountDocument,
  CreateInviteDocument,
  CreateRoomDocument,
  DeleteRoomDocument,
  HideChatDocument,
  HostRoomDocument,
  JoinRoomDocument,
  MuteAuthorDocument,
  NewChatDocument,
  RecentChatsDocument,
  ReportChatDocument,
  ReportsDocument,
  RoomAuditLogDocument,
  RoomReportsDocument,
  RoomSettingsDocument,
  SendChatDocument,
  SetScreenDocument,
  UnmuteAuthorDocument,
  type CreateRoomInput,
} from '../support/generated/graphql';
import { until } from '../support/until';

let app: TestApp;
let host: Person;
let stranger: Person;
let moderator: Person;
const warnings: string[] = [];
const logger: Logger = { ...silentLogger, warn: (_, message) => void warnings.push(message), child: () => logger };

beforeAll(async () => {
  app = await TestApp.start({ MODERATORS: 'warden', RATE_LIMITS: 'off' }, {}, undefined, logger);
  [host, stranger, moderator] = [await app.person(), await app.person(), await app.person('warden')];
});

const reason = 'unkind to somebody';
const code = (answer: { errors: readonly { extensions: Record<string, unknown> }[] }) => answer.errors[0]?.extensions['code'];
const create = async (input: Partial<CreateRoomInput> = {}, { accessToken } = host): Promise<string> =>
  (await app.ask(CreateRoomDocument, { input: { title: '우리 반', ...input } }, accessToken)).createRoom.id;
const join = async (room: string, { accessToken } = host): Promise<Person> => {
  const { createInvite } = await app.ask(CreateInviteDocument, { room }, accessToken);
  const person = await app.person();
  await app.ask(JoinRoomDocument, { code: createInvite.code }, person.accessToken);
  return person;
};
const sends = (person: Person, text: string, room: string) =>
  app.post(SendChatDocument, { input: { clientMessageId: `own-${text}`, room, text } }, person.accessToken);

test('hosts change title, words and rules of their room, which only they are shown', async () => {
  const id = await create();
  const changes = { title: '새 이름', ownWords: ['김밥'], letterByModel: true, wordFilter: 'MASK' as const };
  const changed = { id, title: '새 이름', visibility: 'PUBLIC', guestsMayWrite: true, letterByModel: true, ownWords: ['김밥'] };
  expect(await app.ask(HostRoomDocument, { id, ...changes }, host.accessToken)).toEqual({ updateRoom: changed });
  const seen = (await app.ask(RoomSettingsDocument, { id }, stranger.accessToken)).room;
  expect(seen).toMatchObject({ title: '새 이름', letterByModel: false, ownWords: [], screen: 'SHOW' });
  expect((await app.send(stranger, '오늘 김1밥', id)).text).toBe('오늘 ***');
  await app.ask(HostRoomDocument, { id, wordFilter: 'REFUSE' }, host.accessToken);
  expect(code(await sends(stranger, '김밥!', id))).toBe('BAD_USER_INPUT');
  await app.ask(HostRoomDocument, { id, wordFilter: 'OFF' }, host.accessToken);
  expect((await app.send(stranger, '김밥', id)).text).toBe('김밥');
  expect(code(await app.post(HostRoomDocument, { id, title: 'x' }, stranger.accessToken))).toBe('FORBIDDEN');
  expect(code(await app.post(SetScreenDocument, { room: id, state: 'BLANK' }, moderator.accessToken))).toBe('FORBIDDEN');
  await app.ask(SetScreenDocument, { room: id, state: 'BLANK' }, host.accessToken);
  expect((await app.ask(RoomSettingsDocument, { id })).room).toMatchObject({ screen: 'BLANK' });
});

test('a room that was private when it had a message never becomes public, and main stays public', async () => {
  const id = await create({ visibility: 'PRIVATE' });
  const change = (visibility: 'PUBLIC' | 'UNLISTED' | 'PRIVATE', person = host, room = id) =>
    app.post(HostRoomDocument, { id: room, visibility }, person.accessToken);
  expect((await change('PUBLIC')).errors).toEqual([]);
  expect(code(await change('PRIVATE', moderator))).toBe('FORBIDDEN');
  expect((await change('PRIVATE')).errors).toEqual([]);
  expect(code(await change('UNLISTED', moderator))).toBe('NOT_FOUND');
  await app.send(host, '비밀', id);
  expect([code(await change('PUBLIC')), code(await change('UNLISTED'))]).toEqual(['CONFLICT', 'CONFLICT']);
  expect(code(await change('UNLISTED', moderator, 'main'))).toBe('CONFLICT');
});

test('archived rooms are read and not written to, and moderators archive private rooms that they cannot read', async () => {
  const id = await create({ visibility: 'PRIVATE' });
  await app.send(host, 'before', id);
  expect(code(await app.post(ArchiveRoomDocument, { room: id, archived: true }, stranger.accessToken))).toBe('NOT_FOUND');
  const asked = await app.postRaw(
    { query: `mutation { askQuestion(room: "${id}", text: "Only for us?") { id } }` },
    host.accessToken,
  );
  expect(asked.errors).toEqual([]);
  const archived = await app.postRaw(
    {
      query: `mutation { archiveRoom(room: "${id}", archived: true) { id title anonymous archived visibility online question { text } } }`,
    },
    moderator.accessToken,
  );
  // It says nothing that moderators may not know of a private room.
  expect(archived.data).toEqual({
    archiveRoom: { id, title: '', anonymous: false, archived: true, visibility: 'PRIVATE', online: 0, question: null },
  });
  expect(code(await sends(host, 'after', id))).toBe('CONFLICT');
  const read = await app.ask(RecentChatsDocument, { room: id }, host.accessToken);
  expect(read.recentChats.items.map(({ text }) => text)).toEqual(['before']);
  await app.ask(ArchiveRoomDocument, { room: id, archived: false }, host.accessToken);
  expect((await sends(host, 'after', id)).errors).toEqual([]);
  expect(code(await app.post(ArchiveRoomDocument, { room: 'main', archived: true }, moderator.accessToken))).toBe('CONFLICT');
});

test('hosts see and end the reports of their room, hide and mute there alone, and moderators see nothing of a private room', async () => {
  const [id, other] = [await create({ visibility: 'PRIVATE' }), await create()];
  const [author, reader] = [await join(id), await join(id)];
  const chat = await app.send(author, '나쁜 말', id);
  await app.ask(ReportChatDocument, { id: chat.id, reason }, reader.accessToken);
  expect(code(await app.post(ReportChatDocument, { id: chat.id, reason }, stranger.accessToken))).toBe('NOT_FOUND');
  const ofRoom = { reports: [{ chat: { id: chat.id }, reasons: [reason] }] };
  expect(await app.ask(RoomReportsDocument, { room: id }, host.accessToken)).toEqual(ofRoom);
  expect((await app.ask(ReportsDocument, {}, moderator.accessToken)).reports).toEqual([]);
  expect(code(await app.post(RoomReportsDocument, { room: id }, moderator.accessToken))).toBe('NOT_FOUND');
  expect(code(await app.post(RoomReportsDocument, { room: id }, author.accessToken))).toBe('FORBIDDEN');
  expect(code(await app.post(HideChatDocument, { id: chat.id, reason }, moderator.accessToken))).toBe('NOT_FOUND');
  expect(code(await app.post(HideChatDocument, { id: chat.id, reason }, author.accessToken))).toBe('FORBIDDEN');

  await app.ask(MuteAuthorDocument, { chatId: chat.id, minutes: 10, reason }, host.accessToken);
  expect(code(await sends(author, 'muted', id))).toBe('FORBIDDEN');
  expect((await sends(author, 'not muted here', other)).errors).toEqual([]);
  await app.ask(UnmuteAuthorDocument, { chatId: chat.id }, host.accessToken);
  expect((await sends(author, 'no longer muted', id)).errors).toEqual([]);
  await app.ask(HideChatDocument, { id: chat.id, reason }, host.accessToken);
  expect((await app.ask(RoomReportsDocument, { room: id }, host.accessToken)).reports).toEqual([]);

  const log = (await app.ask(RoomAuditLogDocument, { room: id }, host.accessToken)).auditLog;
  expect(log.map(({ actor, action, room }) => [actor, action, room])).toEqual([
    [host.username, 'HIDE_CHAT', id],
    [host.username, 'UNMUTE_AUTHOR', id],
    [host.username, 'MUTE_AUTHOR', id],
    ['', 'REPORT_CHAT', id],
  ]);
  const all = (await app.ask(RoomAuditLogDocument, {}, moderator.accessToken)).auditLog;
  expect(all.map(({ room }) => room)).not.toContain(id);
});

test('a reporter may show one message of a private room to the moderators, who then decide about it', async () => {
  const id = await create({ visibility: 'PRIVATE' });
  const [author, reader] = [await join(id), await join(id)];
  const [shown, other] = [await app.send(author, '위험한 말', id), await app.send(author, '다른 말', id)];
  await app.ask(ReportChatDocument, { id: other.id, reason }, reader.accessToken);
  await app.ask(ReportChatDocument, { id: shown.id, reason, alsoModerators: true }, reader.accessToken);
  const queue = async () => (await app.ask(ReportsDocument, {}, moderator.accessToken)).reports.map(({ chat }) => chat.id);
  expect(await queue()).toEqual([shown.id]);
  expect(code(await app.post(RecentChatsDocument, { room: id }, moderator.accessToken))).toBe('NOT_FOUND');
  const decide = (chat: { id: string }) => app.post(HideChatDocument, { id: chat.id, reason }, moderator.accessToken);
  expect(code(await decide(other))).toBe('NOT_FOUND');
  expect(code(await decide(shown))).toBeUndefined();
  expect(await queue()).toEqual([]);
  expect(code(await app.post(UnmuteAuthorDocument, { chatId: shown.id }, moderator.accessToken))).toBe('NOT_FOUND');
});

test('deleteRoom ends subscriptions, erases what was in the room also after a restart, and keeps its id', async () => {
  const id = await create({ id: 'to-delete', title: '지울 방' });
  const chat = await app.send(stranger, '지울 말', id);
  const open = app.subscribe(NewChatDocument, { room: id }, stranger.accessToken);
  await until(async () => {
    await app.send(host, `probe ${open.items.length}`, id);
    return open.items.length > 0;
  }, 'the subscription is open');
  const remove = (title: string, person = host) => app.post(DeleteRoomDocument, { room: id, title }, person.accessToken);
  expect([code(await remove('지운 방')), code(await remove('지울 방', moderator))]).toEqual(['BAD_USER_INPUT', 'FORBIDDEN']);
  expect((await remove('지울 방')).data).toEqual({ deleteRoom: true });
  await until(() => open.ended, 'the subscription has ended');
  expect(JSON.stringify(open.errors)).toContain('FORBIDDEN');
  const isGone = async (): Promise<void> => {
    expect((await app.ask(RoomSettingsDocument, { id })).room).toBeNull();
    expect((await app.ask(ChatDocument, { id: chat.id }, host.accessToken)).chat).toBeNull();
    expect(code(await sends(host, 'late', id))).toBe('NOT_FOUND');
    expect(code(await app.post(CreateRoomDocument, { input: { id, title: 'again' } }, host.accessToken))).toBe('CONFLICT');
  };
  await isGone();
  expect(warnings.filter((warning) => warning.startsWith('presence'))).toEqual([]);
  app = await app.restart();
  await isGone();
  const own = async () => (await app.ask(ChatLogsDocument, { pageSize: 100 }, stranger.accessToken)).chatLogs.items;
  await until(async () => !(await own()).some((item) => item.id === chat.id), 'the message names nobody any more');
});

test('a room whose last host deletes the account passes to the longest member, else is archived, and a private one is deleted', async () => {
  const leaver = await app.person();
  const [shared, alone, secret] = [
    await create({ visibility: 'PRIVATE' }, leaver),
    await create({}, leaver),
    await create({ visibility: 'PRIVATE' }, leaver),
  ];
  const [first, second] = [await join(shared, leaver), await join(shared, leaver)];
  await app.send(leaver, 'secret', secret);
  await app.ask(DeleteAccountDocument, { password: PASSWORD }, leaver.accessToken);
  const roleOf = async ({ accessToken }: Person) => (await app.ask(MyRoleDocument, { room: shared }, accessToken)).myRole;
  await until(async () => (await roleOf(first)) === 'HOST', 'the longest member is host');
  expect(await roleOf(second)).toBe('MEMBER');
  const isArchived = async () => (await app.ask(RoomSettingsDocument, { id: alone })).room?.archived;
  await until(async () => (await isArchived()) === true, 'the room without members is archived');
  const change = { room: secret, archived: false };
  const answer = () => app.post(ArchiveRoomDocument, change, moderator.accessToken);
  await until(async () => code(await answer()) === 'NOT_FOUND', 'the private room without members is gone');
});
