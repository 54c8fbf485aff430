import { strict as assert } from 'node:assert';
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Trial } from '../trial';
import type { Scenario } from './scenario';

/** Time after which the lease of a paused writer has expired. */
const LEASE_OVER_MS = 17_000;

/** A paused writer has not renewed its leases for so long. The others renew theirs every 4 s. */
const RENEWED_MS = 6_000;

interface WriterLease {
  readonly _id: string;
  readonly fence: number;
  /** By the clock of MongoDB. */
  readonly endsAt: number;
}

/** The leases of the writers, one for each partition. */
async function writerLeases(trial: Trial): Promise<WriterLease[]> {
  const leases = await trial.on.collection('leases').find().toArray();
  return leases
    .map(({ _id, fence, endsAt }) => ({ _id: String(_id), fence: Number(fence), endsAt: Number(endsAt) }))
    .filter(({ _id, endsAt }) => /^batch-writer(-\d+)?$/.test(_id) && endsAt > 0);
}

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
  {
    name: 'worker-stopped',
    about: 'SIGSTOP of the writing worker for 20 s; a second worker runs',
    fault: async (trial) => {
      const before = await writerLeases(trial);
      let stopped: WriterLease[] = [];
      for (const worker of trial.on.of('worker')) {
        worker.signal('SIGSTOP');
        const held = await writerLeases(trial);
        await delay(RENEWED_MS);
        const now = await writerLeases(trial);
        stopped = held.filter(({ _id, endsAt }) => now.some((lease) => lease._id === _id && lease.endsAt === endsAt));
        // All are renewed: this worker was the idle one.
        if (stopped.length > 0) await delay(Math.max(LEASE_OVER_MS, 20_000 * trial.on.scale.outage) - RENEWED_MS);
        worker.signal('SIGCONT');
        if (stopped.length > 0) break;
      }
      trial.healed();
      assert.ok(stopped.length > 0, 'no worker was writing');
      const after = await writerLeases(trial);
      const fence = (leases: readonly WriterLease[], id: string) => leases.find(({ _id }) => _id === id)?.fence ?? 0;
      const moves = stopped.map(({ _id }) => ({ _id, from: fence(before, _id), to: fence(after, _id) }));
      for (const { _id, from, to } of moves) assert.ok(to > from, `the lease ${_id} did not move: ${from}, ${to}`);
      const [first] = moves;
      return moves.length > 1 ? `${moves.length} leases moved` : `the lease moved (${first?.from} to ${first?.to})`;
    },
  },
];
