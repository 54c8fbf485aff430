import { strict as assert } from 'node:assert';
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Trial } from '../trial';
import type { Scenario } from './scenario';

async function killOne(trial: Trial, name: string): Promise<void> {
  const node = trial.on.node(name);
  await node.end('SIGKILL');
  assert.equal(node.exits.at(-1)?.signal, 'SIGKILL');
  await trial.on.seconds(2);
  await node.start();
}

/** Kills one of two processes of a role, three times, at random moments. */
async function killThrice(trial: Trial, role: 'api' | 'live'): Promise<string> {
  for (let i = 0; i < 3; i++) {
    await delay(500 + 1_000 * trial.random());
    await killOne(trial, trial.pick(trial.on.of(role)).name);
  }
  const drops = trial.subscribers.reduce((sum, subscriber) => sum + subscriber.drops, 0);
  const failed = trial.failed();
  if (role === 'live') assert.ok(drops > 0, 'no subscriber lost its connection');
  else assert.ok(failed > 0, 'no send failed');
  trial.healed();
  return `3 processes killed; ${drops} connections and ${failed} sends interrupted`;
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
  return 'the writing process was killed at that point, twice';
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
    about: 'kill -9 of all processes at the same moment, twice',
    fault: async (trial) => {
      for (let i = 0; i < 2; i++) {
        await delay(500 + 1_000 * trial.random());
        await Promise.all(trial.on.nodes.map((node) => node.end('SIGKILL')));
        assert.ok(trial.on.nodes.every(({ isUp }) => !isUp));
        await Promise.all(trial.on.nodes.map((node) => node.start()));
      }
      trial.healed();
      return `${2 * trial.on.nodes.length} processes killed`;
    },
  },
];
