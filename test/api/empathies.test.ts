import { PASSWORD, TestApp, type Person } from '../support/app';
import {
  ChatChangedDocument,
  ChatDocument,
  ChatMarksDocument,
  ChatStatesDocument,
  DeleteAccountDocument,
  HideChatDocument,
  MuteAuthorDocument,
  RecentStatesDocument,
  SetEmpathyDocument,
  type Empathy,
} from '../support/generated/graphql';
import { until } from '../support/until';

interface Counted {
  readonly empathies: readonly { readonly count: number }[];
}

let app: TestApp;
let author: Person;
let reader: Person;
let moderator: Person;
beforeAll(async () => {
  app = await TestApp.start({ MODERATORS: 'gardener', RATE_LIMITS: 'off' });
  [author, reader, moderator] = [await app.person(), await app.person(), await app.person('gardener')];
});

const reason = 'unkind to somebody';
const press = (person: Person, chatId: string, empathy: Empathy | null) =>
  app.post(SetEmpathyDocument, { chatId, empathy }, person.accessToken);
const code = (answer: { errors: readonly { extensions: Record<string, unknown> }[] }) => answer.errors[0]?.extensions['code'];
const counts = (state: Counted | null | undefined) => state?.empathies.map(({ count }) => count);
const current = async (id: string) => (await app.ask(ChatDocument, { id })).chat;

test('setEmpathy counts one empathy for each person and message, and null takes it away', async () => {
  const other = await app.person();
  const { id } = await app.send(author, 'a long day');
  expect((await press(reader, id, 'HUG')).data?.setEmpathy).toEqual({
    id,
    text: 'a long day',
    hidden: false,
    empathies: [
      { empathy: 'ME_TOO', count: 0 },
      { empathy: 'HUG', count: 1 },
      { empathy: 'CHEER', count: 0 },
    ],
  });
  await press(reader, id, 'HUG');
  await press(other, id, 'HUG');
  await press(other, id, 'ME_TOO');
  expect(counts(await current(id))).toEqual([1, 1, 0]);
  const [recent] = (await app.ask(RecentStatesDocument, { first: 1 })).recentChats.items;
  const [edge] = (await app.ask(ChatStatesDocument, { first: 1 })).chats.edges;
  expect([recent, edge?.node].map(counts)).toEqual([
    [1, 1, 0],
    [1, 1, 0],
  ]);
  await press(reader, id, null);
  expect(counts(await current(id))).toEqual([1, 0, 0]);
});

test('setEmpathy is refused on one’s own message, on an unknown or hidden one, and without a token', async () => {
  const own = await app.send(author, 'mine');
  const hidden = await app.send(author, 'unkind');
  await press(reader, hidden.id, 'HUG');
  await app.ask(HideChatDocument, { id: hidden.id, reason }, moderator.accessToken);
  expect(code(await press(author, own.id, 'CHEER'))).toBe('FORBIDDEN');
  expect(code(await press(reader, hidden.id, 'CHEER'))).toBe('NOT_FOUND');
  expect(code(await press(reader, 'unknown', 'CHEER'))).toBe('NOT_FOUND');
  expect(code(await press(reader, 'no id at all', null))).toBe('NOT_FOUND');
  expect(code(await app.post(SetEmpathyDocument, { chatId: own.id, empathy: 'HUG' }))).toBe('UNAUTHENTICATED');
  expect(counts(await current(hidden.id))).toEqual([0, 0, 0]);
  expect(counts(await current(own.id))).toEqual([0, 0, 0]);
});

test('a muted account can take its empathy away but not press another', async () => {
  const muted = await app.person();
  const own = await app.send(muted, 'shouting');
  const { id } = await app.send(author, 'quiet');
  await press(muted, id, 'HUG');
  await app.ask(MuteAuthorDocument, { chatId: own.id, minutes: 5, reason }, moderator.accessToken);
  expect((await press(muted, id, 'CHEER')).errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'MUTED' });
  expect((await press(muted, id, null)).errors).toEqual([]);
});

test('chatMarks tells the viewer alone which messages are their own and what they pressed, in the order of the ids', async () => {
  const mine = await app.send(reader, 'my own');
  const pressed = await app.send(author, 'pressed');
  const other = await app.send(author, 'not pressed');
  await press(reader, pressed.id, 'CHEER');
  const ids = ['unknown', pressed.id, mine.id, 'no id', other.id, pressed.id];
  const marks = async (person: Person) => (await app.ask(ChatMarksDocument, { ids }, person.accessToken)).chatMarks;
  expect(await marks(reader)).toEqual([
    { chatId: 'unknown', mine: false, empathy: null },
    { chatId: pressed.id, mine: false, empathy: 'CHEER' },
    { chatId: mine.id, mine: true, empathy: null },
    { chatId: 'no id', mine: false, empathy: null },
    { chatId: other.id, mine: false, empathy: null },
    { chatId: pressed.id, mine: false, empathy: 'CHEER' },
  ]);
  expect((await marks(author)).map(({ mine: isMine, empathy }) => [isMine, empathy])).toEqual([
    [false, null],
    [true, null],
    [false, null],
    [false, null],
    [true, null],
    [true, null],
  ]);
  const many = Array.from({ length: 101 }, (_, i) => `id-${i}`);
  expect((await app.post(ChatMarksDocument, { ids: many }, reader.accessToken)).errors[0]?.extensions).toMatchObject({
    code: 'BAD_USER_INPUT',
    field: 'ids',
  });
  expect(code(await app.post(ChatMarksDocument, { ids: [] }))).toBe('UNAUTHENTICATED');
});

test('chat answers one message by its id, or null', async () => {
  const { id } = await app.send(author, 'linked to');
  expect(await current(id)).toMatchObject({ id, text: 'linked to', hidden: false });
  expect([await current('unknown'), await current('no id at all')]).toEqual([null, null]);
});

test('chatChanged shows counts and tombstones to everybody as they change, and the newest state last', async () => {
  const { id } = await app.send(author, 'watch this');
  const changes = app.subscribe(ChatChangedDocument, {});
  // Changes of earlier messages may still arrive.
  const last = () => changes.items.findLast(({ chatChanged }) => chatChanged.id === id)?.chatChanged;
  const crowd = await Promise.all(Array.from({ length: 5 }, () => app.person()));
  // The subscription is active once a change arrives.
  await until(async () => {
    await press(reader, id, 'ME_TOO');
    await press(reader, id, 'HUG');
    return last();
  });
  await Promise.all(crowd.map((person) => press(person, id, 'CHEER')));
  await until(() => counts(last())?.join() === '0,1,5');
  await app.ask(HideChatDocument, { id, reason }, moderator.accessToken);
  await until(() => last()?.hidden === true);
  expect(last()).toMatchObject({ id, text: '' });
  expect(counts(last())).toEqual([0, 0, 0]);
  changes.stop();
});

test('deleting an account takes back its empathies', async () => {
  const leaving = await app.person();
  const { id } = await app.send(author, 'goodbye');
  await press(leaving, id, 'HUG');
  await press(reader, id, 'HUG');
  await app.ask(DeleteAccountDocument, { password: PASSWORD }, leaving.accessToken);
  await until(async () => counts(await current(id))?.join() === '0,1,0');
});
