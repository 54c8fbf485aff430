import { strict as assert } from 'node:assert';
import { setTimeout as delay } from 'node:timers/promises';
import type { Insight } from '../../../src/domain/insight';
import type { Trial } from '../trial';
import { until } from '../../support/until';
import { ask, Refusal } from '../load';
import type { ServerNode } from '../server-node';
import type { Scenario } from './scenario';

const EXIT_MS = 15_000;
const HOUR_MS = 3_600_000;

/** Sends SIGTERM twice and waits for one clean exit in time. @returns milliseconds */
async function terminate(node: ServerNode): Promise<number> {
  const began = performance.now();
  const exits = node.exits.length;
  node.signal('SIGTERM');
  await delay(100);
  node.signal('SIGTERM');
  while (node.isUp) {
    if (performance.now() - began > EXIT_MS) throw new Error(`${node.name} did not end within ${EXIT_MS / 1_000} s`);
    await delay(20);
  }
  assert.deepEqual(node.exits.slice(exits), [{ code: 0, signal: null }], node.name);
  return performance.now() - began;
}

async function terminateEach(trial: Trial): Promise<string> {
  const took: string[] = [];
  for (const name of ['api1', 'live1', 'worker1', 'worker2']) {
    const node = trial.on.node(name);
    took.push(`${name} ${((await terminate(node)) / 1_000).toFixed(1)} s`);
    await node.start();
  }
  return `all exited with 0: ${took.join(', ')}`;
}

async function isRefused(api: { readonly httpUrl: string }, token: string): Promise<boolean> {
  return ask(api, '{ me { id } }', {}, token).then(
    () => false,
    (error: unknown) => {
      if (error instanceof Refusal && error.problem.extensions?.code === 'UNAUTHENTICATED') return true;
      throw error;
    },
  );
}

