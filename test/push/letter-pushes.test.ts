import type { LmdbEngine } from '../../src/adapters/lmdb/open-lmdb';
import type { Insight } from '../../src/domain/insight';
import { InProcessBus } from '../../src/adapters/in-process/bus';
import { silentLogger } from '../../src/ports/logger';
import type { PushService } from '../../src/ports/push-service';
import { LetterPushes, MAX_IN_FLIGHT } from '../../src/push/letter-pushes';
import { QuietHours } from '../../src/push/quiet-hours';
import { insight } from '../contracts/samples';
import { closeEngine, openEngine } from '../support/engine';
import { tempDir } from '../support/temp-dir';
import { until } from '../support/until';

const HOUR = 3_600_000;
/** Ten in the morning in Seoul. */
const MORNING = Date.UTC(2026, 5, 10, 1, 0);
const NEVER = new AbortController().signal;
const SEEN = { topic: 'letter' };

/** Pushes on a folder, with a service that `answer` speaks for. */
async function setup(answer: (name: string) => Promise<'accepted' | 'gone'>, dataDir = tempDir()) {
  const time = { now: MORNING };
  const clock = { now: () => time.now };
  const engine = await openEngine({ dataDir, clock });
  const sent: string[] = [];
  const service: PushService = {
    send: async ({ endpoint }, message) => {
      const name = new URL(endpoint).pathname.slice(1);
      expect(message).toMatchObject(SEEN);
      sent.push(name);
      return answer(name);
    },
  };
  const quietHours = new QuietHours('Asia/Seoul');
  const bus = new InProcessBus(silentLogger);
  const outsiders = new Set<string>();
  const mayRead = (userId: string) => Promise.resolve(!outsiders.has(userId));
  const rest = { bus, quietHours, mayRead, clock, logger: silentLogger, lease: engine.lease, holder: 'h' };
  const pushes = new LetterPushes({ store: engine.pushStore, insights: engine.insightStore, service, ...rest });
  return { engine, pushes, sent, time, dataDir, outsiders };
}

const accept = () => Promise.resolve('accepted' as const);
const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `b${String(i).padStart(3, '0')}`);
async function subscribe(engine: LmdbEngine, list: readonly string[], room = 'main'): Promise<void> {
  const target = (name: string) => ({ endpoint: `https://push.example/${name}`, p256dh: 'k', auth: 'a' });
  const at = MORNING - HOUR;
  await Promise.all(list.map((name) => engine.pushStore.subscribe(target(name), { userId: 'u', locale: 'ko' }, room, at)));
}
async function store(engine: LmdbEngine, end: number, room = 'main'): Promise<void> {
  const window = { start: end - 24 * HOUR, end };
  const letter: Insight = { ...insight('', 1), id: `${room}:${end}`, room, window, createdAt: end, scheduled: true };
  await engine.insightStore.put(letter, 1);
  await engine.insightStore.advance({ doneUntil: end }, 1);
}

test('each browser is notified once of a letter, and once a day of several rooms', async () => {
  const { engine, pushes, sent, time } = await setup(accept);
  await subscribe(engine, ['a', 'b']);
  await subscribe(engine, ['b', 'c'], 'garden');
  await pushes.run(NEVER);
  expect(sent).toEqual([]);
  await store(engine, MORNING, 'garden');
  await store(engine, MORNING);
  await pushes.run(NEVER);
  expect(sent.sort()).toEqual(['a', 'b', 'c']);
  time.now += HOUR;
  await store(engine, time.now);
  await pushes.run(NEVER);
  expect(sent).toHaveLength(3);
  time.now = MORNING + 24 * HOUR;
  await store(engine, time.now);
  await pushes.run(NEVER);
  expect(sent.sort()).toEqual(['a', 'a', 'b', 'b', 'c']);
});

test('a letter of the night waits until seven', async () => {
  const { engine, pushes, sent, time } = await setup(accept);
  await subscribe(engine, ['a']);
  const night = MORNING + 12.5 * HOUR;
  await store(engine, night);
  for (time.now = night; time.now < MORNING + 21 * HOUR; time.now += HOUR / 2) await pushes.run(NEVER);
  expect(sent).toEqual([]);
  time.now = MORNING + 21 * HOUR;
  await pushes.run(NEVER);
  expect(sent).toEqual(['a']);
});

test('an endpoint that is gone is forgotten, and one that fails is tried again with back-off', async () => {
  const status = new Map([['gone', 'gone' as const]]);
  let down = true;
  const { engine, pushes, sent, time } = await setup((name) =>
    name === 'down' && down ? Promise.reject(new Error('503')) : Promise.resolve(status.get(name) ?? 'accepted'),
  );
  await subscribe(engine, ['down', 'gone', 'well']);
  await store(engine, MORNING);
  await pushes.run(NEVER);
  expect(sent.sort()).toEqual(['down', 'gone', 'well']);
  sent.length = 0;
  for (const pause of [30_000, 60_000]) {
    time.now += pause - 1;
    await pushes.run(NEVER);
    expect(sent).toEqual([]);
    time.now += 1;
    down = pause < 60_000;
    await pushes.run(NEVER);
    expect(sent.splice(0)).toEqual(['down']);
  }
  time.now = MORNING + 24 * HOUR;
  await store(engine, time.now);
  await pushes.run(NEVER);
  expect(sent.sort()).toEqual(['down', 'well']);
});

test('at most 16 are in flight, and what a killed worker left is sent by the next one', async () => {
  let open = 0;
  let most = 0;
  let accepted = 0;
  const stuck = new Promise<'accepted'>(() => undefined);
  const killed = await setup(async () => {
    most = Math.max(most, ++open);
    if (accepted >= 48) return stuck;
    accepted++;
    await Promise.resolve();
    open--;
    return 'accepted';
  });
  await subscribe(killed.engine, names(100));
  await store(killed.engine, MORNING);
  void killed.pushes.run(NEVER).catch(() => undefined);
  await until(() => killed.sent.length === 48 + MAX_IN_FLIGHT, 'all places wait for the service');
  await closeEngine(killed.engine);
  expect(most).toBeLessThanOrEqual(MAX_IN_FLIGHT);

  const next = await setup(accept, killed.dataDir);
  await next.pushes.run(NEVER);
  expect([...new Set([...killed.sent.slice(0, 48), ...next.sent])].sort()).toEqual(names(100));
  expect(next.sent.length - 52).toBeLessThanOrEqual(MAX_IN_FLIGHT);
});

test('nobody is notified of a letter that is older than a day', async () => {
  const { engine, pushes, sent, time } = await setup(accept);
  await subscribe(engine, ['a']);
  await store(engine, MORNING);
  time.now = MORNING + 25 * HOUR;
  await pushes.run(NEVER);
  expect(sent).toEqual([]);
});

test('somebody who can no longer read the room is not notified, and loses the subscription to it', async () => {
  const { engine, pushes, sent, outsiders } = await setup(accept);
  await subscribe(engine, ['a']);
  await store(engine, MORNING);
  outsiders.add('u');
  await pushes.run(NEVER);
  expect(sent).toEqual([]);
  expect(await engine.pushStore.rooms()).toEqual([]);
});
