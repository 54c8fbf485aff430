import { setTimeout as delay } from 'node:timers/promises';
import { graphql, registerUsers } from '../../support/plain-api';
import { openInstallation, type Installation } from '../support/installation';
import { logLoad, roomReaders } from './children';

const ROOMS = 2_000;
/** Below the limit of subscriptions of a socket. */
const ROOMS_PER_SOCKET = 20;
const WAITING_SECONDS = 5;
const WAITING_PER_SECOND = 2_000;
/** Time after which memory is read, so that garbage of the work is mostly gone. */
const SETTLE_MS = 4_000;
const CREATE = 'mutation ($input: CreateRoomInput!) { createRoom(input: $input) { id } }';

/** Memory in bytes, by what it is used for. */
export type Memory = Readonly<Record<MemoryName, number>>;
export type MemoryName = 'redis, per message waiting' | 'redis, per room' | 'api, per room' | 'live, per room with a reader';

const redisBytes = ({ redis, redisUrl }: Installation): Promise<number> =>
  redis.ask(redisUrl, async (client) => Number(/used_memory:(\d+)/.exec(await client.info('memory'))?.[1]));

const anonymousBytes = (on: Installation, name: string): number => (on.servers.get(name)?.usage().rssAnonMb ?? 0) * 2 ** 20;

/** Nothing stores here, so every message waits; then rooms are created, and every one gets a reader. */
export async function memoryOf(root: string): Promise<Memory> {
  const settings = { LOG_MAX_BACKLOG: '10000000', ROOMS_MAX: '100000' };
  const on = await openInstallation(['api', 'live'], { redisSettings: ['--appendfsync', 'everysec'], settings, root });
  try {
    const empty = await redisBytes(on);
    const order = { root, redisUrl: on.redisUrl, rooms: ['elsewhere'], perSecond: WAITING_PER_SECOND, seconds: WAITING_SECONDS };
    const { appended } = await logLoad(order);
    const full = await redisBytes(on);
    await delay(SETTLE_MS);
    const [apiBefore, liveBefore] = [anonymousBytes(on, 'api'), anonymousBytes(on, 'live')];
    const rooms = await createRooms(on.servers.get('api')?.httpUrl ?? '');
    await delay(SETTLE_MS);
    const withRooms = await redisBytes(on);
    const apiRooms = anonymousBytes(on, 'api');
    const perSocket = Array.from({ length: ROOMS / ROOMS_PER_SOCKET }, (_, i) =>
      rooms.slice(i * ROOMS_PER_SOCKET, (i + 1) * ROOMS_PER_SOCKET),
    );
    const finish = await roomReaders({ url: on.servers.get('live')?.wsUrl ?? '', rooms: perSocket });
    await delay(SETTLE_MS);
    const liveRooms = anonymousBytes(on, 'live');
    await finish();
    return {
      'redis, per message waiting': (full - empty) / appended,
      'redis, per room': (withRooms - full) / ROOMS,
      'api, per room': (apiRooms - apiBefore) / ROOMS,
      'live, per room with a reader': (liveRooms - liveBefore) / ROOMS,
    };
  } finally {
    await on.stop();
  }
}

async function createRooms(url: string): Promise<string[]> {
  const [token] = await registerUsers(url, 1);
  const ids = Array.from({ length: ROOMS }, (_, i) => `room-${i}`);
  for (const id of ids) await graphql(url, CREATE, { input: { id, title: id } }, token);
  return ids;
}
