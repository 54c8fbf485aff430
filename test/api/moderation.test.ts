import { PASSWORD, TestApp, type Person } from '../support/app';
import {
  AuditLogDocument,
  ChatHiddenDocument,
  ChatLogsDocument,
  ChatsDocument,
  CreateRoomDocument,
  DeleteAccountDocument,
  DismissReportsDocument,
  HideChatDocument,
  LoginDocument,
  MeDocument,
  MuteAuthorDocument,
  NewChatDocument,
  RecentChatsDocument,
  ReportChatDocument,
  ReportsDocument,
  SaidFeelingsDocument,
  SendChatDocument,
  SetFeelingDocument,
  TakeBackDocument,
  UnmuteAuthorDocument,
  UpdateRoomDocument,
} from '../support/generated/graphql';
import { tempDir } from '../support/temp-dir';
import { until } from '../support/until';

const dataDir = tempDir();
let app: TestApp;
let moderator: Person;
beforeAll(async () => {
  app = await TestApp.start({ MODERATORS: 'Warden', RATE_LIMITS: 'off' }, {}, dataDir);
  moderator = await app.person('warden');
});

const reason = 'unkind to somebody';
const code = (answer: { errors: readonly { extensions: Record<string, unknown> }[] }) => answer.errors[0]?.extensions;
const recent = async (room: string, of = app) => (await of.ask(RecentChatsDocument, { room, first: 100 })).recentChats.items;
let rooms = 0;
async function room(anonymous = false): Promise<string> {
  const id = `room-${++rooms}`;
  await app.ask(CreateRoomDocument, { input: { id, title: id, anonymous } }, moderator.accessToken);
  return id;
}
const sends = (person: Person, text: string, id: string, clientMessageId = `own-${text}`) =>
  app.post(SendChatDocument, { input: { clientMessageId, room: id, text } }, person.accessToken);

test('reportChat lists a message for moderators, once per account, until the reports are dismissed', async () => {
  const [author, reader, other] = [await app.person(), await app.person(), await app.person()];
  const chat = await app.send(author, 'something unkind');
  for (const { accessToken } of [reader, reader, other]) {
    await app.ask(ReportChatDocument, { id: chat.id, reason }, accessToken);
  }
  const queue = async () => (await app.ask(ReportsDocument, {}, moderator.accessToken)).reports;
  expect(await queue()).toEqual([{ chat: { id: chat.id, text: 'something unkind' }, reasons: [reason, reason] }]);
  await app.ask(DismissReportsDocument, { id: chat.id }, moderator.accessToken);
  expect(await queue()).toEqual([]);
  expect(code(await app.post(ReportChatDocument, { id: 'unknown', reason }, reader.accessToken))).toEqual({ code: 'NOT_FOUND' });
  expect(code(await app.post(ReportChatDocument, { id: chat.id, reason: ' ' }, reader.accessToken))).toMatchObject({
    field: 'reason',
  });
});

