/** setEmpathy on one message at 1,000/s, and recentChats with and without empathies among many messages that have some. */
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { openEngine } from '../../src/app/engine';
import { parseConfig } from '../../src/config/config';
import { EMPATHIES } from '../../src/domain/empathy';
import { systemClock } from '../../src/ports/clock';
import { silentLogger } from '../../src/ports/logger';
import { graphql, registerUsers } from '../support/plain-api';
import { ServerProcess } from '../support/server-process';
import { pressLoad } from './support/children';
import { openInstallation } from './support/installation';
import { report } from './support/report';
import { latencyOf, round } from './support/stats';

const SECONDS = Number(process.env['SECONDS'] ?? 30);
const MESSAGES = Number(process.env['MESSAGES'] ?? 100_000);
const WARM_UP_SECONDS = 10;
const PER_SECOND = 1_000;
const ACCOUNTS = 200;
const PRESSES_EACH = 10;
const READS = 1_000;
const BATCH = 1_000;
const ENGINES = ['embedded', 'clustered'];

const WITHOUT = '{ recentChats(first: 20) { items { id text author sentAt } cursor } }';
const WITH = '{ recentChats(first: 20) { items { id text author sentAt empathies { empathy count } } cursor } }';

type IsPart = (part: 'presses' | 'reads') => boolean;
type Row = readonly [what: string, p50: number | string, p99: number | string, max: number | string, more: string];

/** Fills an installation whose server is stopped. */
async function fill(env: Readonly<Record<string, string>>): Promise<void> {
  const engine = await openEngine(parseConfig({ NODE_ENV: 'test', ...env }), systemClock, silentLogger);
  for (let done = 0; done < MESSAGES; done += BATCH) {
    const batch = await Promise.all(
      Array.from({ length: BATCH }, async (_, i) => {
        const appended = await engine.chatLog.append({
          ...{ id: `fill-${done + i}`, room: 'main', authorId: `author-${i % 100}`, author: 'quiet otter' },
          ...{ text: `message number ${done + i} of many`, emotions: [10, 0, 0, 20, 0, 0, 0, 0], dominant: null },
          ...{ feeling: null, answers: null },
        });
        if (appended.duplicate) throw new Error('the installation was not empty');
        return appended.chat;
      }),
    );
    await engine.chatStore.insertBatch(batch);
    await engine.chatLog.of('main').commit(batch.at(-1)?.offset ?? 0, 1);
    await engine.chatLog.of('main').trim(10_000, 0);
    const presses = batch.flatMap(({ id }) => Array.from({ length: PRESSES_EACH }, (_, person) => ({ id, person })));
    await Promise.all(
      presses.map(({ id, person }) => engine.empathyStore.set(id, `person-${person}`, EMPATHIES[person % 3] ?? null)),
    );
  }
  await engine.close();
}

async function presses(url: string, wsUrl: string, memoryMb: () => number): Promise<Row[]> {
  const [author = '', ...tokens] = await registerUsers(url, ACCOUNTS + 1);
  const { sendChat } = await graphql<{ sendChat: { id: string } }>(
    url,
    'mutation ($input: SendChatInput!) { sendChat(input: $input) { id } }',
    { input: { clientMessageId: 'm', text: 'press here' } },
    author,
  );
  const client = createClient({ url: wsUrl, webSocketImpl: WebSocket, retryAttempts: 0 });
  const arrivals: number[] = [];
  client.subscribe(
    { query: 'subscription { chatChanged { id empathies { count } } }' },
    { next: () => arrivals.push(performance.now()), error: console.error, complete: () => undefined },
  );
  const order = { url, tokens, chatId: sendChat.id, perSecond: PER_SECOND };
  await pressLoad({ ...order, seconds: WARM_UP_SECONDS, warmUpSeconds: 0 });
  const before = memoryMb();
  const { latencies, errors } = await pressLoad({ ...order, seconds: SECONDS, warmUpSeconds: 2 });
  const after = memoryMb();
  await client.dispose();
  if (errors[0]) console.error(errors[0]);
  const { p50, p99, max } = latencyOf(latencies);
  const most = Math.max(...arrivals.map((at) => arrivals.filter((other) => other >= at && other < at + 1_000).length));
  return [
    [`setEmpathy, ${PER_SECOND}/s on one message`, p50, p99, max, `${errors.length} errors`],
    ['chatChanged of that message', '-', '-', '-', `at most ${most} in a second, ${arrivals.length} in all`],
    ['memory of the server', '-', '-', '-', `${round(before, 0)} MB before, ${round(after, 0)} MB after`],
  ];
}

/** The two queries in turn, so that both meet the same machine. */
async function reads(url: string): Promise<Row[]> {
  const times = new Map<string, number[]>([
    [WITHOUT, []],
    [WITH, []],
  ]);
  for (let i = -100; i < READS; i++) {
    for (const [query, list] of times) {
      const began = performance.now();
      await graphql(url, query, {});
      if (i >= 0) list.push(performance.now() - began);
    }
  }
  return [...times].map(([query, list]): Row => {
    const { p50, p99, max } = latencyOf(list);
    const what = query === WITH ? 'with empathies' : 'without empathies';
    return [`recentChats of 20 ${what}`, p50, p99, max, `${MESSAGES} messages, ${PRESSES_EACH} presses each`];
  });
}

function keep(engine: string, rows: readonly Row[]): void {
  const columns = ['what', 'p50 ms', 'p99 ms', 'max ms', ''];
  report(`empathies-${engine}`, columns, rows, { rows }, `empathies ${engine}`);
}

async function pressed(env: Record<string, string>): Promise<readonly Row[]> {
  const server = await ServerProcess.start(env);
  return presses(server.httpUrl, server.wsUrl, () => server.usage().rssAnonMb).finally(() => server.stop());
}

async function embedded(isPart: IsPart): Promise<void> {
  const rows = isPart('presses') ? await pressed({}) : [];
  if (!isPart('reads')) {
    keep('embedded', rows);
    return;
  }
  const first = await ServerProcess.start();
  const { dataDir } = first;
  await first.stop();
  await fill({ DATA_DIR: dataDir });
  const full = await ServerProcess.start({}, dataDir);
  try {
    keep('embedded', [...rows, ...(await reads(full.httpUrl))]);
  } finally {
    await full.stop();
  }
}

async function clustered(isPart: IsPart): Promise<void> {
  const installation = await openInstallation([]);
  const { env } = installation;
  try {
    const rows = isPart('presses') ? await pressed({ ...env }) : [];
    if (!isPart('reads')) {
      keep('clustered', rows);
      return;
    }
    await installation.redis.empty();
    const fresh = { ...env, MONGODB_URI: installation.mongo.empty() };
    await fill(fresh);
    const full = await ServerProcess.start(fresh);
    const read = await reads(full.httpUrl).finally(() => full.stop());
    keep('clustered', [...rows, ...read]);
  } finally {
    await installation.stop();
  }
}

/** @param names of engines and of parts; of a kind that is not named, all */
export async function empathies(names: readonly string[]): Promise<void> {
  const isAsked = (name: string, kind: readonly string[]) => names.includes(name) || !kind.some((other) => names.includes(other));
  const isPart: IsPart = (part) => isAsked(part, ['presses', 'reads']);
  if (isAsked('embedded', ENGINES)) await embedded(isPart);
  if (isAsked('clustered', ENGINES)) await clustered(isPart);
}
