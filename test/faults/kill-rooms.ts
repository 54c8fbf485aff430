import type { RoomRole } from '../../src/domain/membership';

export interface Account {
  readonly name: string;
  readonly token: string;
}

/** What is known of a room after the last acknowledged actions. */
export interface KnownRoom {
  readonly id: string;
  readonly host: Account;
  readonly code: string;
  readonly roles: Map<string, RoomRole>;
  /** How many joined with the invitation. */
  joined: number;
  deleted: boolean;
}

export interface World {
  /** Address of the server; it changes when the server is started again. */
  readonly url: () => string;
  readonly random: () => number;
  readonly rooms: KnownRoom[];
  /** Ends all people after what they are doing is acknowledged. */
  isOver: boolean;
  /** Number of acknowledged actions. */
  actions: number;
}

/** How many may join with each invitation. It is fewer than try to. */
export const MAX_USES = 2;
/** Codes of errors that say nothing about what was done. */
const UNKNOWN = ['UNAVAILABLE', 'INTERNAL_SERVER_ERROR'];

interface Answer<T> {
  readonly data?: T;
  readonly code?: string;
}

/** @throws Error without an answer */
export async function ask<T>(url: string, query: string, variables: object, token?: string): Promise<Answer<T>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: T; errors?: { extensions: { code: string } }[] };
  return errors?.[0] ? { code: errors[0].extensions.code } : { data };
}

/** Repeats an action until the server answers whether it was done. */
async function act<T>(world: World, query: string, variables: object, { token }: Account): Promise<Answer<T>> {
  for (;;) {
    try {
      const answer = await ask<T>(world.url(), query, variables, token);
      if (answer.code === undefined || !UNKNOWN.includes(answer.code)) {
        world.actions++;
        return answer;
      }
    } catch {
      // The server was killed: the action may have happened or not.
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A repeated action may find that it was done before. */
function require<T>({ data, code }: Answer<T>, ...done: readonly string[]): T | undefined {
  if (code !== undefined && !done.includes(code)) throw new Error(`answered with ${code}`);
  return data;
}

/** Makes rooms, lets friends join with invitations for fewer than they are, changes roles, leaves and deletes. */
export async function keepRooms(world: World, name: string, host: Account, friends: readonly Account[]): Promise<void> {
  const { random, rooms } = world;
  for (let n = 0; !world.isOver; n++) {
    const input = random() < 0.5 ? { id: `${name}-${n}`, title: name } : { title: name, visibility: 'PRIVATE' };
    const create = 'mutation ($input: CreateRoomInput!) { createRoom(input: $input) { id } }';
    const made = require(await act<{ createRoom: { id: string } }>(world, create, { input }, host), 'CONFLICT');
    const id = made?.createRoom.id ?? `${name}-${n}`;
    const invite = 'mutation ($id: ID!, $maxUses: Int) { createInvite(room: $id, maxUses: $maxUses) { code } }';
    const invited = require(await act<{ createInvite: { code: string } }>(world, invite, { id, maxUses: MAX_USES }, host));
    const { code = '' } = invited?.createInvite ?? {};
    const room: KnownRoom = { id, host, code, roles: new Map([[host.name, 'HOST']]), joined: 0, deleted: false };
    rooms.push(room);
    const join = 'mutation ($code: ID!) { joinRoom(code: $code) { id } }';
    await Promise.all(
      friends.map(async (friend) => {
        if (!require(await act(world, join, { code }, friend), 'NOT_FOUND')) return;
        room.roles.set(friend.name, 'MEMBER');
        room.joined++;
      }),
    );
    const [second, third] = friends.filter((friend) => room.roles.has(friend.name));
    const setRole =
      'mutation ($id: ID!, $name: String!, $role: RoomRole!) { setRole(room: $id, username: $name, role: $role) { role } }';
    if (second) {
      require(await act(world, setRole, { id, name: second.name, role: 'HOST' }, host));
      room.roles.set(second.name, 'HOST');
    }
    const leave = async (who: Account): Promise<void> => {
      require(await act(world, 'mutation ($id: ID!) { leaveRoom(room: $id) }', { id }, who), 'NOT_FOUND');
      room.roles.delete(who.name);
    };
    const dice = random();
    if (dice < 0.4) {
      require(await act(
        world,
        'mutation ($id: ID!, $title: String!) { deleteRoom(room: $id, title: $title) }',
        { id, title: name },
        host,
      ), 'NOT_FOUND');
      room.deleted = true;
    } else if (dice < 0.6 && third) {
      await leave(third);
    } else if (dice < 0.8 && second) {
      await leave(second);
    }
  }
}
