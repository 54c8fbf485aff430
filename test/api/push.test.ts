import { PASSWORD, TestApp, type Person } from '../support/app';
import {
  DeleteAccountDocument,
  EnterAsGuestDocument,
  InsightDocument,
  PushKeyDocument,
  SubscribePushDocument,
  UnsubscribePushDocument,
} from '../support/generated/graphql';
import { FakePushService, type PushInput } from '../support/push-service';
import { until } from '../support/until';

const DAY = 24 * 3_600_000;
/** Ten in the morning in Seoul: ten minutes after the schedule has fired. */
const clock = { at: Date.UTC(2026, 5, 10, 1, 0) };
const NOTE = '오늘은 숲이 참 조용했어요';
let service: FakePushService;
let app: TestApp;
let person: Person;

beforeAll(async () => {
  service = await FakePushService.start();
  const env = { PUSH_CONTACT: 'mailto:wall@example.org', PUSH_HOSTS: `push.example,${service.host}`, JWT_EXPIRES_IN: '90d' };
  app = await TestApp.start(env, { clock: { now: () => clock.at }, pushCa: service.ca });
  person = await app.person();
  await app.app.runInsights(clock.at);
});

const subscribe = (who: Person, subscription: PushInput, language = 'ko') =>
  app.post(SubscribePushDocument, { subscription }, who.accessToken, { 'accept-language': language });
/** Writes the letter of the next day. */
async function nextLetter(): Promise<void> {
  clock.at += DAY;
  await app.app.runInsights(clock.at);
}
const refusal = (answer: Awaited<ReturnType<typeof subscribe>>) => answer.errors[0]?.extensions;

test('a browser gets one encrypted message for a letter, in its language, without a word of a note, also after a restart', async () => {
  const { data } = await app.post(EnterAsGuestDocument, {});
  const guest = { ...person, accessToken: data?.enterAsGuest.accessToken ?? '' };
  expect((await subscribe(person, service.browser('phone'))).data).toEqual({ subscribePush: true });
  expect((await subscribe(guest, service.browser('laptop'), 'en-GB')).errors).toEqual([]);
  await app.send(person, NOTE);
  await nextLetter();
  await until(() => service.received.length === 2, 'both browsers are notified');
  const { insight } = await app.ask(InsightDocument, {});
  const { pushKey } = await app.ask(PushKeyDocument, {});
  const [phone, laptop] = ['phone', 'laptop'].map((name) => service.received.find((push) => push.name === name));
  const url = `/letters?room=main&letter=${encodeURIComponent(insight?.id ?? '')}`;
  expect(phone?.payload).toEqual({ title: '정글 버즈', body: '어제의 편지가 도착했어요', tag: 'letter', lang: 'ko', url });
  expect(laptop?.payload).toEqual({
    title: 'Jungle Buzz',
    body: 'Yesterday’s letter has arrived',
    tag: 'letter',
    lang: 'en',
    url,
  });
  expect(phone).toMatchObject({
    topic: 'letter',
    key: pushKey,
    claims: { sub: 'mailto:wall@example.org', aud: `https://${service.host}` },
  });

  app = await app.restart({ clock: { now: () => clock.at }, pushCa: service.ca });
  expect((await app.ask(PushKeyDocument, {})).pushKey).toBe(pushKey);
  await nextLetter();
  await until(() => service.received.length === 4, 'both browsers are notified of the next letter');
  expect(service.names()).toEqual(['laptop', 'laptop', 'phone', 'phone']);
});

test('an endpoint belongs to the account that subscribed it last, and goes with the account', async () => {
  const [first, second] = [await app.person(), await app.person()];
  const shared = service.browser('shared');
  await subscribe(first, shared);
  await subscribe(second, shared);
  const { endpoint } = shared;
  expect((await app.ask(UnsubscribePushDocument, { endpoint }, first.accessToken)).unsubscribePush).toBe(false);
  await app.ask(DeleteAccountDocument, { password: PASSWORD }, second.accessToken);
  const third = await app.person();
  const own = service.browser('ended');
  await subscribe(third, own);
  expect((await app.ask(UnsubscribePushDocument, { endpoint: own.endpoint }, third.accessToken)).unsubscribePush).toBe(true);
  await nextLetter();
  await until(() => service.names().filter((name) => name === 'phone').length === 3, 'the others are notified');
  expect(service.names()).not.toContain('shared');
  expect(service.names()).not.toContain('ended');
});

test.each([
  ['plain HTTP', { endpoint: 'http://push.example/a' }, 'endpoint'],
  ['a host that PUSH_HOSTS does not name', { endpoint: 'https://push.example.org/a' }, 'endpoint'],
  ['another port', { endpoint: 'https://push.example:8443/a' }, 'endpoint'],
  ['a loopback address', { endpoint: 'https://127.0.0.1/a' }, 'endpoint'],
  ['a user in the URL', { endpoint: 'https://push.example@127.0.0.1/a' }, 'endpoint'],
  ['no URL', { endpoint: 'push.example' }, 'endpoint'],
  ['a key that is no point of the curve', { p256dh: Buffer.alloc(65, 4).toString('base64url') }, 'p256dh'],
  ['a short secret', { auth: 'AAAA' }, 'auth'],
])('refuses %s', async (_, wrong, field) => {
  const subscription = { ...service.browser('x'), endpoint: 'https://push.example/a', ...wrong };
  expect(refusal(await subscribe(person, subscription))).toEqual({ code: 'BAD_USER_INPUT', field });
});

test('needs a token, an existing room and PUSH_CONTACT', async () => {
  const subscription = service.browser('y');
  expect((await app.post(SubscribePushDocument, { subscription })).errors[0]?.extensions).toMatchObject({
    code: 'UNAUTHENTICATED',
  });
  const nowhere = await app.post(SubscribePushDocument, { subscription, room: 'nowhere' }, person.accessToken);
  expect(nowhere.errors[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
  const silent = await TestApp.start();
  expect((await silent.ask(PushKeyDocument, {})).pushKey).toBeNull();
  const somebody = await silent.person();
  const { errors } = await silent.post(SubscribePushDocument, { subscription }, somebody.accessToken);
  expect(errors[0]?.extensions).toEqual({ code: 'FORBIDDEN' });
});
