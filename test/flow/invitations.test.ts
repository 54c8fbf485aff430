import { InProcessBus } from '../../src/adapters/in-process/bus';
import type { Viewer } from '../../src/domain/user';
import { Access } from '../../src/flow/access';
import { Invitations } from '../../src/flow/invitations';
import { Memberships } from '../../src/flow/memberships';
import { Rooms } from '../../src/flow/rooms';
import type { InviteStore } from '../../src/ports/invite-store';
import { silentLogger } from '../../src/ports/logger';
import type { MembershipStore } from '../../src/ports/membership-store';
import { noRates } from '../../src/ports/rate-limiter';
import { openEngine } from '../support/engine';
import { faulty } from '../support/faulty';

const HOST: Viewer = { userId: 'host', username: 'host', sessionId: 's', expiresAt: Infinity };
const ADDRESS = '192.0.2.1';

/** A private room and an invitation for one. `broken` is the method of a store that fails. */
async function setup(maxUses = 1) {
  const engine = await openEngine();
  const state = { now: 1_000_000, broken: '' };
  const clock = { now: () => state.now };
  const fault = (method: string) => (method === state.broken ? new Error('the process ended here') : undefined);
  const store = faulty<MembershipStore>(engine.membershipStore, fault);
  const invites = faulty<InviteStore>(engine.inviteStore, fault);
  const rooms = new Rooms(engine.roomStore, clock, 100);
  const memberships = new Memberships(store, rooms, new InProcessBus(silentLogger));
  const access = new Access({ rooms, memberships, isGuest: () => Promise.resolve(false) });
  const wrongPerAddress = { name: 'wrong', points: 10, seconds: 60 };
  const invitations = new Invitations({ invites, store, memberships, rooms, access, limiter: noRates, wrongPerAddress, clock });
  const room = await rooms.create({ title: 'a', anonymous: false, visibility: 'PRIVATE', guestsMayWrite: true }, HOST.userId);
  await memberships.completeFounding(room);
  const { code } = await invitations.create(HOST, room.id, 1, maxUses);
  const join = (userId: string) => invitations.join(userId, code, ADDRESS).then(({ id }) => id);
  const memberIds = async () => (await store.ofRoom(room.id, undefined, 9)).map(({ userId }) => userId);
  return { state, room: room.id, code, invitations, join, memberIds };
}

test.each(['join', 'settle'])(
  'a join that was interrupted before %s takes one use, and repeating it completes it',
  async (broken) => {
    const { state, room, join, memberIds } = await setup();
    state.broken = broken;
    await expect(join('u1')).rejects.toThrow('the process ended here');
    state.broken = '';
    await expect(join('u2')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await join('u1')).toBe(room);
    expect(await join('u1')).toBe(room);
    state.now += 3_600;
    await expect(join('u2')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await memberIds()).toEqual(['host', 'u1']);
  },
);

test('the use of an interrupted join that is not repeated can be taken by another account, and is listed', async () => {
  const { state, room, code, invitations, join, memberIds } = await setup();
  state.broken = 'join';
  await expect(join('u1')).rejects.toThrow('the process ended here');
  state.broken = '';
  expect(await invitations.ofRoom(HOST, room)).toEqual([]);
  expect(await invitations.preview(code, ADDRESS)).toBeUndefined();
  state.now += 30_001;
  expect(await invitations.ofRoom(HOST, room)).toMatchObject([{ code, usesLeft: 1 }]);
  expect(await join('u2')).toBe(room);
  await expect(join('u1')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await memberIds()).toEqual(['host', 'u2']);
});

test('a membership whose claim was not settled is counted', async () => {
  const { state, code, invitations, join, memberIds } = await setup();
  state.broken = 'settle';
  await expect(join('u1')).rejects.toThrow('the process ended here');
  state.broken = '';
  state.now += 30_001;
  expect(await invitations.preview(code, ADDRESS)).toBeUndefined();
  await expect(join('u2')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await memberIds()).toEqual(['host', 'u1']);
});

test('an account that joins several times at once takes one use', async () => {
  const { room, join } = await setup(2);
  expect(await Promise.all([1, 2, 3, 4].map(() => join('u1')))).toEqual([room, room, room, room]);
  expect(await join('u2')).toBe(room);
  await expect(join('u3')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
