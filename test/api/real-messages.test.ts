import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestApp, type Person } from '../support/app';
import { ChatLogsDocument, ChatsDocument, MeDocument, NewChatDocument, RecentChatsDocument } from '../support/generated/graphql';
import { until } from '../support/until';

/** Real messages from the training data if it is present, otherwise from a committed sample. */
function realMessages(count: number): string[] {
  const folder = [join(__dirname, '../../../shared/data/emotions'), join(__dirname, '../fixtures')].find((path) =>
    existsSync(join(path, 'ko-emotions.tsv')),
  );
  const read = (file: string) =>
    readFileSync(join(folder ?? '', file), 'utf8')
      .split('\n')
      .map((line) => line.split('\t')[0]?.trim() ?? '')
      .filter((text) => text !== '' && [...text].length <= 1000);
  const [korean, english] = [read('ko-emotions.tsv'), read('en-emotions.tsv')];
  return Array.from({ length: count }, (_, i) => {
    const language = i % 2 ? english : korean;
    return language[Math.floor(i / 2) % language.length] ?? '';
  });
}

const PEOPLE = 20;
const MESSAGES = 2_000;
const LANES = 8;

test('2,000 real messages of twenty accounts are complete and in the same order in stream, history and chatLogs', async () => {
  const app = await TestApp.start({ FLUSH_INTERVAL_MS: '100', FLUSH_MAX_MESSAGES: '150' });
  const people: Person[] = [];
  for (let i = 0; i < PEOPLE; i++) people.push(await app.person(`real_${i}`));
  const texts = realMessages(MESSAGES);
  const { recentChats } = await app.ask(RecentChatsDocument, {});
  const stream = app.subscribe(NewChatDocument, { after: recentChats.cursor });

  // Each lane sends for accounts of its own, so the order of every account's messages is known.
  const sent = new Map<string, string[]>(people.map(({ username }) => [username, []]));
  await Promise.all(
    Array.from({ length: LANES }, async (_, lane) => {
      for (let i = lane; i < MESSAGES; i += LANES) {
        const mine = people.filter((_, index) => index % LANES === lane);
        const person = mine[Math.floor(i / LANES) % mine.length] as Person;
        const chat = await app.send(person, texts[i] ?? '');
        sent.get(person.username)?.push(chat.id);
      }
    }),
  );
  await until(() => stream.items.length >= MESSAGES, 'the stream is complete');

  const streamed = stream.items.map(({ newChat }) => newChat);
  expect(streamed).toHaveLength(MESSAGES);
  expect(new Set(streamed.map(({ id }) => id)).size).toBe(MESSAGES);

  const history: unknown[] = [];
  for (let after: string | null = null; ;) {
    const { chats }: { chats: { edges: { node: unknown }[]; pageInfo: { hasNextPage: boolean; endCursor?: string | null } } } =
      await app.ask(ChatsDocument, { first: 100, after });
    history.unshift(...chats.edges.map(({ node }) => node).reverse());
    if (!chats.pageInfo.hasNextPage) break;
    after = chats.pageInfo.endCursor ?? null;
  }
  expect(history).toEqual(streamed);

  const order = new Map(streamed.map(({ id }, i) => [id, i]));
  for (const person of people) {
    const own: string[] = [];
    for (let page = 1; ; page++) {
      const { chatLogs } = await app.ask(ChatLogsDocument, { page, pageSize: 50 }, person.accessToken);
      own.push(...chatLogs.items.map(({ id }) => id));
      if (!chatLogs.hasMore) break;
    }
    expect(own.toReversed()).toEqual(sent.get(person.username));
    expect(own.map((id) => order.get(id))).toEqual(own.map((id) => order.get(id)).sort((a = 0, b = 0) => b - a));
    const { me } = await app.ask(MeDocument, {}, person.accessToken);
    expect(me?.messageCount).toBe(own.length);
  }
  const wanted = texts.map((text) => text.normalize('NFC').trim()).sort();
  expect(streamed.map(({ text }) => text).sort()).toEqual(wanted);
  stream.stop();
}, 120_000);
