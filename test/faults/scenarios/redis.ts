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
  assert.ok(failed > 0, 'no send failed');
  return `a new run of Redis; ${failed} sends failed at least once`;
}

/** Every reader got CURSOR_EXPIRED, an alarm was logged, and its count covers the loss. */
async function checkLoss(trial: Trial): Promise<string> {
  const alarms = trial.logged(/Redis has lost a part of the message log/);
  assert.ok(alarms.length > 0, 'no alarm was logged');
  assert.ok(alarms.every(({ level }) => level === 50));
  const counted = alarms.reduce((sum, { lost }) => sum + Number(lost), 0);
  const final = new Set<string>();
  for (const chat of await trial.on.collection('chats').find().project({ _id: 1 }).toArray()) final.add(String(chat['_id']));
  const gone = [...trial.account.sends.values()].filter(({ ack }) => ack && !final.has(ack.id)).length;
  assert.ok(gone <= counted, `${gone} lost, ${counted} counted`);
  const expired = trial.account.segments.filter((segment) => segment.expired).length;
  assert.ok(expired >= trial.subscribers.length, `${expired} of ${trial.subscribers.length} readers got CURSOR_EXPIRED`);
  return `${gone} acknowledged messages lost, ${counted} counted by the alarm, ${expired} readers got CURSOR_EXPIRED`;
}

export const REDIS: readonly Scenario[] = [
  {
    name: 'redis-restart',
    about: 'Redis restarted cleanly',
    fault: (trial) => restart(trial, 'SIGTERM'),
  },
  {
    name: 'redis-kill',
    about: 'kill -9 of Redis (appendfsync always)',
    fault: (trial) => restart(trial, 'SIGKILL'),
  },
  {
    name: 'redis-flushed',
    about: 'FLUSHALL under load: messages that were not stored may be lost and are counted',
    fault: async (trial) => {
      const [epoch, stored] = await Promise.all([trial.on.epoch(), trial.on.stored()]);
      await trial.on.redis.ask(trial.on.redisUrl, (redis) => redis.flushall());
      trial.losses.push({ epoch, stored });
      trial.healed();
      await trial.until('an epoch began', () => trial.logged(/has lost a part/).length > 0);
      return `flushed when ${stored} was the highest stored offset`;
    },
    after: checkLoss,
  },
  {
    name: 'redis-older-copy',
    about: 'Redis restarts with an older copy of its data: messages that were not stored may be lost and are counted',
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
      trial.losses.push({ epoch, stored });
      trial.healed();
      await trial.until('an epoch began', () => trial.logged(/has lost a part/).length > 0);
      return `set back when ${stored} was the highest stored offset`;
    },
    after: checkLoss,
  },
  {
    name: 'redis-slow-link',
    about: '200 ms latency from api to Redis, connections cut every 2 s, for 20 s',
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
      return `connections cut ${cuts} times`;
    },
  },
];
