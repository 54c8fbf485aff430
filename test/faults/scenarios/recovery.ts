import { strict as assert } from 'node:assert';
import { setTimeout as delay } from 'node:timers/promises';
import { ask } from '../load';
import type { Trial } from '../trial';
import type { Scenario } from './scenario';

/** Redis memory that messages may use in the scenario `redis-full`, in bytes: about 1,000 messages. */
const SLACK_BYTES = 512 * 1024;
/** Longer than the three seconds after which a start used to give up. */
const STARVED_MS = 8_000;

const redisOf = (trial: Trial) => (command: readonly [string, ...string[]]) =>
  trial.on.redis.ask(trial.on.redisUrl, (redis) => redis.call(...command));

const exitsOf = (trial: Trial) => trial.on.nodes.reduce((sum, { exits }) => sum + exits.length, 0);

async function usedMemory(trial: Trial): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(String(await redisOf(trial)(['info', 'memory'])))?.[1]);
}

/** Faults after which an installation used to need an operator. */
export const RECOVERY: readonly Scenario[] = [
  {
    name: 'redis-full',
    about: 'MongoDB down until Redis reaches maxmemory, then MongoDB up again',
    fault: async (trial) => {
      const redis = redisOf(trial);
      await trial.on.mongo.down();
      await redis(['config', 'set', 'maxmemory', String((await usedMemory(trial)) + SLACK_BYTES)]);
      await trial.until('sends are refused', () => trial.failed() > 20);
      const [room = ''] = trial.rooms;
      const read = await ask<{ recentChats: { items: unknown[] } }>(
        trial.on.node('api1'),
        'query ($room: ID!) { recentChats(room: $room) { items { id } } }',
        { room },
      );
      assert.ok(read.recentChats.items.length > 0, 'nothing can be read');
      const heads = await trial.on.heads();
      await trial.on.mongo.up();
      await trial.until('the backlog is stored', () => trial.on.hasStored(heads), trial.on.scale.settleMs);
      await trial.acks(1);
      await redis(['config', 'set', 'maxmemory', '0']);
      trial.healed();
      return `${trial.failed()} sends refused at least once; reads continued; messages were accepted again at the same maxmemory`;
    },
  },
  {
    name: 'redis-readonly',
    about: 'Redis becomes a read-only replica for 10 s and keeps its connections open',
    fault: async (trial) => {
      const redis = redisOf(trial);
      const exits = exitsOf(trial);
      await redis(['replicaof', '127.0.0.1', '1']);
      await trial.until('sends are refused', () => trial.failed() > 20);
      const api = trial.on.node('api1');
      const ready = async () => (await fetch(new URL('/readyz', api.httpUrl))).status;
      await trial.until('/readyz answers 503', async () => (await ready()) === 503);
      await trial.on.seconds(10);
      await redis(['replicaof', 'no', 'one']);
      trial.healed();
      await trial.until('/readyz answers 200', async () => (await ready()) === 200);
      assert.equal(exitsOf(trial), exits, 'a process exited');
      return `${trial.failed()} sends refused at least once; /readyz answered 503, then 200`;
    },
  },
  {
    name: 'redis-latency-all',
    about: '300 ms latency to Redis for all processes, connections cut every 2 s, for 20 s',
    setup: { linked: true },
    fault: async (trial) => {
      const links = [trial.on.links.redisOfApi, trial.on.links.redisOfOthers];
      const exits = exitsOf(trial);
      links.forEach((link) => link.delay(300));
      let cuts = 0;
      for (const until = performance.now() + 20_000 * trial.on.scale.outage; performance.now() < until; cuts++) {
        await delay(2_000);
        links.forEach((link) => link.cut());
        // The second cut falls into the subscription of the reconnected bus.
        await delay(700);
        links.forEach((link) => link.cut());
      }
      links.forEach((link) => link.heal());
      trial.healed();
      assert.equal(exitsOf(trial), exits, 'a process exited');
      return `connections cut ${2 * cuts} times, no process exited`;
    },
  },
  {
    name: 'all-and-redis-tail',
    about: 'kill -9 of all processes and Redis, which restarts without its newest entries: these may be lost',
    fault: async (trial) => {
      await trial.on.redis.down('SIGTERM');
      trial.on.redis.save('tail');
      await trial.on.redis.up();
      await trial.acks(3 * trial.on.scale.perSecond);
      const [epoch, stored] = await Promise.all([trial.on.epoch(), trial.on.stored()]);
      trial.losses.push({ epoch, stored });
      await Promise.all([...trial.on.nodes.map((node) => node.end('SIGKILL')), trial.on.redis.down('SIGKILL')]);
      trial.on.redis.restore('tail');
      await trial.on.redis.up();
      await Promise.all(trial.on.nodes.map((node) => node.start()));
      await trial.until('an epoch began', async () => (await trial.on.epoch()) !== epoch);
      trial.healed();
      return `restarted without entries above ${stored}; a new epoch began`;
    },
  },
  {
    name: 'starved-start',
    about: 'an api process starts while Redis does not answer for 8 s',
    fault: async (trial) => {
      const node = trial.on.node('api2');
      const exits = node.exits.length;
      await node.end('SIGTERM');
      trial.on.redis.signal('SIGSTOP');
      const starting = node.start();
      await delay(STARVED_MS);
      trial.on.redis.signal('SIGCONT');
      await starting;
      trial.healed();
      assert.equal(node.exits.length, exits + 1, 'the start gave up');
      return `the process waited ${STARVED_MS / 1_000} s and started`;
    },
  },
  {
    name: 'mongo-resets',
    about: 'connections to MongoDB are reset every 200 ms for 20 s',
    setup: { linked: true },
    fault: async (trial) => {
      const links = [trial.on.links.mongoOfWorker, trial.on.links.mongoOfOthers];
      const before = await trial.on.collection('deadLetters').countDocuments();
      const until = performance.now() + 20_000 * trial.on.scale.outage;
      let resets = 0;
      for (; performance.now() < until; resets++) {
        links.forEach((link) => link.reset());
        await delay(200);
      }
      trial.healed();
      await trial.acks(trial.on.scale.perSecond);
      const letters = (await trial.on.collection('deadLetters').countDocuments()) - before;
      assert.equal(letters, 0, `${letters} messages became dead letters`);
      assert.equal(trial.failed(/INTERNAL_SERVER_ERROR/), 0, 'a send was answered INTERNAL_SERVER_ERROR');
      assert.equal(trial.logged(/unexpected error/).length, 0, 'an unexpected error was logged');
      return `connections reset ${resets} times, no dead letter, no internal error`;
    },
  },
];
