import { setTimeout as delay } from 'node:timers/promises';
import { follow, KINDS, type Follower } from './followers';
import { Random } from './random';
import { World, type Seen } from './world';

/** Disturbances that repeat while people write and follow. Each step takes as long as it needs. */
type Trouble = (world: World, rooms: string[]) => Promise<void>;

const cuts: Trouble = async ({ proxy, random }) => {
  proxy.cut(() => random.next() < 0.4);
  await delay(random.int(10, 120));
};

const restarts: Trouble = async (world) => {
  await delay(world.random.int(50, 300));
  await world.restart();
};

const slowReaders: Trouble = async ({ proxy, random }) => {
  const goOn = proxy.stall(() => random.next() < 0.3);
  await delay(random.int(50, 400));
  goOn();
  await delay(random.int(10, 100));
};

const clockJumps: Trouble = async (world) => {
  world.moveClock(world.random.int(-90, 120) * 60_000);
  await delay(world.random.int(20, 100));
};

const roomsComeAndGo: Trouble = async (world, rooms) => {
  const room = `room-${rooms.length}`;
  await world.createRoom(room);
  rooms.push(room);
  await delay(world.random.int(20, 120));
};

const everything: Trouble = async (world, rooms) => {
  await world.random.pick([cuts, cuts, cuts, slowReaders, slowReaders, clockJumps, roomsComeAndGo, restarts])(world, rooms);
};

export const SCENARIOS: Readonly<Record<string, Trouble>> = {
  cuts,
  restarts,
  slowReaders,
  clockJumps,
  roomsComeAndGo,
  everything,
};

export interface Report {
  readonly messages: number;
  readonly deliveries: number;
  readonly followers: number;
}

const WRITERS = 4;
const QUIET_MS = 10_000;

/**
 * One invariant: every follower gets every message of its room after its starting cursor, exactly once and in the order of
 * history, and every acknowledged message is in history once.
 * @throws Error that names the follower and the difference
 */
export async function runScenario(name: string, seed: number, durationMs: number): Promise<Report> {
  const trouble = SCENARIOS[name];
  if (!trouble) throw new Error(`There is no scenario ${name}: ${Object.keys(SCENARIOS).join(', ')}`);
  const random = new Random(seed);
  const world = await World.open(random);
  const followers: Follower[] = [];
  const writers: (() => Promise<string[]>)[] = [];
  try {
    const rooms = ['main'];
    const join = async (room: string): Promise<void> => {
      followers.push(...(await Promise.all(KINDS.map((kind) => follow(kind, world, room)))));
    };
    await join('main');
    for (let i = 0; i < WRITERS; i++) writers.push(world.writer(() => rooms, 20));
    const end = performance.now() + durationMs;
    while (performance.now() < end) {
      const before = rooms.length;
      await trouble(world, rooms);
      // New followers join at any time, and every new room.
      for (const room of rooms.slice(before)) await join(room);
      if (random.next() < 0.2) followers.push(await follow(random.pick(KINDS), world, random.pick(rooms)));
    }
    const acknowledged = (await Promise.all(writers.map((stop) => stop()))).flat();
    const history = new Map(await Promise.all(rooms.map(async (room) => [room, await world.history(room)] as const)));
    await settle(followers, history);
    check(followers, history, acknowledged);
    return {
      messages: [...history.values()].reduce((sum, chats) => sum + chats.length, 0),
      deliveries: followers.reduce((sum, { ids }) => sum + ids.length, 0),
      followers: followers.length,
    };
  } finally {
    await Promise.allSettled(writers.map((stop) => stop()));
    await Promise.all(followers.map((follower) => follower.stop()));
    await world.close();
  }
}

/** Waits until every follower has the last message of its room. */
async function settle(followers: readonly Follower[], history: ReadonlyMap<string, readonly Seen[]>): Promise<void> {
  const end = performance.now() + QUIET_MS;
  const isBehind = ({ room, ids }: Follower): boolean => {
    const last = history.get(room)?.at(-1)?.id;
    return last !== undefined && !ids.includes(last);
  };
  while (performance.now() < end && followers.some(isBehind)) await delay(20);
}

function check(
  followers: readonly Follower[],
  history: ReadonlyMap<string, readonly Seen[]>,
  acknowledged: readonly string[],
): void {
  const stored = [...history.values()].flat().map(({ id }) => id);
  const once = new Set(stored);
  if (once.size !== stored.length) throw new Error('a message is in history twice');
  const lost = acknowledged.filter((id) => !once.has(id));
  if (lost.length > 0) throw new Error(`${lost.length} acknowledged messages are not in history`);
  followers.forEach(({ kind, room, ids, lastBefore, problems }, i) => {
    const who = `follower ${i} (${kind}, ${room})`;
    if (problems.length > 0) throw new Error(`${who}: ${problems.join('; ')}`);
    const all = (history.get(room) ?? []).map(({ id }) => id);
    // Our client also shows the newest messages that it loaded, at most twenty.
    const from = kind === 'jungle-buzz' ? Math.max(0, all.indexOf(ids[0] ?? '')) : all.indexOf(lastBefore ?? '') + 1;
    const expected = all.slice(from);
    const wrong = expected.findIndex((id, at) => ids[at] !== id);
    if (wrong >= 0 || ids.length !== expected.length) {
      throw new Error(`${who}: has ${ids.length} of ${expected.length} messages, the first difference at ${wrong}`);
    }
  });
}
