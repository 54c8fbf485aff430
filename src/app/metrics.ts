import type { GraphQLFormattedError } from 'graphql';
import type { BatchWriters } from '../flow/batch-writers';
import { oldestUnflushedMs, unflushedCount } from '../flow/log-lag';
import type { LiveHub } from '../live/hub';
import type { LiveServer } from '../servers/live/live-server';
import type { Metrics } from '../servers/metrics/metrics';
import type { Base } from './base';
import type { ChatLog } from '../ports/chat-log';
import type { Engine } from '../ports/engine';

/** Counts every error that is sent to a client. */
export const errorCounter =
  (metrics: Metrics) =>
  ({ extensions = {} }: GraphQLFormattedError): void => {
    metrics.error(extensions);
  };

/** The values of the partitions that answer. @throws DomainError UNAVAILABLE if none does */
async function ofPartitions(
  { partitions }: Pick<ChatLog, 'partitions'>,
  read: (log: Pick<ChatLog, 'partitions'>) => Promise<number>,
): Promise<readonly number[]> {
  const answers = await Promise.allSettled(partitions.map((partition) => read({ partitions: [partition] })));
  const values = answers.filter((answer) => answer.status === 'fulfilled').map(({ value }) => value);
  return values.length > 0 ? values : [await read({ partitions })];
}

/** Metrics of the log as this process sees it. Each scrape reads the log. */
export function watchLog(metrics: Metrics, engine: Engine): void {
  const { chatLog: log, chatStore: store } = engine;
  metrics.watch({
    name: 'log_partitions_unavailable',
    kind: 'gauge',
    help: 'Partitions of the log that this process cannot read and write.',
    read: () => engine.partitionsWithoutLog().length,
  });
  metrics.watch({
    name: 'log_tail_age_seconds',
    kind: 'gauge',
    help: 'Time since this process last read the tail of the log successfully; 0 if it does not follow the log.',
    read: () => engine.tailAgeMs() / 1000,
  });
  metrics.watch({
    name: 'log_depth',
    kind: 'gauge',
    help: 'Messages in the log that are not yet in the store.',
    read: async () => (await ofPartitions(log, unflushedCount)).reduce((sum, count) => sum + count),
  });
  metrics.watch({
    name: 'log_oldest_seconds',
    kind: 'gauge',
    help: 'Age of the oldest message in the log that is not yet in the store; 0 if there is none.',
    read: async () => Math.max(...(await ofPartitions(log, oldestUnflushedMs))) / 1000,
  });
  metrics.watch({
    name: 'dead_letters',
    kind: 'gauge',
    help: 'Messages in the dead letters, because the store rejected them for good.',
    read: () => store.deadLetterCount(),
  });
  metrics.watch({
    name: 'log_epochs_begun_total',
    kind: 'total',
    help: 'Log epochs that this process began because the log was lost or set back.',
    read: () => engine.losses().epochsBegun,
  });
  metrics.watch({
    name: 'log_lost_entries_total',
    kind: 'total',
    help: 'Messages known to be lost because the log was lost or set back.',
    read: () => engine.losses().lost,
  });
}

export function watchWriters(metrics: Metrics, writers: BatchWriters): void {
  const total = (name: string, help: string, read: () => number): void => {
    metrics.watch({ name, kind: 'total', help, read });
  };
  total('flushes_total', 'Batches stored by this process.', () => writers.stats().flushes);
  total('flushed_messages_total', 'Messages that this process stored.', () => writers.stats().messages);
  total('flush_errors_total', 'Failed attempts of this process to store a batch.', () => writers.stats().failures);
  metrics.watch({
    name: 'writer_mode',
    kind: 'gauge',
    label: 'mode',
    help: 'Batch writers of this process by mode. There is one for each partition of the log.',
    read: () => writers.stats().modes,
  });
}

export function watchLive(metrics: Metrics, hub: LiveHub, server: LiveServer): void {
  metrics.watch({ name: 'sockets', kind: 'gauge', help: 'Open sockets.', read: () => server.socketCount });
  metrics.watch({
    name: 'subscriptions',
    kind: 'gauge',
    label: 'topic',
    help: 'Open subscriptions by field.',
    read: () => hub.subscriptions(),
  });
  metrics.watch({
    name: 'subscription_groups',
    kind: 'gauge',
    help: 'Groups of subscriptions with the same document and variables. Each group is executed once per event.',
    read: () => hub.groupCount,
  });
}

/** The roles of the process, and its errors that were not handled. */
export function watchProcess(metrics: Metrics, { config, engine }: Base, faults: ReadonlyMap<string, number>): void {
  metrics.watch({
    name: 'role',
    kind: 'gauge',
    label: 'role',
    help: `1 for each role of this process; the engine is ${engine.label}.`,
    read: () => new Map(config.ROLES.map((role) => [role, 1])),
  });
  metrics.watch({
    name: 'unhandled_errors_total',
    kind: 'total',
    label: 'kind',
    help: 'Errors that no code handled. After the first one the process stops in order with exit code 1.',
    read: () => faults,
  });
}
