/** How many sockets a machine could serve with sockets in worker threads, from measured costs. */
import type { Figures } from '../fan-out/loads';
import { loadResults, medianOf } from '../fan-out/results';
import { ourIngest } from '../readme';
import { OURS } from '../servers/catalogue';

const CORES = [2, 8, 32];
const MESSAGES_PER_SECOND = [10, 100, 1_000];
/** Writes to a socket in a second while the server gathers under load. */
const MOST_WRITES_PER_SECOND = 50;

/** Processor time in microseconds. */
export interface ModelCosts {
  /** One sendChat at most load, durable. */
  readonly ingest: number;
  /** One write to one socket. */
  readonly write: number;
  /** One more message in a write. */
  readonly message: number;
  /** A group of messages from one thread to another, both sides. */
  readonly hop: number;
}

export function modelCosts(hop: number): ModelCosts | undefined {
  const results = loadResults();
  const ours = (load: string): readonly Figures[] | undefined => results[load]?.runs[OURS];
  const steady = ours('steady-200');
  const costs = {
    ingest: ourIngest('cpuAtMost'),
    write: medianOf(steady, 'netCpuPerDelivery') * medianOf(steady, 'perRead'),
    message: medianOf(ours('burst-from-inside-200'), 'cpuPerDelivery'),
    hop,
  };
  return Object.values(costs).every(Number.isFinite) ? costs : undefined;
}

/** @param cores 1 for today's single thread, otherwise one for messages and the log, and the others for sockets */
export function socketsOf({ ingest, write, message, hop }: ModelCosts, messagesPerSecond: number, cores: number): number {
  const writes = Math.min(messagesPerSecond, MOST_WRITES_PER_SECOND);
  const perSocket = writes * write + (messagesPerSecond - writes) * message;
  const ingesting = messagesPerSecond * ingest;
  if (cores === 1) return Math.max(0, (1e6 - ingesting) / perSocket);
  const workers = cores - 1;
  // Half of a hop is the sender's.
  if (ingesting + (writes * hop * workers) / 2 > 1e6) return 0;
  return (workers * (1e6 - (writes * hop) / 2)) / perSocket;
}

/** A Markdown table. */
export function modelTable(costs: ModelCosts): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  const columns = ['messages/s in one room', 'sockets today, one thread', ...CORES.map((cores) => `${cores} cores`)];
  const rows = MESSAGES_PER_SECOND.map((messages) => {
    const sockets = [1, ...CORES].map((cores) => Number(socketsOf(costs, messages, cores).toPrecision(2)).toLocaleString('en'));
    return line([messages.toLocaleString('en'), ...sockets]);
  });
  return [line(columns), line(columns.map(() => '---')), ...rows].join('\n');
}
