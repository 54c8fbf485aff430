import { strict as assert } from 'node:assert';
import type { RedisServer } from '../redis-servers';
import type { Setup } from '../installation';
import type { Trial } from '../trial';
import { ask } from '../load';
import { SharedUse } from '../shared-use';
import type { Scenario } from './scenario';

const SECONDS = 10;

/** Rates are counted, because the counters are on the Redis servers too, and are too high to refuse anything. */
export const SETUP: Setup = {
  redises: 3,
  partitions: 16,
  env: {
    RATE_LIMITS: 'on',
    RATE_SEND_PER_USER: '100000/1s',
    RATE_SEND_PER_ADDRESS: '100000/1s',
    RATE_SAME_TEXT: '100000/1m',
    RATE_REGISTER_PER_ADDRESS: '100000/1m',
    RATE_LOGIN_PER_ADDRESS: '100000/1m',
    RATE_CONNECTS_PER_ADDRESS: '100000/1s',
    RATE_SOCKETS_PER_ADDRESS: '100000',
  },
};

/** The same fault of each of the three servers, one after the other. */
async function eachServer(trial: Trial, fault: (redis: RedisServer, index: number) => Promise<void>): Promise<void> {
  for (const [index, redis] of trial.on.servers.all.entries()) await trial.outage(index, () => fault(redis, index));
}

/**
 * One server, by the seed. For IDEMPOTENCY_WINDOW after it has lost data, its rooms ask MongoDB for each new id, so they would be no
 * measure for the loss of the next one.
 */
const one = (trial: Trial): number => trial.pick([...trial.on.servers.all.keys()]);

/** From now on the server may lose what is not stored. */
async function mayLose(trial: Trial, server: number): Promise<void> {
  for (const partition of trial.on.servers.partitionsOn(server)) {
    const [{ epoch }, stored] = await Promise.all([trial.on.servers.state(partition), trial.on.stored(partition)]);
    if (epoch !== undefined) trial.losses.push({ epoch, stored });
  }
}

/** Sends that were refused during the outages, all with UNAVAILABLE. @throws if there was none, or another answer */
function refusals({ outages, account, on }: Trial): string {
  const refused = outages.map(({ server, from, until }) => {
    const own = account.answers.filter(
      ({ room, at, code }) => on.servers.holding(room) === server && at >= from && at <= until && code !== 'OK',
    );
    assert.ok(own.length > 0, `no send into a room of Redis ${server} was refused`);
    assert.deepEqual([...new Set(own.map(({ code }) => code))], ['UNAVAILABLE']);
    return own.length;
  });
  assertQuietElsewhere({ outages, account, on });
  return `sends into its rooms answered UNAVAILABLE (${refused.join(', ')})`;
}

/** Sends into rooms on other servers are never refused. */
function assertQuietElsewhere({ outages, account, on }: Pick<Trial, 'outages' | 'account' | 'on'>): void {
  const refused = outages.flatMap(({ server, from }, i) =>
    account.answers.filter(
      ({ room, at, code }) =>
        code !== 'OK' && on.servers.holding(room) !== server && at >= from && at < (outages[i + 1]?.from ?? Infinity),
    ),
  );
  const codes = [...new Set(refused.map(({ code }) => code))];
  assert.equal(refused.length, 0, `${refused.length} sends into rooms on other servers were refused: ${codes.join(', ')}`);
}

/** The alarms of all processes count at least as many messages as were lost. */
async function checkLosses(trial: Trial): Promise<string> {
  assertQuietElsewhere(trial);
  const alarms = trial.logged(/Redis has lost a part of the message log/);
  assert.ok(alarms.length > 0, 'no alarm was logged');
  const counted = alarms.reduce((sum, { lost }) => sum + Number(lost), 0);
  const stored = new Set<string>();
  for (const chat of await trial.on.collection('chats').find().project({ _id: 1 }).toArray()) stored.add(String(chat['_id']));
  const gone = [...trial.account.sends.values()].filter(({ ack }) => ack && !stored.has(ack.id)).length;
  assert.ok(gone <= counted, `${gone} lost, ${counted} counted`);
  const expired = new Set(trial.account.segments.filter((segment) => segment.expired).map(({ room }) => room));
  const lost = trial.outages.flatMap(({ server }) => trial.roomsOn(server));
  assert.deepEqual(expired, new Set(lost), 'rooms whose readers got CURSOR_EXPIRED');
  return `${gone} acknowledged messages lost, ${counted} counted by the alarms, readers of ${expired.size} rooms of ${trial.rooms.length} got CURSOR_EXPIRED`;
}

