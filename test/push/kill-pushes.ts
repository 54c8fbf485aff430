import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { graphql, registerUsers } from '../support/plain-api';
import { FakePushService, type PushInput } from '../support/push-service';
import { ServerProcess } from '../support/server-process';
import { until } from '../support/until';

export interface Plan {
  readonly subscriptions: number;
  readonly kills: number;
  /** Settings of the engine. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Outcome {
  readonly subscriptions: number;
  /** Endpoints whose push service answers 404, 410 or always 500. */
  readonly failing: number;
  readonly accepted: number;
  /** Working endpoints without a notification. */
  readonly missed: number;
  /** Notifications of an endpoint beyond its first. */
  readonly repeats: number;
  readonly mostInFlight: number;
  /** Different pairs of topic and tag. */
  readonly labels: readonly string[];
  /** From the start of the process that sends first, with the restarts, in milliseconds. */
  readonly tookMs: number;
}

/** Nobody is notified at night: the zone in which it is noon. The names of these zones count hours to the west. */
const HOURS_WEST = new Date().getUTCHours() - 12;
const ZONE_OF_NOON = `Etc/GMT${HOURS_WEST > 0 ? '+' : ''}${HOURS_WEST}`;
/** Once a year. */
const NEVER = '0 0 1 1 *';
const ACCOUNTS = 50;
/** How long the push service takes, so that requests overlap. */
const ANSWER_MS = 5;
const AT_ONCE = 8;
/** From the start of the process that sends to the end of the day that the letter is of. */
const LETTER_AFTER_MS = 5_000;
/** No notification for so long: longer than the pause after a failed attempt, and than the lease of a killed process. */
const PATIENCE_MS = 120_000;
const ANSWERS: readonly (readonly [part: number, status: number])[] = [
  [0.002, 404],
  [0.004, 410],
  [0.006, 500],
];
/** This part of the endpoints answers 503 once. */
const FAILS_ONCE = 0.016;

/** The same for a name in each run. @returns a number from 0 to 1 */
const shareOf = (name: string): number => createHash('sha256').update(name).digest().readUInt32LE() / 2 ** 32;
const failure = (name: string): number | undefined => ANSWERS.find(([part]) => shareOf(name) < part)?.[1];

/**
 * People subscribe, a letter is written, and the process that announces it is killed with SIGKILL at equal shares of the
 * notifications, each time while some of them are under way.
 */
export async function killWhilePushing({ subscriptions, kills, env = {} }: Plan): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'jungle-buzz-pushes-'));
  const service = await FakePushService.start();
  const settings = {
    ...{ PUSH_CONTACT: 'mailto:wall@example.org', PUSH_HOSTS: service.host, NODE_EXTRA_CA_CERTS: service.caPath },
    ...{ INSIGHT_TZ: ZONE_OF_NOON, INSIGHT_CRON: NEVER, LOG_LEVEL: 'error', ...env },
  };
  let server = await ServerProcess.start(settings, folder);
  try {
    const names = Array.from({ length: subscriptions }, (_, i) => `browser-${i}`);
    await subscribeAll(server.httpUrl, names, service);
    await server.stop();

    const working = names.filter((name) => failure(name) === undefined);
    const killAt = Array.from({ length: kills }, (_, i) => Math.floor(((i + 1) * working.length) / (kills + 1)));
    const [tried, reached] = [new Set<string>(), new Set<string>()];
    let accepted = 0;
    service.answer = async (name) => {
      await delay(ANSWER_MS);
      const status = failure(name) ?? (shareOf(name) < FAILS_ONCE && !tried.has(name) ? 503 : 201);
      tried.add(name);
      if (status !== 201) return status;
      accepted++;
      reached.add(name);
      if (accepted >= (killAt[0] ?? Infinity)) {
        killAt.shift();
        server.child.kill('SIGKILL');
      }
      return status;
    };
    const letter = { INSIGHT_CRON: cronOf(new Date(Date.now() + LETTER_AFTER_MS)) };
    const began = performance.now();
    for (let life = 0; life <= kills; life++) {
      const started = await ServerProcess.start({ ...settings, ...letter }, folder);
      server = started;
      const isOver = (): boolean => (life < kills ? started.child.signalCode === 'SIGKILL' : reached.size === working.length);
      await untilQuiet(isOver, () => accepted);
      if (!isOver()) break;
    }
    const tookMs = performance.now() - began;
    await server.stop();
    return {
      subscriptions,
      failing: subscriptions - working.length,
      accepted,
      missed: working.length - reached.size,
      repeats: accepted - reached.size,
      mostInFlight: service.mostInFlight,
      labels: [...new Set(service.received.map(({ topic, payload }) => `${topic} ${String(payload['tag'])}`))],
      tookMs,
    };
  } finally {
    await server.stop('SIGKILL');
    await service.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** At this time of each day, in the zone of noon. */
function cronOf(date: Date): string {
  const local = new Date(date.getTime() - HOURS_WEST * 3_600_000);
  return `${local.getUTCSeconds()} ${local.getUTCMinutes()} ${local.getUTCHours()} * * *`;
}

async function subscribeAll(url: string, names: readonly string[], service: FakePushService): Promise<void> {
  const tokens = await registerUsers(url, ACCOUNTS, 'reader');
  const query = 'mutation ($subscription: PushInput!) { subscribePush(subscription: $subscription) }';
  const waiting = names.entries();
  const subscribeNext = async (): Promise<void> => {
    for (const [i, name] of waiting) {
      const subscription: PushInput = service.browser(name);
      await graphql(url, query, { subscription }, tokens[i % tokens.length]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, subscribeNext));
  const text = '오늘은 숲이 참 조용했어요';
  await graphql(
    url,
    'mutation ($text: String!) { sendChat(input: { clientMessageId: "first", text: $text }) { id } }',
    { text },
    tokens[0],
  );
}

/** Resolves when the condition holds, or when nothing was accepted for PATIENCE_MS. */
async function untilQuiet(isOver: () => boolean, accepted: () => number): Promise<void> {
  for (let before = -1; !isOver() && before < accepted();) {
    before = accepted();
    await until(() => isOver() || accepted() > before, 'a notification is accepted', PATIENCE_MS).catch(() => undefined);
  }
}
