import { parse } from 'graphql';
import { buildAppSchema } from '../../../src/graphql/schema';
import type { Batch } from '../../../src/live/delivery/batch';
import { DeliveryPressure } from '../../../src/live/delivery/delivery-pressure';
import { Connection } from '../../../src/live/delivery/connection';
import { Group, MAX_QUEUED_EVENTS, type Member } from '../../../src/live/delivery/group';
import { LiveSource } from '../../../src/live/live-source';
import { Operations, type Operation } from '../../../src/live/operations';
import { SubscriptionHandle } from '../../../src/live/delivery/subscription-handle';
import type { Transport } from '../../../src/live/delivery/transport';
import { noLiveMetrics } from '../../../src/live/live-metrics';
import { chatOf } from '../../support/memory-log';
import { until } from '../../support/until';

const schema = buildAppSchema();
const QUERY = 'subscription { newChat { text } }';
const operation = new Operations(schema, { maxTokens: 500, rules: [] }).prepare(QUERY, undefined) as Operation;
const newGroup = (pressure = new DeliveryPressure()): Group =>
  new Group(
    { schema, contextValue: {}, formatError: () => ({}), metrics: noLiveMetrics, pressure },
    parse(QUERY),
    {},
    () => undefined,
  );

/** A member whose socket accepts everything at once. */
function join(group: Group): { member: Member; got: string[] } {
  const got: string[] = [];
  const transport: Transport = {
    write: (batch: Batch, first: number, id: string) => {
      for (const message of batch.messages(id, first)) {
        got.push((JSON.parse(String(message)) as { payload: { data: { newChat: { text: string } } } }).payload.data.newChat.text);
      }
    },
    backlog: () => 0,
    onceWritten: () => undefined,
    cork: () => undefined,
    uncork: () => undefined,
  };
  const connection = new Connection('c', transport, () => undefined);
  const member: Member = {
    ...{ connection, group, operation, id: 'm', onLive: undefined, from: group.events },
    ...{ handle: new SubscriptionHandle(() => undefined), source: new LiveSource('newChat', 'main'), isPresent: true },
  };
  group.members.add(member);
  return { member, got };
}

afterEach(() => jest.restoreAllMocks());

const chat = (n: number) => chatOf('e1', n, 'main', `t${n}`);
/** Runs steps without pauses until the member has received the given number of events. */
async function workOff(group: Group, got: readonly string[], count: number): Promise<void> {
  await until(() => {
    while (group.canWork(Infinity))
      group.step(
        Infinity,
        () => undefined,
        () => undefined,
      );
    return got.length >= count;
  });
}
/** Executes the queued events without delivering them. */
async function execute(group: Group): Promise<void> {
  group.step(
    -1,
    () => undefined,
    () => undefined,
  );
  await until(() => group.hasReady);
}

it('a member that joins while events wait for delivery receives only later events', async () => {
  const group = newGroup();
  const early = join(group);
  group.add(chat(1));
  await execute(group);
  const late = join(group);
  group.add(chat(2));
  await workOff(group, early.got, 2);
  expect([early.got, late.got]).toEqual([['t1', 't2'], ['t2']]);
});

it('a member that joins during a delivery is not part of it, and one that leaves receives nothing more', async () => {
  const group = newGroup();
  const members = Array.from({ length: 200 }, () => join(group));
  group.add(chat(1));
  await execute(group);
  group.step(
    Infinity,
    () => undefined,
    () => undefined,
  );
  expect([members[0]?.got, members[199]?.got]).toEqual([['t1'], []]);
  const late = join(group);
  group.members.delete((members[198] as { member: Member }).member);
  group.add(chat(2));
  await workOff(group, late.got, 1);
  expect(late.got).toEqual(['t2']);
  expect(members[198]?.got).toEqual([]);
  expect(members.filter(({ got }) => got.join() === 't1,t2')).toHaveLength(199);
});

it('events that arrive during a delivery are sent together in the next one', async () => {
  const group = newGroup();
  const { got } = join(group);
  for (let n = 1; n <= 1_000; n++) group.add(chat(n));
  await workOff(group, got, 1_000);
  expect(got).toEqual(Array.from({ length: 1_000 }, (_, i) => `t${i + 1}`));
});

it('under pressure events that follow each other closely wait for others, and a rare one does not', async () => {
  const pressure = new DeliveryPressure();
  // In the future, so that it lasts.
  pressure.add(1_000, 1, performance.now() + 1e6);
  const [rare, close] = [newGroup(pressure), newGroup(pressure)];
  const { got } = join(rare);
  join(close);
  rare.add(chat(1));
  await execute(rare);
  expect(rare.canWork(performance.now())).toBe(true);
  const before = performance.now();
  for (let n = 1; n <= 30; n++) close.add(chat(n));
  await execute(close);
  expect(close.canWork(before + 10)).toBe(false);
  await workOff(rare, got, 1);
});

it('under pressure an event is delivered together with the last one of its window, whose execution has only begun', async () => {
  let now = 1_000;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  const pressure = new DeliveryPressure();
  const group = newGroup(pressure);
  const { got } = join(group);
  const step = (): void => {
    group.step(
      now,
      () => undefined,
      () => undefined,
    );
  };
  for (let n = 1; n <= 60; n++, now += 10) group.add(chat(n));
  await workOff(group, got, 60);
  // In the future, so that it lasts: the window is 25 ms.
  pressure.add(1_000, 1, 1e6);
  group.add(chat(61));
  await execute(group);
  now += 20;
  group.add(chat(62));
  step();
  step();
  expect(got).toHaveLength(60);
  await until(() => group.canWork(now));
  step();
  expect(got.slice(60)).toEqual(['t61', 't62']);
});

it('refuses events beyond MAX_QUEUED_EVENTS', () => {
  const group = newGroup();
  join(group);
  for (let n = 0; n < MAX_QUEUED_EVENTS; n++) expect(group.add(chat(n))).toBe(true);
  expect(group.add(chat(0))).toBe(false);
});