/** Every room knows its subscribers again. */
async function checkPresence(trial: Trial): Promise<string> {
  const query = 'query ($room: ID!) { room(id: $room) { online } }';
  for (const room of trial.rooms) {
    const expected = trial.subscribers.filter((subscriber) => subscriber.room === room).length;
    for (const api of trial.on.of('api'))
      await trial.until(`${expected} people are in ${room}`, async () => {
        const answer = await ask<{ room: { online: number } }>(api, query, { room });
        return answer.room.online === expected;
      });
  }
  return 'every room knows its subscribers again';
}

export const THREE_REDIS: readonly Scenario[] = [
  {
    name: 'three-redis-kill',
    about: `kill -9 of each of three Redis servers for ${SECONDS} s, one after the other`,
    setup: SETUP,
    fault: async (trial) => {
      await eachServer(trial, async ({ service }) => {
        await service.down('SIGKILL');
        await trial.on.seconds(SECONDS);
        await service.up();
      });
      return refusals(trial);
    },
  },
  {
    name: 'three-redis-stop',
    about: `SIGSTOP of each of three Redis servers for ${SECONDS} s, one after the other`,
    setup: SETUP,
    fault: async (trial) => {
      await eachServer(trial, async ({ service }) => {
        service.signal('SIGSTOP');
        await trial.on.seconds(SECONDS);
        service.signal('SIGCONT');
      });
      return refusals(trial);
    },
  },
  ...(['SIGKILL', 'SIGSTOP'] as const).map((signal): Scenario => ({
    name: `three-redis-shared-${signal === 'SIGKILL' ? 'kill' : 'stop'}`,
    about: `the same with ${signal}, while people log in and out, join rooms, type, are muted and make rooms`,
    setup: SETUP,
    fault: async (trial) => {
      const use = new SharedUse(trial);
      await eachServer(trial, async ({ service }, server) => {
        if (signal === 'SIGKILL') await service.down();
        else service.signal(signal);
        try {
          await use.whileLost(server, SECONDS);
        } finally {
          if (signal === 'SIGKILL') await service.up();
          else service.signal('SIGCONT');
        }
      });
      return `${refusals(trial)}; ${use.described()}`;
    },
    after: checkPresence,
  })),
  {
    name: 'three-redis-flush',
    about: 'FLUSHALL of one of three Redis servers: messages of its rooms that were not stored may be lost and are counted',
    setup: SETUP,
    fault: async (trial) => {
      const server = one(trial);
      const { service, url } = trial.on.servers.at(server);
      await trial.outage(server, async () => {
        await mayLose(trial, server);
        await service.ask(url, (redis) => redis.flushall());
      });
      return 'its readers loaded anew';
    },
    after: checkLosses,
  },
  {
    name: 'three-redis-set-back',
    about:
      'one of three Redis servers restarts with an older copy of its data: messages of its rooms that were not stored may be lost and are counted',
    setup: SETUP,
    fault: async (trial) => {
      const server = one(trial);
      const { service } = trial.on.servers.at(server);
      await trial.outage(server, async () => {
        await service.down('SIGTERM');
        service.save('copy');
        await service.up();
      });
      await trial.acks(3 * trial.on.scale.perSecond);
      await trial.outage(server, async () => {
        await mayLose(trial, server);
        await service.down('SIGKILL');
        service.restore('copy');
        await service.up();
      });
      return 'restarted once for the copy, and once with it';
    },
    after: checkLosses,
  },
];
