import { PASSWORD, TestApp, type Person } from '../support/app';
import {
  CreateRoomDocument,
  InsightDocument,
  InsightsDocument,
  LoginDocument,
  MoodDocument,
  MoodTimelineDocument,
  RunInsightDocument,
} from '../support/generated/graphql';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Ten in the morning in Seoul: ten minutes after the schedule has fired. */
const START = Date.UTC(2026, 5, 10, 1, 0);
const clock = { at: START };
let app: TestApp;
let person: Person;

async function begin(): Promise<void> {
  app = await TestApp.start({ ADMINS: 'boss', JWT_EXPIRES_IN: '90d' }, { clock: { now: () => clock.at } });
  person = await app.person();
}
beforeAll(begin);

const run = () => app.app.runInsights(clock.at);

test('messages have the scores of all eight emotions and the dominant one', async () => {
  const happy = await app.send(person, '오늘 정말 행복해요! 너무 기뻐요');
  expect(happy.emotions.map(({ emotion }) => emotion)).toEqual([
    'JOY',
    'LOVE',
    'CALM',
    'HOPE',
    'SADNESS',
    'ANGER',
    'ANXIETY',
    'WEARINESS',
  ]);
  expect(happy.dominantEmotion).toBe('JOY');
  expect((await app.send(person, 'I am so sad and heartbroken')).dominantEmotion).toBe('SADNESS');
  expect((await app.send(person, 'the meeting is at 2')).dominantEmotion).toBeNull();
});

test('the mood is the mean over whole minutes up to the current one', async () => {
  const { mood } = await app.ask(MoodDocument, { minutes: 60 });
  expect(mood).toMatchObject({ room: 'main', messageCount: 3 });
  expect(mood.windowEnd).toBe(new Date(START + 60_000).toISOString());
  expect(mood.windowStart).toBe(new Date(START + 60_000 - HOUR).toISOString());
  const scores = Object.fromEntries(mood.scores.map(({ emotion, score }) => [emotion, score]));
  expect(scores['JOY']).toBeGreaterThan(0);
  clock.at += 2 * HOUR;
  expect((await app.ask(MoodDocument, { minutes: 60 })).mood).toMatchObject({
    messageCount: 0,
    valence: 0,
    dominantEmotion: null,
  });
});

test('the timeline has a mood per hour and per day of Seoul, empty buckets included', async () => {
  const range = { from: new Date(START - HOUR).toISOString(), to: new Date(START + 2 * HOUR).toISOString() };
  const hours = (await app.ask(MoodTimelineDocument, { ...range, bucket: 'HOUR' })).moodTimeline;
  expect(hours.map(({ messageCount }) => messageCount)).toEqual([0, 3, 0]);
  const days = (await app.ask(MoodTimelineDocument, { ...range, bucket: 'DAY' })).moodTimeline;
  expect(days).toHaveLength(1);
  expect(days[0]).toMatchObject({
    messageCount: 3,
    windowStart: '2026-06-09T15:00:00.000Z',
    windowEnd: '2026-06-10T15:00:00.000Z',
  });
});