export const OTHERS: readonly Scenario[] = [
  {
    name: 'logout-kill',
    about: 'logout, then kill -9 of all processes and a restart: the token stays refused',
    fault: async (trial) => {
      const [api] = trial.on.of('api');
      assert.ok(api);
      const tokens: string[] = [];
      for (let i = 0; i < 10; i++)
        tokens.push(await trial.on.register(`${trial.rooms[0] ?? ''}-leaver-${i}`.replaceAll('-', '_')));
      for (const token of tokens) assert.equal(await isRefused(api, token), false);
      await Promise.all(tokens.map((token) => ask(api, 'mutation { logout }', {}, token)));
      await Promise.all(trial.on.nodes.map((node) => node.end('SIGKILL')));
      await Promise.all(trial.on.nodes.map((node) => node.start()));
      trial.healed();
      for (const each of trial.on.of('api')) for (const token of tokens) assert.equal(await isRefused(each, token), true);
      return '10 tokens, all refused by both api processes after the restart';
    },
  },
  {
    name: 'same-send',
    about: 'the same sendChat 50 times at once, through two api processes, 20 times',
    fault: async (trial) => {
      const [room = ''] = trial.rooms;
      const [token] = trial.on.tokens;
      const apis = trial.on.of('api');
      let answered = 0;
      for (let round = 0; round < 20; round++) {
        const text = `same ${round} of ${room}`;
        // The account of the trial throws if two answers differ.
        const sends = Array.from({ length: 50 }, (_, i) => trial.load.attempt(text, room, token, apis[i % apis.length]));
        answered += (await Promise.all(sends)).filter(Boolean).length;
        await trial.load.surely(room, text);
      }
      trial.healed();
      const same = [...trial.account.sends.values()].filter(({ text }) => text.startsWith('same '));
      assert.ok(same.length === 20 && same.every(({ tries }) => tries >= 50));
      return `1,000 sends, ${answered} acknowledged at the first attempt, one message for each 50`;
    },
  },
  {
    name: 'sigterm',
    about: 'SIGTERM of each role under load, each twice',
    fault: async (trial) => {
      const ended = await terminateEach(trial);
      trial.healed();
      return ended;
    },
  },
  {
    name: 'sigterm-in-outage',
    about: 'SIGTERM of each role, each twice, and a restart, while MongoDB is down',
    fault: async (trial) => {
      await trial.on.mongo.down();
      await trial.on.seconds(2);
      const ended = await terminateEach(trial);
      await trial.on.mongo.up();
      trial.healed();
      assert.ok(trial.logged(/batch not stored/).length > 0, 'no batch failed');
      return ended;
    },
  },
  ...(['worker1', 'api1', 'live1'] as const).map((name): Scenario => ({
    name: `clock-of-${name.slice(0, -1)}`,
    about: `the clock of one ${name.slice(0, -1)} one hour ahead`,
    fault: async (trial) => {
      const node = trial.on.node(name);
      await node.end('SIGTERM');
      const starts = () => node.logs.filter(({ msg }) => msg === 'Jungle Buzz is open');
      const earlier = starts().length;
      await node.start({ patches: ['clock'], env: { FAULT_CLOCK_MS: String(HOUR_MS) } });
      // A process answers before its log lines have come through the pipe.
      const line = await until(() => starts()[earlier], 'the start is logged');
      const off = Number(line['time']) - Date.now();
      assert.ok(off > HOUR_MS / 2, `its clock is off by ${off} ms`);
      if (node.role === 'worker') {
        // It gets the lease, and loses it again when the other one starts.
        await trial.on.node('worker2').end('SIGTERM');
        await trial.on.seconds(10);
        await trial.on.node('worker2').start();
      } else await trial.on.seconds(10);
      await node.end('SIGTERM');
      await node.start();
      return `its clock was ${Math.round(off / 60_000)} minutes ahead`;
    },
    after: async (trial) => {
      const times: number[] = [];
      for (const room of trial.rooms) {
        const sorted = await trial.on.collection('chats').find({ room }).sort({ offset: 1 }).project({ sentAt: 1 }).toArray();
        const inRoom = sorted.map((chat) => Number(chat['sentAt']));
        assert.ok(
          inRoom.every((at, i) => i === 0 || at >= (inRoom[i - 1] ?? 0)),
          `sentAt went back in ${room}`,
        );
        times.push(...inRoom);
      }
      assert.ok(times.length > 0 && Math.max(...times) < Date.now() + 60_000, 'a sentAt is in the future');
      return 'every sentAt has the true time, none decreases within its room';
    },
  })),
  {
    name: 'three-schedulers',
    about: 'three workers whose schedules fire at the same moment, every 5 s for 30 s',
    setup: { count: { worker: 3 }, env: { INSIGHT_CRON: '*/5 * * * * *', INSIGHT_CATCH_UP: '100' }, patches: ['schedule'] },
    fault: async (trial) => {
      const together = (): number => {
        const fired = new Map<unknown, Set<unknown>>();
        for (const { due, pid } of trial.logged(/^the schedule fired$/)) fired.set(due, (fired.get(due) ?? new Set()).add(pid));
        return [...fired.values()].filter(({ size }) => size === 3).length;
      };
      await delay(30_000 * trial.on.scale.outage);
      await trial.until('all three have fired together three times', () => together() >= 3);
      // On a busy machine MongoDB may not answer in time.
      const letters = () =>
        trial.on
          .collection('insights')
          .countDocuments({ room: 'main', scheduled: true })
          .catch(() => 0);
      await trial.until('three letters are written', async () => (await letters()) >= 3);
      trial.healed();
      return `the schedules of 3 workers fired together ${together()} times`;
    },
    after: async (trial) => {
      const found = await trial.on.collection('insights').find({ room: 'main', scheduled: true }).toArray();
      const windows = found.map((one) => (one['insight'] as Insight).window).sort((a, b) => a.start - b.start);
      windows.forEach(({ start, end }, i) => {
        assert.ok(end > start);
        if (i > 0) assert.equal(start, windows[i - 1]?.end, 'windows are not adjacent');
      });
      return `${windows.length} letters, one for each window, windows adjacent`;
    },
  },
];
