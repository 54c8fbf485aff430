import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { LiveMetrics } from '../../live/live-metrics';
import { InsightCounters } from './insight-counters';

export const PREFIX = 'jungle_buzz_';

/** Seconds. The promise is a p99 of 50 ms. */
const LATENCY_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** Node's own: heap, garbage collection, event-loop lag. One for the process, whatever runs in it. */
let ofProcess: Registry | undefined;

function processRegistry(): Registry {
  if (!ofProcess) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }
  return ofProcess;
}

/** A value that is read when somebody asks for the metrics; what cannot be read then is left out. */
export interface Reading {
  readonly name: string;
  readonly help: string;
  /** A total only grows. */
  readonly kind: 'gauge' | 'total';
  /** By label value, if `label` is given. */
  readonly read: () => number | ReadonlyMap<string, number> | Promise<number>;
  readonly label?: string;
}

/** Everything that is counted in this process, in the text format of Prometheus. The parts that count know ports only. */
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
      help: 'Events that had subscribers, by subscription field.',
      labelNames: ['topic'],
      registers,
    });
    this.deliveriesTotal = counter('deliveries_total', 'Events handed to sockets, each socket counted.');
    this.latency = new Histogram({
      name: `${PREFIX}delivery_seconds`,
      help: 'From the hub hearing of an event until the last socket of its group had it.',
      buckets: LATENCY_BUCKETS,
      registers,
    });
    this.slowCloses = counter('slow_closes_total', 'Sockets closed because too much waited for them.');
    this.replays = counter('replays_total', 'Subscriptions to newChat that were brought up to date.');
    this.gapFailures = counter('gap_failures_total', 'Of these, refused because the gap could not be filled.');
    this.errors = new Counter({
      name: `${PREFIX}errors_total`,
      help: 'Errors that clients were told, by code and, for log-ins and tokens, by reason.',
      labelNames: ['code', 'reason'],
      registers,
    });
    this.rateLimits = new Counter({
      name: `${PREFIX}rate_limited_total`,
      help: 'Refusals by the name of the rate.',
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
    const show = async (): Promise<void> => {
      try {
        const value = await read();
        // In one turn with what follows: two may ask at once.
        metric.reset();
        if (typeof value === 'number') metric.inc(value);
        else for (const [key, count] of value) metric.inc({ [label ?? '']: key }, count);
      } catch {
        // The log or the store is away, which other metrics tell.
        metric.reset();
        if (label === undefined) metric.remove();
      }
    };
    const options = {
      name: PREFIX + name,
      help,
      labelNames: label === undefined ? [] : [label],
      registers: [this.registry],
      collect: show,
    };
    const metric: Gauge | Counter = kind === 'gauge' ? new Gauge(options) : new Counter(options);
  }

  /** In the text format of Prometheus. */
  async text(): Promise<string> {
    return (await this.registry.metrics()) + (await processRegistry().metrics());
  }
}
