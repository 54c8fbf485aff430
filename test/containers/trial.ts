import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { check } from '../faults/checker';
import { Account, type Seen } from '../faults/history';
import { ask, Load } from '../faults/load';
import { readHistory } from '../faults/read-history';
import { Subscriber } from '../faults/subscribers';
import { registerUsers } from '../support/plain-api';
import { seeded } from '../support/random';
import { commandsOfTheImage } from './commands';
import { Compose } from './compose';
import type { Figure, Scale } from './figures';
import { Probe } from './probe';

const ROOMS = ['main', 'east'];
const WRITERS = 5;
const ROLES = ['api', 'live', 'worker'];
const PATIENCE_MS = 120_000;
/** Load before and after each fault, in milliseconds. */
const CALM_MS = 5_000;

/** Runs compose.yaml from the build to the removal of its volumes. Yields the figures of each step. @throws what went wrong */
export async function* trial({ perSecond, subscribers: count }: Scale): AsyncGenerator<Figure, void> {
  const compose = await Compose.onFreePorts();
  const origin = `http://${compose.host}`;
  const api = { httpUrl: `${origin}/graphql` };
  const account = new Account();
  const random = seeded(1);
  let probe: Probe | undefined;
  let subscribers: Subscriber[] = [];

  const timed = async (step: string, action: () => Promise<string>): Promise<Figure> => {
    const began = performance.now();
    const result = await action();
    return { step, result, seconds: Math.round((performance.now() - began) / 1_000) };
  };
  const failedSends = (): string[] => [...account.sends.values()].flatMap(({ errors }) => errors);
  const drops = (): number => subscribers.reduce((sum, { drops }) => sum + drops, 0);

  /** Figures of the load during an action and a few seconds around it. */
  const underLoad = async (action: () => Promise<unknown>): Promise<string> => {
    await delay(CALM_MS);
    probe?.take();
    const [sends, failed, dropped] = [account.ackTimes.length, failedSends().length, drops()];
    await action();
    await delay(CALM_MS);
    const { requests = 0, slowestMs = 0, failures = [] } = probe?.take() ?? {};
    const errors = [...failures, ...failedSends().slice(failed)];
    for (const error of errors.slice(0, 5)) process.stderr.write(`     ${error}\n`);
    return [
      `${account.ackTimes.length - sends} sends acknowledged, ${failedSends().length - failed} failed`,
      `${requests} pages and queries, ${failures.length} failed, the slowest after ${(slowestMs / 1_000).toFixed(1)} s`,
      `${drops() - dropped} subscribers reconnected`,
    ].join('; ');
  };

  try {
    yield await timed('build the image', async () => {
      await compose.compose('build');
      const bytes = Number(await compose.docker('image', 'inspect', '--format', '{{.Size}}', 'jungle-buzz'));
      return `${Math.round(bytes / 1e6)} MB`;
    });
    yield await timed('start compose.yaml until all containers are healthy', async () => {
      await compose.up();
      return `${(await compose.containers()).length} containers`;
    });
    yield await timed('commands of docs/operations.md', () => commandsOfTheImage(compose));

    const page = await fetch(origin);
    assert.match(await page.text(), /<!doctype html>/i, 'the proxy serves the page');
    assert.equal((await fetch(`${origin}/metrics`)).status, 404, 'the proxy does not serve metrics');
    const tokens = await registerUsers(api.httpUrl, WRITERS, 'writer');
    await ask(api, 'mutation ($id: ID!) { createRoom(input: { id: $id, title: "A room" }) { id } }', { id: 'east' }, tokens[0]);
    const options = { account, apis: [api], lives: [{ wsUrl: `ws://${compose.host}/graphql` }], random };
    subscribers = Array.from({ length: count }, (_, i) => new Subscriber(options, i, ROOMS[i % ROOMS.length] ?? ''));
    for (const subscriber of subscribers) await subscriber.start();
    const load = new Load({ account, apis: [api], tokens, rooms: ROOMS, perSecond, prefix: 'trial', random });
    load.start();
    probe = new Probe(origin);

    for (const role of ['live', 'api']) {
      yield await timed(`kill -9 of one ${role} process under load until it is healthy again`, async () => {
        const [container = ''] = await compose.containers(role);
        return underLoad(() => compose.crash(container));
      });
    }
    yield await timed('`deploy/rolling-upgrade.sh` under load', async () => {
      const before = await Promise.all(ROLES.map((role) => compose.containers(role)));
      const figures = await underLoad(() => compose.run('deploy/rolling-upgrade.sh'));
      const after = await Promise.all(ROLES.map((role) => compose.containers(role)));
      assert.equal(after.flat().length, before.flat().length);
      assert.deepEqual(new Set([...before.flat(), ...after.flat()]).size, 2 * before.flat().length, 'all containers are new');
      return figures;
    });
    await load.stop();
    await probe.stop();

    const history = (): Promise<Seen[][]> => Promise.all(ROOMS.map((room) => readHistory(room, () => api)));
    yield await timed('`docker compose down`, then `up` again', async () => {
      const before = await history();
      await compose.compose('down');
      await compose.up();
      assert.deepEqual(await history(), before);
      return `${before.flat().length} messages, all as before`;
    });
    yield await timed('deliver the last message to every subscriber and compare everything', async () => {
      for (const room of ROOMS) await load.surely(room, `last of ${room}`);
      const giveUpAt = performance.now() + PATIENCE_MS;
      while (subscribers.some(({ last, room }) => last !== `last of ${room}`)) {
        assert(performance.now() < giveUpAt, 'every subscriber receives the last message');
        await delay(100);
      }
      const final = new Map((await history()).map((messages, i) => [ROOMS[i] ?? '', messages]));
      const { examples, ...verdict } = check(account, final);
      const { acknowledged, received, indeterminate, ...wrong } = verdict;
      for (const [kind, number] of Object.entries(wrong)) assert.equal(number, 0, `${kind}: ${examples.join('; ')}`);
      return `${acknowledged} acknowledged, ${indeterminate} unknown, ${received} received; 0 lost, 0 twice, 0 gaps`;
    });
  } catch (error) {
    process.stderr.write(`${await compose.compose('ps', '--all').catch(String)}\n`);
    process.stderr.write(`${await compose.compose('logs', '--tail', '20').catch(String)}\n`);
    throw error;
  } finally {
    await probe?.stop();
    await Promise.all(subscribers.map((subscriber) => subscriber.stop()));
    await compose.compose('down', '--volumes', '--remove-orphans').catch((error: unknown) => process.stderr.write(String(error)));
  }
}
