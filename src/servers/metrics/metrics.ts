import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { LiveMetrics } from '../../live/live-metrics';
import { InsightCounters } from './insight-counters';

export const PREFIX = 'jungle_buzz_';

/** In seconds. The promised 99th percentile is 50 ms. */
const LATENCY_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** Metrics of Node itself: heap, garbage collection, event-loop lag. They are registered once per process. */
let nodeRegistry: Registry | undefined;

function getNodeRegistry(): Registry {
  if (!nodeRegistry) {
    nodeRegistry = new Registry();
    collectDefaultMetrics({ register: nodeRegistry });
  }
  return nodeRegistry;
}

/** A value that is read on every request for metrics. If the read fails, the value is omitted. */
export interface Reading {
  readonly name: string;
  readonly help: string;
  /** A `total` never decreases. */
  readonly kind: 'gauge' | 'total';
  /** Returns a map by label value if `label` is given. */
  readonly read: () => number | ReadonlyMap<string, number> | Promise<number>;
  readonly label?: string;
}

/** All metrics of this process. The counting parts know only their metrics ports. */
export class Metrics implements LiveMetrics {
  readonly insights: InsightCounters;
  private readonly registry = new Registry();
  private readonly events: Counter<'topic'>;
  private readonly deliveriesTotal: Counter;
  private readonly latency: Histogram;
  private readonly slowCloses: Counter;
  private readonly replays: Counter;
  private readonly gapFailures: Counter;
  private readonly errors: Counter<'code' | 'reason'>;
  private readonly rateLimits: Counter<'rate'>;

  constructor() {
    const registers = [this.registry];
    const counter = (name: string, help: string) => new Counter({ name: PREFIX + name, help, registers });
    this.insights = new InsightCounters(this.registry);
    this.events = new Counter({
      name: `${PREFIX}events_total`,
      help: 'Events with at least one subscriber, by subscription field.',
      labelNames: ['topic'],
      registers,
    });
    this.deliveriesTotal = counter(
      'deliveries_total',
      'Events written to connections; an event counts once for each connection.',
    );
    this.latency = new Histogram({
      name: `${PREFIX}delivery_seconds`,
      help: 'Seconds from publishing an event in this process to the write to the last connection of its group.',
      buckets: LATENCY_BUCKETS,
      registers,
    });
    this.slowCloses = counter('slow_closes_total', 'Connections closed as slow consumers.');
    this.replays = counter('replays_total', 'Subscriptions to newChat that began, from a cursor or at the head.');
    this.gapFailures = counter(
      'gap_failures_total',
      'Subscriptions to newChat that failed because their replay was not possible.',
    );
    this.errors = new Counter({
      name: `${PREFIX}errors_total`,
      help: 'Errors sent to clients, by code and, for logins and tokens, by reason.',
      labelNames: ['code', 'reason'],
      registers,
    });
    this.rateLimits = new Counter({
      name: `${PREFIX}rate_limited_total`,
      help: 'Requests refused by a rate limit, by the name of the rate.',
      labelNames: ['rate'],
      registers,
    });
  }

  event(topic: string): void {
    this.events.inc({ topic });
  }

  deliveries(count: number): void {
    this.deliveriesTotal.inc(count);
  }

  delivered(ms: number): void {
    this.latency.observe(ms / 1000);
  }

  slowClose(): void {
    this.slowCloses.inc();
  }

  replay(): void {
    this.replays.inc();
  }

  gapFailure(): void {
    this.gapFailures.inc();
  }

  error({ code, reason }: Readonly<Record<string, unknown>>): void {
    this.errors.inc({
      code: typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR',
      reason: typeof reason === 'string' ? reason : '',
    });
  }

  rateLimited(rate: string): void {
    this.rateLimits.inc({ rate });
  }

  watch({ name, help, kind, read, label }: Reading): void {
    const collect = async (): Promise<void> => {
      try {
        const value = await read();
        // No await between reset and inc: two requests may collect at the same time.
        metric.reset();
        if (typeof value === 'number') metric.inc(value);
        else for (const [key, count] of value) metric.inc({ [label ?? '']: key }, count);
      } catch {
        // The log or the store is unavailable. Other metrics show that.
        metric.reset();
        if (label === undefined) metric.remove();
      }
    };
    const options = {
      name: PREFIX + name,
      help,
      labelNames: label === undefined ? [] : [label],
      registers: [this.registry],
      collect,
    };
    const metric: Gauge | Counter = kind === 'gauge' ? new Gauge(options) : new Counter(options);
  }

  /** The metrics in the text format of Prometheus. */
  async text(): Promise<string> {
    return (await this.registry.metrics()) + (await getNodeRegistry().metrics());
  }
}
