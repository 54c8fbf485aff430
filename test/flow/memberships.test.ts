import { InProcessBus } from '../../src/adapters/in-process/bus';
import { Memberships } from '../../src/flow/memberships';
import { Rooms } from '../../src/flow/rooms';
import type { BusEvent } from '../../src/ports/bus';
import { systemClock } from '../../src/ports/clock';
import { silentLogger } from '../../src/ports/logger';
import type { MembershipStore } from '../../src/ports/membership-store';
import { openEngine } from '../support/engine';
import { faulty } from '../support/faulty';

const given = (id: string) => ({ id, title: id, anonymous: false, visibility: 'PUBLIC', guestsMayWrite: true }) as const;

async function setup() {
  const { roomStore, membershipStore: store } = await openEngine();
  const rooms = new Rooms(roomStore, systemClock, 100);
  const reconnects: (() => void)[] = [];
  const bus = new InProcessBus(silentLogger);
  const events: BusEvent[] = [];
  bus.subscribe((event) => void events.push(event));
  let reads = 0;
  const counted = faulty<MembershipStore>(store, (method) => {
    if (method === 'find') reads++;
    return undefined;
  });
  const listening = {
    publish: bus.publish.bind(bus),
    subscribe: bus.subscribe.bind(bus),
    onReconnect: (listener: () => void) => {
      reconnects.push(listener);
      return () => undefined;
    },
  };
  const memberships = new Memberships(counted, rooms, listening);
  return { rooms, store, bus, events, memberships, reads: () => reads, reconnect: () => reconnects.forEach((run) => run()) };
}

test('a room whose creation was interrupted gets its first host when that account asks', async () => {
  const { rooms, memberships, store } = await setup();
  const room = await rooms.create(given('a'), 'u1');
  expect(await store.find('a', 'u1')).toBeUndefined();
  expect(await memberships.roleIn(room, 'u2')).toBeUndefined();
  expect(await memberships.roleIn(room, 'u1')).toBe('HOST');
  expect((await rooms.require('a')).settings.founder).toBeNull();
});

test('a founder who left does not become host again', async () => {
  const { rooms, memberships, store } = await setup();
  const room = await rooms.create(given('a'), 'u1');
  await memberships.completeFounding(room);
  await store.join({ room: 'a', userId: 'u2', role: 'MEMBER', since: 1 });
  await store.setRole('a', 'u2', 'HOST', 1);
  await store.end('a', 'u1', true);
  memberships.changed('a', 'u1');
  expect(await memberships.roleIn(room, 'u1')).toBeUndefined();
  expect(await memberships.roleIn(await rooms.require('a'), 'u1')).toBeUndefined();
});

test('a taken id makes nobody host of the room of somebody else', async () => {
  const { rooms, memberships } = await setup();
  await memberships.completeFounding(await rooms.create(given('a'), 'u1'));
  await expect(rooms.create(given('a'), 'u2')).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await memberships.roleIn(await rooms.require('a'), 'u2')).toBeUndefined();
});

test('a role is read once, and again after an announcement or a reconnect of the bus', async () => {
  const { rooms, memberships, store, bus, reads, reconnect } = await setup();
  await memberships.completeFounding(await rooms.create(given('a'), 'u1'));
  const room = await rooms.require('a');
  const role = () => memberships.roleIn(room, 'u2');
  for (let i = 0; i < 3; i++) expect(await role()).toBeUndefined();
  expect(reads()).toBe(1);
  await store.join({ room: 'a', userId: 'u2', role: 'MEMBER', since: 1 });
  bus.publish({ type: 'membership-changed', room: 'a', userId: 'u2' });
  for (let i = 0; i < 3; i++) expect(await role()).toBe('MEMBER');
  expect(reads()).toBe(2);
  await store.end('a', 'u2', false);
  reconnect();
  for (let i = 0; i < 3; i++) expect(await role()).toBeUndefined();
  expect(reads()).toBe(3);
});

test('a room that takes the id of a deleted one has no roles of it', async () => {
  const { rooms, memberships, store } = await setup();
  await memberships.completeFounding(await rooms.create(given('a'), 'u1'));
  const room = await rooms.require('a');
  expect(await memberships.roleIn(room, 'u1')).toBe('HOST');
  await store.removeRoom('a');
  expect(await memberships.roleIn({ ...room, createdAt: room.createdAt + 1 }, 'u1')).toBeUndefined();
});