test('every field for moderators fails with FORBIDDEN for other accounts', async () => {
  const person = await app.person();
  const { id } = await app.send(person, 'mine');
  const answers = [
    await app.post(ReportsDocument, {}, person.accessToken),
    await app.post(AuditLogDocument, { first: 1 }, person.accessToken),
    await app.post(HideChatDocument, { id, reason }, person.accessToken),
    await app.post(DismissReportsDocument, { id }, person.accessToken),
    await app.post(MuteAuthorDocument, { chatId: id, minutes: 1, reason }, person.accessToken),
    await app.post(UnmuteAuthorDocument, { chatId: id }, person.accessToken),
    await app.post(UpdateRoomDocument, { id: 'main', slowModeSeconds: 9 }, person.accessToken),
  ];
  expect(answers.map(code)).toEqual(answers.map(() => ({ code: 'FORBIDDEN' })));
  expect(code(await app.post(HideChatDocument, { id, reason }))).toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('hideChat erases the text from history, replay and open pages, also after a restart, and keeps id and cursor', async () => {
  const id = await room();
  const author = await app.person();
  const before = await app.send(author, 'before', id);
  const bad = await app.send(author, 'the unkind words', id);
  const after = await app.send(author, 'after', id);
  // Fills the ring, from which replays are served.
  const early = app.subscribe(NewChatDocument, { room: id, after: before.cursor });
  await until(() => early.items.length === 2, 'the replay before hiding');
  const page = app.subscribe(ChatHiddenDocument, { room: id });
  await until(async () => {
    const probe = await app.send(author, 'probe', id);
    await app.ask(HideChatDocument, { id: probe.id, reason }, moderator.accessToken);
    return page.items.length > 0;
  }, 'the page receives hidden messages');

  const { hideChat } = await app.ask(HideChatDocument, { id: bad.id, reason }, moderator.accessToken);
  const tombstone = { ...bad, text: '', hidden: true, dominantEmotion: null };
  const scores = hideChat.emotions.map(({ score }) => score);
  expect(hideChat).toEqual({ ...tombstone, emotions: hideChat.emotions });
  expect(scores).toEqual(scores.map(() => 0));
  await until(() => page.items.some(({ chatHidden }) => chatHidden.id === bad.id), 'the page receives the hidden message');
  expect(page.items.find(({ chatHidden }) => chatHidden.id === bad.id)?.chatHidden).toEqual(hideChat);

  const seen = async (of: TestApp) => {
    const late = of.subscribe(NewChatDocument, { room: id, after: before.cursor });
    await until(() => late.items.length >= 2, 'the replay after hiding');
    const history = (await of.ask(ChatsDocument, { room: id, first: 100 })).chats.edges.map(({ node }) => node);
    const own = (await of.ask(ChatLogsDocument, { pageSize: 100 }, author.accessToken)).chatLogs.items;
    return [late.items.map(({ newChat }) => newChat), await recent(id, of), history, own];
  };
  for (const list of await seen(app)) {
    expect(list.find((chat) => chat.id === bad.id)).toEqual(hideChat);
    expect(list.find((chat) => chat.id === after.id)).toEqual(after);
    expect(JSON.stringify(list)).not.toContain('unkind words');
  }
  expect((await sends(author, 'the unkind words', id, 'other')).errors).toEqual([]);
  app = await app.restart();
  for (const list of await seen(app)) expect(list.find((chat) => chat.id === bad.id)).toEqual(hideChat);
});

test('muteAuthor refuses new messages in every room, still answers repeated ones, and ends with unmuteAuthor', async () => {
  const author = await app.person();
  const sent = await sends(author, 'first', 'main', 'c1');
  const chatId = sent.data?.sendChat.id ?? '';
  await app.ask(MuteAuthorDocument, { chatId, minutes: 5, reason }, moderator.accessToken);
  expect(code(await sends(author, 'second', await room()))).toEqual({
    code: 'FORBIDDEN',
    reason: 'MUTED',
    until: expect.any(String) as string,
  });
  expect((await sends(author, 'first', 'main', 'c1')).data?.sendChat.id).toBe(chatId);
  expect((await app.ask(RecentChatsDocument, {})).recentChats.items.map(({ text }) => text)).not.toContain('second');
  await app.ask(UnmuteAuthorDocument, { chatId }, moderator.accessToken);
  expect((await sends(author, 'third', 'main')).errors).toEqual([]);
  const wrong = await app.post(MuteAuthorDocument, { chatId, minutes: 0, reason }, moderator.accessToken);
  expect(code(wrong)).toMatchObject({ field: 'minutes' });
});

test('the word filter of a room masks or refuses English and Korean insults', async () => {
  const id = await room();
  const author = await app.person();
  const set = (wordFilter: 'OFF' | 'MASK' | 'REFUSE') => app.ask(UpdateRoomDocument, { id, wordFilter }, moderator.accessToken);
  expect((await app.send(author, 'what a fuck', id)).text).toBe('what a fuck');
  await set('MASK');
  expect((await app.send(author, 'what a fuck, 시1발 진짜', id, 'masked')).text).toBe('what a ****, *** 진짜');
  expect((await app.send(author, 'what a fuck, 시1발 진짜', id, 'masked')).text).toBe('what a ****, *** 진짜');
  await set('REFUSE');
  expect(code(await sends(author, '이 병신아', id))).toEqual({ code: 'BAD_USER_INPUT', field: 'text' });
  expect((await sends(author, '다시 발표하는 시발점, 새끼 고양이', id)).errors).toEqual([]);
  expect((await app.send(author, 'what a fuck', 'main')).text).toBe('what a fuck');
});

test('the audit log records actor, action, subject and details of every action', async () => {
  const id = await room();
  const author = await app.person();
  const chat = await app.send(author, 'words', id);
  await app.ask(ReportChatDocument, { id: chat.id, reason: 'first' }, author.accessToken);
  await app.ask(MuteAuthorDocument, { chatId: chat.id, minutes: 1, reason: 'second' }, moderator.accessToken);
  await app.ask(HideChatDocument, { id: chat.id, reason: 'third' }, moderator.accessToken);
  await app.ask(UpdateRoomDocument, { id, slowModeSeconds: 7 }, moderator.accessToken);
  const read = async (first: number, before?: string) =>
    (await app.ask(AuditLogDocument, { first, ...(before && { before }) }, moderator.accessToken)).auditLog;
  const newest = await read(2);
  const older = await read(2, newest.at(-1)?.id);
  expect([...newest, ...older].map(({ actor, action, subject, details }) => [actor, action, subject, details])).toEqual([
    ['warden', 'UPDATE_ROOM', id, '{"slowModeSeconds":7}'],
    ['warden', 'HIDE_CHAT', chat.id, 'third'],
    ['warden', 'MUTE_AUTHOR', chat.id, '1 minutes: second'],
    ['', 'REPORT_CHAT', chat.id, 'first'],
  ]);
});

test('deleteAccount ends sessions, erases texts and names on messages, and keeps the username reserved', async () => {
  const [open, anonymous] = [await room(), await room(true)];
  const person = await app.person('leaver');
  const stays = await app.person();
  const named = await app.send(person, 'my secret', open);
  await app.send(person, 'my other secret', anonymous);
  await app.send(stays, 'of another', open);

  const wrong = await app.post(DeleteAccountDocument, { password: 'not-the-one-1' }, person.accessToken);
  expect(code(wrong)).toEqual({ code: 'BAD_USER_INPUT', field: 'password' });
  expect(await app.ask(DeleteAccountDocument, { password: PASSWORD }, person.accessToken)).toEqual({ deleteAccount: true });

  expect(code(await app.post(MeDocument, {}, person.accessToken))).toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(code(await app.post(LoginDocument, { input: { login: 'leaver', password: PASSWORD } }))).toMatchObject({
    reason: 'WRONG_CREDENTIALS',
  });
  await until(async () => [...(await recent(open)), ...(await recent(anonymous))].filter((c) => c.hidden).length === 2, 'erased');
  await until(async () => !JSON.stringify(await recent(open)).includes('leaver'), 'the name is gone from the messages');
  const items = await recent(open);
  expect(items.map(({ author, text }) => [author, text])).toEqual([
    ['(deleted)', ''],
    [stays.username, 'of another'],
  ]);
  expect(items[0]).toMatchObject({ id: named.id, cursor: named.cursor, sentAt: named.sentAt });
  await expect(app.person('LEAVER')).rejects.toThrow('USERNAME_TAKEN');
});

describe('an author', () => {
  /** Messages, their shown feelings, and what the mood counts, as everybody sees them. */
  const shown = async (id: string) => {
    const { recentChats, mood } = await app.ask(SaidFeelingsDocument, { room: id });
    const scores = mood.scores.filter(({ score }) => score > 0).map(({ emotion, score }) => [emotion, score]);
    const { messageCount, saidShare } = mood;
    return { feelings: recentChats.items.map(({ shownEmotion }) => shownEmotion), messageCount, saidShare, scores };
  };

  test('says and corrects what a message feels, and the mood follows, also after the message was stored and after a restart', async () => {
    const id = await room();
    const author = await app.person();
    const input = { clientMessageId: 'said', room: id, text: '1234', feeling: 'HOPE' as const };
    const { sendChat } = await app.ask(SendChatDocument, { input }, author.accessToken);
    expect(sendChat.dominantEmotion).toBeNull();
    const hope = { feelings: ['HOPE'], messageCount: 1, saidShare: 1, scores: [['HOPE', 1]] };
    expect(await shown(id)).toEqual(hope);
    const { id: chatId } = (await app.ask(SendChatDocument, { input: { ...input, feeling: 'ANGER' } }, author.accessToken))
      .sendChat;
    expect(await shown(id)).toEqual(hope);
    const set = (feeling: 'CALM' | null) => app.ask(SetFeelingDocument, { id: chatId, feeling }, author.accessToken);
    expect((await set('CALM')).setFeeling).toMatchObject({ id: chatId, feeling: 'CALM', shownEmotion: 'CALM' });
    const calm = { ...hope, feelings: ['CALM'], scores: [['CALM', 1]] };
    expect(await shown(id)).toEqual(calm);
    app = await app.restart();
    expect(await shown(id)).toEqual(calm);
    await set(null);
    expect(await shown(id)).toMatchObject({ feelings: [null], messageCount: 1, saidShare: 0 });

    const other = await app.person();
    const fails = async (to: string, by = author) =>
      code(await app.post(SetFeelingDocument, { id: to, feeling: 'JOY' }, by.accessToken));
    expect(await fails(chatId, other)).toEqual({ code: 'FORBIDDEN' });
    expect(await fails('unknown')).toEqual({ code: 'NOT_FOUND' });
    const answer = await app.post(
      SendChatDocument,
      { input: { ...input, clientMessageId: 'q', answers: 'unknown' } },
      author.accessToken,
    );
    expect(code(answer)).toEqual({ code: 'BAD_USER_INPUT', field: 'answers' });
  });

  test('takes a message back: pages, replays, reports and moods forget it, and nothing is audited', async () => {
    const id = await room();
    const [author, other] = [await app.person(), await app.person()];
    const audited = await app.ask(AuditLogDocument, { first: 1 }, moderator.accessToken);
    const kept = await app.send(author, '1', id);
    const input = { clientMessageId: 'regretted', room: id, text: 'words that are regretted', feeling: 'ANGER' as const };
    const { sendChat } = await app.ask(SendChatDocument, { input }, author.accessToken);
    const page = app.subscribe(ChatHiddenDocument, { room: id });
    await until(async () => {
      const probe = await app.send(author, 'probe', id);
      await app.ask(TakeBackDocument, { id: probe.id }, author.accessToken);
      return page.items.length > 0;
    }, 'the page receives messages that are taken back');

    const takeBack = async (by: Person) => app.post(TakeBackDocument, { id: sendChat.id }, by.accessToken);
    expect(code(await takeBack(other))).toEqual({ code: 'FORBIDDEN' });
    const tombstone = { id: sendChat.id, cursor: sendChat.cursor, text: '', hidden: true, feeling: null, shownEmotion: null };
    expect((await takeBack(author)).data?.takeBack).toMatchObject(tombstone);
    expect((await takeBack(author)).data?.takeBack).toMatchObject(tombstone);
    expect(code(await app.post(TakeBackDocument, { id: 'unknown' }, author.accessToken))).toEqual({ code: 'NOT_FOUND' });
    await until(() => page.items.some(({ chatHidden }) => chatHidden.id === sendChat.id), 'the page receives the tombstone');

    const seen = async () => {
      const late = app.subscribe(NewChatDocument, { room: id, after: kept.cursor });
      await until(() => late.items.length > 0, 'the replay');
      const own = (await app.ask(ChatLogsDocument, { pageSize: 100 }, author.accessToken)).chatLogs.items;
      return JSON.stringify([late.items, await recent(id), own]);
    };
    expect(await seen()).not.toContain('regretted');
    expect(await shown(id)).toMatchObject({ messageCount: 1, saidShare: 0 });
    expect(await app.ask(AuditLogDocument, { first: 1 }, moderator.accessToken)).toEqual(audited);
    app = await app.restart();
    expect(await seen()).not.toContain('regretted');
    expect(await shown(id)).toMatchObject({ messageCount: 1, saidShare: 0 });
  });
});
