import type { GraphQLFormattedError } from 'graphql';
import { DomainError } from '../domain/errors';
import type { BatchWriter } from '../flow/batch-writer';
import type { LiveHub } from '../live/hub';
import type { RateLimiter } from '../ports/rate-limiter';
import type { LiveServer } from '../servers/live/live-server';
import type { Metrics } from '../servers/metrics/metrics';
import type { Base } from './base';
import type { Engine } from '../ports/engine';

/** Hears of every error that a client is told. */
export const errorCounter =
  (metrics: Metrics) =>
  ({ extensions = {} }: GraphQLFormattedError): void => {
    metrics.error(extensions);
  };

/** The log as this process sees it, asked at most every five seconds by Prometheus' habit. */
export function watchLog(metrics: Metrics, { chatLog: log, chatStore: store, losses }: Engine): void {
  metrics.watch({
    name: 'log_depth',
    kind: 'gauge',
    help: 'Messages in the log that are not yet in the store.',
    read: async () => Math.max(0, (await log.head()).offset - (await log.committed())),
  });
  metrics.watch({
    name: 'log_oldest_seconds',
    kind: 'gauge',
    help: 'Age of the oldest of them; 0 without any.',
    read: async () => {
      const [head, offset] = [await log.head(), await log.committed()];
      const [oldest] = offset < head.offset ? ((await log.read({ epoch: head.epoch, offset }, 1)) ?? []) : [];
      return oldest ? Math.max(0, (await log.watermark()) - oldest.sentAt) / 1000 : 0;
    },
  });
  metrics.watch({
    name: 'dead_letters',
    kind: 'gauge',
    help: 'Messages that the store refused for good.',
    read: () => store.deadLetterCount(),
  });
  metrics.watch({
    name: 'log_epochs_begun_total',
    kind: 'total',
    help: 'New generations that this process began because the log was lost or set back.',
    read: () => losses().epochsBegun,
  });
  metrics.watch({
    name: 'log_lost_entries_total',
    kind: 'total',
    help: 'Messages known to be lost by that.',
    read: () => losses().lost,
  });
}

export function watchWriter(metrics: Metrics, writer: BatchWriter): void {
  const total = (name: string, help: string, read: () => number): void => {
    metrics.watch({ name, kind: 'total', help, read });
  };
  total('flushes_total', 'Batches stored by this process.', () => writer.stats().flushes);
  total('flushed_messages_total', 'Messages in them.', () => writer.stats().messages);
  total('flush_errors_total', 'Batches that could not be stored, and were tried again.', () => writer.stats().failures);
  metrics.watch({
    name: 'writer_mode',
    kind: 'gauge',
    label: 'mode',
    help: '1 for what the writer of this process is doing.',
    read: () => new Map([[writer.stats().mode, 1]]),
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
    help: 'Different documents and variables among them: each is executed once per event.',
    read: () => hub.groupCount,
  });
}

/** Tells the metrics of every refusal. */
export function countedLimiter(limiter: RateLimiter, metrics: Metrics): RateLimiter {
  const counted = async (name: string, use: Promise<void>): Promise<void> => {
    try {
      await use;
    } catch (error) {
      // One name for slow mode, whatever its seconds.
      if (error instanceof DomainError && error.code === 'RATE_LIMITED') metrics.rateLimited(name.replace(/-\d+$/, ''));
      throw error;
    }
  };
  return {
    consume: (rate, key) => counted(rate.name, limiter.consume(rate, key)),
    attempt: (backoff, key) => counted(backoff.name, limiter.attempt(backoff, key)),
    reset: (backoff, key) => limiter.reset(backoff, key),
  };
}

/** What a process is: constant, for joining with others. */
export function watchProcess(metrics: Metrics, { config, engine }: Pick<Base, 'config' | 'engine'>): void {
  metrics.watch({
    name: 'role',
    kind: 'gauge',
    label: 'role',
    help: `1 for each role of this process; the engine is ${engine.label}.`,
    read: () => new Map(config.ROLES.map((role) => [role, 1])),
  });
}
