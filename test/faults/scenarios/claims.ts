import { strict as assert } from 'node:assert';
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { chatId } from '../../../src/domain/chat';
import { ask, Refusal } from '../load';
import type { ServerNode } from '../server-node';
import type { Trial } from '../trial';
import type { Scenario } from './scenario';
import { SETUP } from './three-redis';

const ROUNDS = 20;
const PAIRS = 20;
const KILLS = 3;
const RETRY_MS = 250;

type Outcome = 'accepted' | 'CONFLICT';

/** A message in one room, under an id that messages in other rooms have too. */
interface Message {
  readonly id: string;
  readonly room: string;
}

const textOf = ({ id, room }: Message): string => `${id} in ${room}`;

/** Sends until the outcome is known. */
async function send(trial: Trial, message: Message, api: ServerNode): Promise<Outcome> {
  const [token] = trial.on.tokens;
  for (;;) {
    try {
      if (await trial.load.attempt(textOf(message), message.room, token, api, message.id)) return 'accepted';
    } catch (error) {
      if (error instanceof Refusal && error.problem.extensions?.code === 'CONFLICT') return 'CONFLICT';
      throw error;
    }
    await delay(RETRY_MS);
  }
}

/** Two rooms on different Redis servers. */
function twoRooms(trial: Trial): [string, string] {
  const { servers } = trial.on;
  const first = trial.pick(trial.rooms);
  return [first, trial.pick(trial.rooms.filter((room) => servers.holding(room) !== servers.holding(first)))];
}

/** Kills api2 at a random moment and starts it again. */
async function killAndStart(trial: Trial): Promise<void> {
  const api = trial.on.node('api2');
  await delay(200 * trial.random());
  await api.end('SIGKILL');
  await api.start();
}

/** Kills api1 when it has claimed the id of a message and not yet appended it, and sends the id by api2, then by both. */
async function killAfterClaim(trial: Trial, userId: string, id: string): Promise<void> {
  const [api1, api2] = [trial.on.node('api1'), trial.on.node('api2')];
  const [room, other] = twoRooms(trial);
  writeFileSync(trial.on.armed, `after the claim of ${chatId(userId, id)}`);
  assert.equal(await trial.load.attempt(textOf({ id, room }), room, trial.on.tokens[0], api1, id), false);
  await trial.until('the api is dead', () => !existsSync(trial.on.armed) && !api1.isUp);
  assert.equal(api1.exits.at(-1)?.signal, 'SIGKILL');
  assert.equal(await send(trial, { id, room: other }, api2), 'CONFLICT', `${id} in another room, after the kill`);
  assert.equal(await send(trial, { id, room }, api2), 'accepted', `${id} in the same room, after the kill`);
  await api1.start();
  for (const api of [api1, api2]) assert.equal(await send(trial, { id, room: other }, api), 'CONFLICT', `${id} in another room`);
}

/** Every id is stored in one room. */
async function storedOnce(trial: Trial): Promise<string> {
  const stored = await Promise.all(trial.rooms.map((room) => trial.on.storedIn(room)));
  const ids = stored.flat().flatMap(({ text }) => /^(id \S+) in /.exec(text)?.[1] ?? []);
  assert.ok(ids.length > 0);
  assert.equal(new Set(ids).size, ids.length, 'an id is stored in two rooms');
  return `${ids.length} ids, each stored in one room`;
}

export const CLAIMS: readonly Scenario[] = [
  {
    name: 'id-in-two-rooms',
    about: 'one clientMessageId sent into two rooms on different Redis servers at once, through two api processes, 400 times',
    setup: SETUP,
    fault: async (trial) => {
      const apis = [trial.on.node('api1'), trial.on.node('api2')] as const;
      for (let round = 0; round < ROUNDS; round++) {
        const pairs = Array.from({ length: PAIRS }, async (_, i) => {
          const id = `id ${round}.${i}`;
          const [first, second] = twoRooms(trial);
          const outcomes = await Promise.all([
            send(trial, { id, room: first }, apis[0]),
            send(trial, { id, room: second }, apis[1]),
          ]);
          assert.deepEqual(outcomes.sort(), ['CONFLICT', 'accepted'], `${id} in ${first} and ${second}`);
        });
        await Promise.all([...pairs, ...(round < KILLS ? [killAndStart(trial)] : [])]);
      }
      trial.healed();
      return `${ROUNDS * PAIRS} ids, each accepted in one room and refused with CONFLICT in the other; an api was killed ${KILLS} times meanwhile`;
    },
    after: storedOnce,
  },
  {
    name: 'kill-api-after-claim',
    about: 'kill -9 of an api process between the claim of an id and the append, five times',
    setup: SETUP,
    fault: async (trial) => {
      const query = '{ me { id } }';
      const { me } = await ask<{ me: { id: string } }>(trial.on.node('api2'), query, {}, trial.on.tokens[0]);
      for (let i = 0; i < 5; i++) await killAfterClaim(trial, me.id, `id ${i}`);
      trial.healed();
      return 'the same room went on with the id, and another room got CONFLICT, before and after that';
    },
    after: storedOnce,
  },
];
