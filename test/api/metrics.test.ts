import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { decodeCursor, encodeCursor } from '../../src/domain/position';
import { Metrics } from '../../src/servers/metrics/metrics';
import { PASSWORD, TestApp } from '../support/app';
import { LoginDocument, NewChatDocument, SendChatDocument } from '../support/generated/graphql';
import { until } from '../support/until';

const TOKEN = 'token-of-prometheus';
let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start({ METRICS_TOKEN: TOKEN, RATE_SAME_TEXT: '1/1h' });
});

const at = (url: string) => new URL('/metrics', url.replace(/^ws/, 'http')).href;
const scrape = (url: string, authorization = `Bearer ${TOKEN}`) => fetch(at(url), { headers: { authorization } });
/** Value of the line that begins like this. */
const value = async (line: string): Promise<number> => {
  const text = await (await scrape(app.app.urls.http)).text();
  const found = text.split('\n').find((each) => each.startsWith(`jungle_buzz_${line} `));
  return Number(found?.split(' ').at(-1) ?? NaN);
};

test('both ports serve the format of Prometheus to requests with the token', async () => {
  for (const url of [app.app.urls.http, app.app.urls.ws]) {
    const answer = await scrape(url);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(await answer.text()).toMatch(/^nodejs_eventloop_lag_seconds /m);
    expect((await scrape(url, 'Bearer wrong')).status).toBe(401);
  }
});

test('sockets, subscriptions, events, deliveries and their latency are counted', async () => {
  const person = await app.person();
  const readers = [app.subscribe(NewChatDocument, {}), app.subscribe(NewChatDocument, {})];
  await until(async () => {
    await app.send(person, `hello ${Math.random()}`);
    return readers.every(({ items }) => items.length > 0);
  }, 'both readers hear of a message');
  expect(await value('sockets')).toBe(2);
  expect(await value('subscriptions{topic="newChat"}')).toBe(2);
  expect(await value('subscription_groups')).toBe(1);
  expect(await value('replays_total')).toBe(2);
  expect(await value('gap_failures_total')).toBe(0);
  expect(await value('events_total{topic="newChat"}')).toBeGreaterThan(0);
  await until(async () => (await value('deliveries_total')) >= 2, 'deliveries are counted');
  expect(await value('delivery_seconds_count')).toBeGreaterThan(0);
  for (const reader of readers) reader.stop();
  await until(async () => (await value('subscriptions{topic="newChat"}')) !== 2, 'ended subscriptions are no longer counted');
});

test('the entries of the log and the stored messages are counted', async () => {
  await app.send(await app.person(), 'into the store');
  await until(async () => (await value('log_depth')) === 0, 'everything is stored');
  expect(await value('log_oldest_seconds')).toBe(0);
  expect(await value('flushes_total')).toBeGreaterThan(0);
  expect(await value('flushed_messages_total')).toBeGreaterThan(0);
  for (const none of ['flush_errors_total', 'dead_letters', 'log_epochs_begun_total', 'log_lost_entries_total']) {
    expect([none, await value(none)]).toEqual([none, 0]);
  }
});

test('a failed replay, a wrong password and a refusal by a rate limit are counted', async () => {
  const person = await app.person();
  const { cursor } = await app.send(person, 'same words');
  const place = decodeCursor(cursor, 'after', 'main');
  const forged = encodeCursor({ ...place, offset: place.offset + 1_000 });
  const lost = app.subscribe(NewChatDocument, { after: forged });
  await until(() => lost.ended, 'the subscription is refused');
  expect(await value('gap_failures_total')).toBe(1);
  await app.post(LoginDocument, { input: { login: person.username, password: `not ${PASSWORD}` } });
  const input = { clientMessageId: 'again', room: 'main', text: 'same words' };
  await app.post(SendChatDocument, { input }, person.accessToken);
  expect(await value('errors_total{code="UNAUTHENTICATED",reason="WRONG_CREDENTIALS"}')).toBe(1);
  expect(await value('rate_limited_total{rate="RATE_SAME_TEXT"}')).toBe(1);
  expect(await value('errors_total{code="RATE_LIMITED",reason=""}')).toBe(1);
});

test('the dashboard and the alerts use existing metrics only', async () => {
  const text = await (await scrape(app.app.urls.http)).text();
  const types = new Map(
    [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]): [string, string] => [String(name), String(type)]),
  );
  const read = (name: string) => readFileSync(join(__dirname, '../../monitoring', name), 'utf8');
  const dashboard = JSON.parse(read('grafana-dashboard.json')) as { panels: { title: string; targets: { expr: string }[] }[] };
  const alerts = parse(read('alerts.yaml')) as { groups: { rules: { alert: string; expr: string }[] }[] };
  const expressions = [
    ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
    ...alerts.groups.flatMap(({ rules }) => rules.map(({ alert, expr }) => [alert, expr] as const)),
  ];
  expect(expressions.length).toBeGreaterThan(30);
  for (const [title, expr] of expressions) {
    const names = expr.match(/\b(?:jungle_buzz|nodejs|process)_\w+/g) ?? [];
    if (title !== 'JungleBuzzDown') expect([title, names.length]).not.toEqual([title, 0]);
    for (const name of names) {
      const base = name.replace(/_bucket$/, '');
      expect([title, name, types.get(base)]).toEqual([title, name, name === base ? types.get(name) : 'histogram']);
      expect([title, name, types.has(base)]).toEqual([title, name, true]);
    }
  }
});

test('two concurrent requests get each value once', async () => {
  const metrics = new Metrics();
  const read = () => new Promise<number>((resolve) => setImmediate(resolve, 3));
  metrics.watch({ name: 'waiting', help: 'read from elsewhere', kind: 'gauge', read });
  const texts = await Promise.all([metrics.text(), metrics.text()]);
  for (const text of texts) expect(text).toMatch(/^jungle_buzz_waiting 3$/m);
});