test.each([
  ['minutes', { query: '{ mood(minutes: 0) { valence } }' }],
  ['minutes', { query: '{ mood(minutes: 10081) { valence } }' }],
  ['to', { query: '{ moodTimeline(from: "2026-01-02T00:00:00Z", to: "2026-01-01T00:00:00Z") { valence } }' }],
  ['to', { query: '{ moodTimeline(from: "2020-01-01T00:00:00Z", to: "2026-01-01T00:00:00Z") { valence } }' }],
  ['first', { query: '{ insights(first: 101) { edges { cursor } } }' }],
  ['after', { query: '{ insights(after: "garbage") { edges { cursor } } }' }],
])('an invalid %s is refused with its field name: %j', async (field, body) => {
  expect((await app.postRaw(body)).errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', field });
});

test('the app says when the next letter is due', () => {
  expect(app.app.nextLetter).toEqual(new Date('2026-06-11T00:50:00Z'));
});

test('there is no insight before the first window has ended', async () => {
  await run();
  expect((await app.ask(InsightDocument, {})).insight).toBeNull();
});

test('each window gets one letter, missed windows are backfilled in order, and a second run changes nothing', async () => {
  await app.ask(CreateRoomDocument, { input: { id: 'quiet', title: 'Quiet' } }, person.accessToken);
  clock.at = START + 3 * DAY;
  await run();
  await run();
  const { insights } = await app.ask(InsightsDocument, { first: 10 });
  expect(insights.edges.map(({ node }) => node.windowEnd)).toEqual(
    [3, 2, 1].map((days) => new Date(START + days * DAY - 10 * 60_000).toISOString()),
  );
  for (const [i, { node }] of insights.edges.slice(0, -1).entries()) {
    expect(node.windowStart).toBe(insights.edges[i + 1]?.node.windowEnd);
  }
  const first = insights.edges.at(-1)?.node;
  expect(first).toMatchObject({ messageCount: 3, participantCount: 1, scheduled: true, source: 'LOCAL', room: 'main' });
  expect(first?.letter).toMatch(/3개|3 notes/);
  for (const text of ['행복해요! 너무 기뻐요', 'so sad and heartbroken', 'meeting is at 2'])
    expect(first?.letter).not.toContain(text);
  expect(insights.edges[0]?.node).toMatchObject({ messageCount: 0 });
  const metrics = await (await fetch(new URL('/metrics', app.app.urls.http))).text();
  expect(metrics).toContain('jungle_buzz_insight_letters_total{source="LOCAL"} 3\n');
  expect((await app.ask(InsightDocument, {})).insight?.id).toBe(insights.edges[0]?.node.id);
  expect((await app.ask(InsightDocument, { room: 'quiet' })).insight).toBeNull();
});

test('letters are paged and kept over a restart', async () => {
  const all = await app.ask(InsightsDocument, { first: 10 });
  app = await app.restart({ clock: { now: () => clock.at } });
  const one = await app.ask(InsightsDocument, { first: 1 });
  expect(one.insights.pageInfo.hasNextPage).toBe(true);
  const rest = await app.ask(InsightsDocument, { first: 10, after: one.insights.pageInfo.endCursor ?? null });
  expect([...one.insights.edges, ...rest.insights.edges]).toEqual(all.insights.edges);
  expect(rest.insights.pageInfo.hasNextPage).toBe(false);
});

test('an administrator can have the time since the last window analysed, which moves no window and is not listed', async () => {
  const { errors } = await app.post(RunInsightDocument, {}, person.accessToken);
  expect(errors[0]?.extensions).toEqual({ code: 'FORBIDDEN' });
  const boss = await app.person('Boss');
  const before = await app.ask(InsightsDocument, {});
  await app.send(person, '새로운 하루, 기대돼요');
  clock.at += 1_000;
  const { runInsight } = await app.ask(RunInsightDocument, {}, boss.accessToken);
  expect(runInsight).toMatchObject({ scheduled: false, room: 'main', messageCount: 1 });
  expect(runInsight.windowStart).toBe(before.insights.edges[0]?.node.windowEnd);
  expect(await app.ask(InsightsDocument, {})).toEqual(before);
});

const ASK = 'mutation ($text: String!) { askQuestion(room: "main", text: $text) { id text askedAt } }';
const ANSWER = 'mutation ($input: SendChatInput!) { sendChat(input: $input) { answers } }';
const LETTER = `{ insight(room: "main") { locale letter answerCount facts
  ko: letterIn(locale: "ko") en: letterIn(locale: "en") other: letterIn(locale: "fr") } }`;

interface BothLetters {
  readonly insight: Record<'locale' | 'letter' | 'ko' | 'en', string> & { answerCount: number; facts: string[]; other: null };
}

test('moderators ask a question, notes answer it, and the next letter tells in both languages what they have in common', async () => {
  clock.at += DAY;
  await run();
  const variables = { text: '비 오는 날 무엇을 마시나요?' };
  const refused = await app.postRaw({ query: ASK, variables }, person.accessToken);
  expect(refused.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  const { login } = await app.ask(LoginDocument, { input: { login: 'Boss', password: PASSWORD } });
  const { accessToken } = login;
  const asked = await app.postRaw<{ askQuestion: { id: string; text: string } }>({ query: ASK, variables }, accessToken);
  expect(asked.data?.askQuestion.text).toBe(variables.text);
  const room = await app.postRaw<{ room: { question: { id: string } } }>({ query: '{ room(id: "main") { question { id } } }' });
  expect(room.data?.room.question.id).toBe(asked.data?.askQuestion.id);
  const texts = ['저는 커피를 마셔요', '따뜻한 커피가 좋아요', '커피 한 잔이면 행복해요'];
  for (const [i, text] of texts.entries()) {
    const { accessToken: token } = await app.person();
    const input = { clientMessageId: `answer-${i}`, room: 'main', text, answers: asked.data?.askQuestion.id };
    const sent = await app.postRaw<{ sendChat: { answers: string } }>({ query: ANSWER, variables: { input } }, token);
    expect(sent.data?.sendChat.answers).toBe(asked.data?.askQuestion.id);
  }
  clock.at += DAY;
  await run();
  const { insight } = (await app.postRaw<BothLetters>({ query: LETTER })).data ?? {};
  expect(insight).toMatchObject({ locale: 'ko', answerCount: 3, other: null });
  expect(insight?.letter).toBe(insight?.ko);
  expect(insight?.ko).toMatch(/답이? ?세 개|답 세 개|답은 세 개/);
  expect(insight?.ko).toContain('커피');
  expect(insight?.en).toMatch(/three answers/i);
  for (const text of texts) expect(`${insight?.ko ?? ''}${insight?.en ?? ''}`).not.toContain(text);
});
