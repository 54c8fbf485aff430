import { strict as assert } from 'node:assert';
import { setTimeout as delay } from 'node:timers/promises';
import type { Trial } from '../trial';
import type { Scenario } from './scenario';

const runId = (trial: Trial) =>
  trial.on.redis.ask(trial.on.redisUrl, async (redis) => /run_id:(\w+)/.exec(await redis.info('server'))?.[1]);

async function restart(trial: Trial, signal: NodeJS.Signals): Promise<string> {
  const before = await runId(trial);
  await trial.on.redis.down(signal);
  await trial.on.seconds(2);
  await trial.on.redis.up();
  trial.healed();
  assert.notEqual(await runId(trial), before);
  const failed = trial.failed();
  assert.ok(failed > 0, 'nobody noticed');
  return `another run of Redis; ${failed} sends failed meanwhile`;
}

/** Every reader was told, somebody was alarmed, and what was lost was counted. */
async function counted(trial: Trial): Promise<string> {
  const alarms = trial.logged(/Redis has lost a part of the message log/);
  assert.ok(alarms.length > 0, 'nobody was alarmed');
  assert.ok(alarms.every(({ level }) => level === 50));
  const told = alarms.reduce((sum, { lost }) => sum + Number(lost), 0);
  const final = new Set<string>();
  for (const chat of await trial.on.collection('chats').find().project({ _id: 1 }).toArray()) final.add(String(chat['_id']));
  const gone = [...trial.account.sends.values()].filter(({ ack }) => ack && !final.has(ack.id)).length;
  assert.ok(gone <= told, `${gone} lost, ${told} counted`);
  const expired = trial.account.segments.filter((segment) => segment.expired).length;
  assert.ok(expired >= trial.subscribers.length, `${expired} of ${trial.subscribers.length} readers were told`);
  return `${gone} acknowledged messages lost, ${told} counted by the alarm, ${expired} readers told`;
}

export const REDIS: readonly Scenario[] = [
  {
    name: 'redis-restart',
    about: 'Redis restarted cleanly',
    fault: (trial) => restart(trial, 'SIGTERM'),
  },
  {
    name: 'redis-kill',
    about: 'Redis ended by kill -9 (appendfsync always)',
    fault: (trial) => restart(trial, 'SIGKILL'),
  },
  {
    name: 'redis-flushed',
    about: 'FLUSHALL under load: what was not stored may be lost, and is counted',
    fault: async (trial) => {
      const [epoch, stored] = await Promise.all([trial.on.epoch(), trial.on.stored()]);
      await trial.on.redis.ask(trial.on.redisUrl, (redis) => redis.flushall());
      trial.loss = { epoch, stored };
      trial.healed();
      await trial.until('an epoch began', () => trial.logged(/has lost a part/).length > 0);
      return `emptied when ${stored} was the last that was stored`;
    },
    after: counted,
  },
  {
    name: 'redis-older-copy',
    about: 'Redis comes back with a copy of its data from before: what was not stored may be lost, and is counted',
    fault: async (trial) => {
      await trial.on.redis.down('SIGTERM');
      trial.on.redis.save('copy');
      await trial.on.redis.up();
      await trial.acks(3 * trial.on.scale.perSecond);
      await delay(1_000);
      const [epoch, stored] = await Promise.all([trial.on.epoch(), trial.on.stored()]);
      await trial.on.redis.down('SIGKILL');
      trial.on.redis.restore('copy');
      await trial.on.redis.up();
      trial.loss = { epoch, stored };
      trial.healed();
      await trial.until('an epoch began', () => trial.logged(/has lost a part/).length > 0);
      return `set back when ${stored} was the last that was stored`;
    },
    after: counted,
  },
  {
    name: 'redis-slow-link',
    about: '200 ms from api to Redis and connections cut every 2 s, for 20 s',
    setup: { linked: true },
    fault: async (trial) => {
      const link = trial.on.links.redisOfApi;
      const touchedBefore = link.touched;
      link.delay(200);
      let cuts = 0;
      for (const until = performance.now() + 20_000 * trial.on.scale.outage; performance.now() < until; cuts++) {
        await delay(2_000);
        link.cut();
      }
      const touched = link.touched - touchedBefore;
      link.heal();
      trial.healed();
      assert.ok(cuts > 0 && touched > cuts);
      return `${cuts} times cut`;
    },
  },
];
