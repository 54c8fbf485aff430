import { httpLoad, wsLoad } from './children';
import type { ServerProcess } from '../../support/server-process';

export interface DeliveryLoad {
  readonly sockets: number;
  readonly perSecond: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  /** Distinguishes the messages of one run from those of another. */
  readonly run: string;
}

export interface Deliveries {
  /** From the time a send was due until each socket had the message, in milliseconds. */
  readonly delays: readonly number[];
  /** Refused sends, and messages that a socket missed or received twice. */
  readonly errors: number;
  /** Used cores, over the load and its warm-up. */
  readonly serverCpu: number;
  readonly generatorCpu: number;
}

/** Time after which the last message counts as lost. */
const LAST_DELIVERY_MS = 1_000;

/** Messages to one room with subscribers, at a fixed rate. */
export async function deliver(server: ServerProcess, tokens: readonly string[], load: DeliveryLoad): Promise<Deliveries> {
  const { sockets, perSecond, seconds, warmUpSeconds, run } = load;
  const finish = await wsLoad({ url: server.wsUrl, sockets, room: 'main' });
  const before = server.usage();
  const sent = await httpLoad({ url: server.httpUrl, tokens, perSecond, seconds, warmUpSeconds, room: 'main', run });
  const usage = server.usage();
  await new Promise((resolve) => setTimeout(resolve, LAST_DELIVERY_MS));
  const got = await finish();
  const due = new Map(sent.sent);
  const delays = got.arrivals.flatMap(([id, at]) => (due.has(id) ? [at - (due.get(id) as number)] : []));
  const missing = sent.sent.length * sockets - delays.length;
  const loadedSeconds = warmUpSeconds + seconds;
  return {
    delays,
    errors: sent.errors.length + Math.abs(missing),
    serverCpu: (usage.cpuSeconds - before.cpuSeconds) / loadedSeconds,
    generatorCpu: (got.cpuSeconds + sent.cpuSeconds) / loadedSeconds,
  };
}
