import { strict as assert } from 'node:assert';
import { setTimeout as delay } from 'node:timers/promises';
import { CommitWatch } from '../commit-watch';
import type { Setup } from '../installation';
import type { Trial } from '../trial';
import { movedSince, shares, writerLeases, type WriterLease } from '../writer-leases';
import type { Scenario } from './scenario';

/** Time after which the lease of a paused writer has expired. */
const LEASE_OVER_MS = 17_000;
/** A paused writer has not renewed its leases for so long. The others renew theirs every 4 s. */
const RENEWED_MS = 6_000;

/** Limit for the time until messages of the partitions of a dead worker are stored again. */
const TAKEOVER_MS = 15_000;
/** How much longer a partition that one living worker gives to another may be not stored than those that stay. */
const HANDOVER_MS = 3_000;

/** Three workers, of which each has five or six partitions. */
const SETUP: Setup = { partitions: 16, count: { worker: 3 } };

/** Waits until every worker has its share of the partitions. */
async function spread(trial: Trial): Promise<void> {
  const { on } = trial;
  const [partitions, workers] = [on.servers.partitions.count, on.of('worker').length];
  const share = (i: number) => Math.ceil((partitions - i) / workers);
  const even = Array.from({ length: workers }, (_, i) => share(i)).join();
  await trial.until(`the workers have ${even} partitions`, async () => shares(await writerLeases(on)).join() === even);
}

/**
 * Waits until `move` is over and messages that were sent after it are stored in every partition.
 * @param limitMs for the partitions that moved; without, HANDOVER_MS more than the others. Runs with shorter outages have no limits:
 *   they are for busy machines.
 */
async function measure(trial: Trial, what: string, move: () => Promise<void>, limitMs?: number): Promise<string> {
  const { on } = trial;
  const watch = new CommitWatch(on.servers);
  try {
    const before = await writerLeases(on);
    const from = performance.now();
    await move();
    const heads = await on.heads();
    await trial.until('messages of every partition are stored', () => watch.isBeyond(heads));
    const moved = movedSince(before, await writerLeases(on));
    const pauses = watch.pauses(from);
    const longest = (isMoved: boolean) => Math.max(0, ...pauses.filter((_, partition) => moved.has(partition) === isMoved));
    const [movedMs, othersMs] = [longest(true), longest(false)];
    const seconds = (ms: number) => (ms / 1_000).toFixed(1);
    const found = `${what} ${moved.size} partitions, which were stored again after at most ${seconds(movedMs)} s (the others ${seconds(othersMs)} s)`;
    assert.ok(moved.size > 0, found);
    if (on.scale.outage >= 1) assert.ok(movedMs <= (limitMs ?? othersMs + HANDOVER_MS), found);
    return found;
  } finally {
    await watch.stop();
  }
}

/** Ends a worker and starts it again. */
async function endAndJoin(trial: Trial, signal: 'SIGKILL' | 'SIGTERM', limitMs?: number): Promise<string> {
  const { on } = trial;
  await spread(trial);
  const worker = trial.pick(on.of('worker'));
  const left = await measure(trial, 'the worker left', () => worker.end(signal), limitMs);
  await worker.start();
  const joined = await measure(trial, 'when it had started again it got', () => spread(trial));
  trial.healed();
  return `${left}; ${joined}`;
}

/** Stops the process that writes until its leases have moved, and lets it go on. */
async function stopBeyondLease(trial: Trial): Promise<string> {
  const { on } = trial;
  const before = await writerLeases(on);
  let stopped: WriterLease[] = [];
  for (const worker of on.of('worker')) {
    worker.signal('SIGSTOP');
    const held = await writerLeases(on);
    await delay(RENEWED_MS);
    const now = await writerLeases(on);
    stopped = held.filter(({ _id, endsAt }) => now.some((lease) => lease._id === _id && lease.endsAt === endsAt));
    // All are renewed: this worker was the idle one.
    if (stopped.length > 0) await delay(Math.max(LEASE_OVER_MS, 20_000 * on.scale.outage) - RENEWED_MS);
    worker.signal('SIGCONT');
    if (stopped.length > 0) break;
  }
  trial.healed();
  assert.ok(stopped.length > 0, 'no worker was writing');
  const after = await writerLeases(on);
  const fence = (leases: readonly WriterLease[], id: string) => leases.find(({ _id }) => _id === id)?.fence ?? 0;
  const moves = stopped.map(({ _id }) => ({ _id, from: fence(before, _id), to: fence(after, _id) }));
  for (const { _id, from, to } of moves) assert.ok(to > from, `the lease ${_id} did not move: ${from}, ${to}`);
  const [first] = moves;
  return moves.length > 1 ? `${moves.length} leases moved` : `the lease moved (${first?.from} to ${first?.to})`;
}

export const WORKERS: readonly Scenario[] = [
  {
    name: 'worker-stopped',
    about: 'SIGSTOP of the writing worker for 20 s; a second worker runs',
    fault: stopBeyondLease,
  },
  {
    name: 'workers-stopped',
    about: 'SIGSTOP of one of three workers on 16 partitions for 20 s',
    setup: SETUP,
    fault: async (trial) => {
      await spread(trial);
      const stopped = await stopBeyondLease(trial);
      await spread(trial);
      return `${stopped}, and were shared again`;
    },
  },
  {
    name: 'workers-kill',
    about: 'kill -9 of one of three workers on 16 partitions, and a start of it',
    setup: SETUP,
    fault: (trial) => endAndJoin(trial, 'SIGKILL', TAKEOVER_MS),
  },
  {
    name: 'workers-sigterm',
    about: 'SIGTERM of one of three workers on 16 partitions, and a start of it',
    setup: SETUP,
    fault: (trial) => endAndJoin(trial, 'SIGTERM'),
  },
];
