import { strict as assert } from 'node:assert';
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Trial } from '../trial';
import type { Scenario } from './scenario';

/** The lease of a writer that says nothing is over. */
const LEASE_OVER_MS = 17_000;

async function killOne(trial: Trial, name: string): Promise<void> {
  const node = trial.on.node(name);
  await node.end('SIGKILL');
  assert.equal(node.exits.at(-1)?.signal, 'SIGKILL');
  await trial.on.seconds(2);
  await node.start();
}

/** Kills one of two of a role, three times, at random moments. */
async function killThrice(trial: Trial, role: 'api' | 'live'): Promise<string> {
  for (let i = 0; i < 3; i++) {
    await delay(500 + 1_000 * trial.random());
    await killOne(trial, trial.pick(trial.on.of(role)).name);
  }
  const drops = trial.subscribers.reduce((sum, subscriber) => sum + subscriber.drops, 0);
  const failed = trial.failed();
  if (role === 'live') assert.ok(drops > 0, 'no subscriber noticed');
  else assert.ok(failed > 0, 'no writer noticed');
  trial.healed();
  return `3 processes ended by SIGKILL; ${drops} connections and ${failed} sends broken`;
}

async function failPoint(trial: Trial, point: string): Promise<string> {
  for (let i = 0; i < 2; i++) {
    writeFileSync(trial.on.armed, point);
    await trial.until('the fail-point was reached', () => !existsSync(trial.on.armed));
    const dead = () => trial.on.of('worker').filter(({ isUp }) => !isUp);
    await trial.until('the worker is dead', () => dead().length > 0);
    for (const node of dead()) {
      assert.equal(node.exits.at(-1)?.signal, 'SIGKILL');
      await trial.on.seconds(1);
      await node.start();
    }
  }
  trial.healed();
  return 'the process that wrote ended there, twice';
}

export const KILLS: readonly Scenario[] = [
  {
    name: 'kill-api',
    about: 'kill -9 of an api process, three times',
    fault: (trial) => killThrice(trial, 'api'),
  },
  {
    name: 'kill-live',
    about: 'kill -9 of a live process, three times',
    fault: (trial) => killThrice(trial, 'live'),
  },
  {
    name: 'kill-worker-after-insert',
    about: 'kill -9 of the worker between insert and commit',
    fault: (trial) => failPoint(trial, 'after insert'),
  },
  {
    name: 'kill-worker-before-insert',
    about: 'kill -9 of the worker between read and insert',
    fault: (trial) => failPoint(trial, 'before insert'),
  },
  {
    name: 'kill-all',
    about: 'kill -9 of all processes at one moment, twice',
    fault: async (trial) => {
      for (let i = 0; i < 2; i++) {
        await delay(500 + 1_000 * trial.random());
        await Promise.all(trial.on.nodes.map((node) => node.end('SIGKILL')));
        assert.ok(trial.on.nodes.every(({ isUp }) => !isUp));
        await Promise.all(trial.on.nodes.map((node) => node.start()));
      }
      trial.healed();
      return `${2 * trial.on.nodes.length} processes ended by SIGKILL`;
    },
  },
  {
    name: 'worker-stopped',
    about: 'SIGSTOP of the worker that writes, for 20 s, with another beside it',
    fault: async (trial) => {
      const fence = async () => Number((await trial.on.collection('leases').findOne({ _id: 'batch-writer' }))?.['fence']);
      const before = await fence();
      for (const worker of trial.on.of('worker')) {
        worker.signal('SIGSTOP');
        const at = await trial.on.stored();
        await delay(2_000);
        // Somebody still writes: it was the other that is idle.
        if ((await trial.on.stored()) > at) {
          worker.signal('SIGCONT');
          continue;
        }
        await delay(Math.max(LEASE_OVER_MS, 20_000 * trial.on.scale.outage));
        worker.signal('SIGCONT');
        break;
      }
      trial.healed();
      const after = await fence();
      assert.ok(after > before, `the lease did not move: ${before}, ${after}`);
      return `the lease moved (${before} to ${after})`;
    },
  },
];
