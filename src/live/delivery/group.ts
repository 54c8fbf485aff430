import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql';
import { compile, type Execute } from '../../execution/compile';
import { Batch } from './batch';
import type { Connection, Subscribed } from './connection';
import type { DeliveryPressure } from './delivery-pressure';
import type { LiveMetrics } from '../live-metrics';
import type { SubscriptionHandle } from './subscription-handle';

export interface GroupDeps {
  readonly schema: GraphQLSchema;
  /** Shared by all executions, and therefore read-only. */
  readonly contextValue: object;
  readonly formatError: (error: unknown) => object;
  readonly metrics: LiveMetrics;
  /** Shared by all groups of the event loop. */
  readonly pressure: DeliveryPressure;
}

/** One subscription of one socket. */
export interface Member extends Subscribed {
  readonly connection: Connection;
  readonly group: Group;
  readonly handle: SubscriptionHandle;
  /** Subscription id, JSON-escaped, without quotes. */
  readonly id: string;
  /** Called when the replay is complete and the next event will be a live one. */
  readonly onLive: (() => void) | undefined;
  /** Number of the first event of the group that the member receives; Infinity during its replay. */
  from: number;
}

/** Events executed in one step. */
const EVENTS_PER_STEP = 32;
/** Members written to in one step. */
const MEMBERS_PER_STEP = 64;
/** Payloads in one write to a member, in bytes. */
const BATCH_BYTES = 256 * 1024;
/** Payloads that may wait for delivery before execution pauses, in bytes. */
const MAX_READY_BYTES = 4 * BATCH_BYTES;
/** Events that may wait for execution. Beyond it the group is overloaded and its sockets are closed with TOO_SLOW. */
export const MAX_QUEUED_EVENTS = 10_000;
/** Longer times between events count as this long, in milliseconds: longer than every window, so that a burst is noticed soon. */
const MAX_INTERVAL_MS = 50;
/** Weight of the newest time between two events in their mean. */
const NEWEST_WEIGHT = 0.1;
/**
 * The subscriptions of one channel with the same document and the same variables. An event is queued, executed and serialised once
 * (ready), and then written to each member. Events that become ready during a window (see
 * DeliveryPressure) or a long delivery are written together.
 */
export class Group {
  readonly members = new Set<Member>();
  /** Members in replay. The group is kept for them too. */
  readonly replaying = new Set<Member>();
  /** Number of events so far, which is the number of the next event. */
  events = 0;
  private readonly execute: Execute;
  private queue: unknown[] = [];
  /** Arrival time by performance.now() of each event that is not in a delivery yet. */
  private arrivedAt: number[] = [];
  private lastAt = -Infinity;
  /** Mean time between events, in milliseconds. */
  private intervalMs = MAX_INTERVAL_MS;
  private executing = false;
  private ready: Buffer[] = [];
  private readyBytes = 0;
  /** Number of the event of `ready[0]`. */
  private readyFrom = 0;
  private delivery:
    | {
        readonly batch: Batch;
        readonly from: number;
        /** Arrival time of the first event. */
        readonly arrivedAt: number;
        readonly receivers: Iterator<Member>;
      }
    | undefined;
  /** Duration of the current delivery so far, in milliseconds. */
  private deliveryMs = 0;
  constructor(
    private readonly deps: GroupDeps,
    document: DocumentNode,
    private readonly variableValues: Readonly<Record<string, unknown>>,
    /** Removes the group from the hub. Called when it is empty. */
    readonly dispose: () => void,
  ) {
    this.execute = compile(deps.schema, document, undefined);
  }

  get empty(): boolean {
    return this.members.size === 0 && this.replaying.size === 0;
  }

  /** @returns false if the queue is full */
  add(event: unknown): boolean {
    if (this.members.size === 0) return true;
    if (this.queue.length >= MAX_QUEUED_EVENTS) return false;
    this.events++;
    this.queue.push(event);
    const now = performance.now();
    this.arrivedAt.push(now);
    this.intervalMs += NEWEST_WEIGHT * (Math.min(MAX_INTERVAL_MS, now - this.lastAt) - this.intervalMs);
    this.lastAt = now;
    return true;
  }

  /** Whether `step` has something to do at this time. */
  canWork(now: number): boolean {
    return this.canExecute || this.canDeliver(now);
  }

  /** Earliest time of the next delivery, by performance.now(). */
  due(now: number): number {
    const firstAt = this.arrivedAt[0] ?? 0;
    // Of the ready ones: an event whose execution has only begun is one to wait for.
    const lastAt = this.arrivedAt[this.ready.length - 1] ?? firstAt;
    return this.deps.pressure.due(now, { firstAt, lastAt, intervalMs: this.intervalMs });
  }

  private canDeliver(now: number): boolean {
    return this.delivery !== undefined || (this.ready.length > 0 && now >= this.due(now));
  }

  /** Whether payloads wait for delivery, now or after the window. */
  get hasReady(): boolean {
    return this.ready.length > 0;
  }

  private get canExecute(): boolean {
    return !this.executing && this.queue.length > 0 && this.readyBytes < MAX_READY_BYTES;
  }

  /**
   * @param cork called with each connection before the first write to it
   * @param wake called when an asynchronous resolver has finished and there is work again
   */
  step(now: number, cork: (connection: Connection) => void, wake: () => void): void {
    if (this.canExecute) this.executeSome(wake);
    else if (this.canDeliver(now)) this.deliverSome(cork);
  }

  /** The payload of one event: `data`, then `errors` if there are any, in the order of graphql-ws. */
  payloadOf(event: unknown): Buffer | Promise<Buffer> {
    try {
      const { contextValue } = this.deps;
      const result = this.execute({ rootValue: event, contextValue, variableValues: this.variableValues });
      return 'then' in result
        ? result.then((later) => this.serialise(later)).catch((error: unknown) => this.failure(error))
        : this.serialise(result);
    } catch (error) {
      return this.failure(error);
    }
  }

  private serialise({ errors, ...rest }: ExecutionResult): Buffer {
    return Buffer.from(JSON.stringify(errors ? { ...rest, errors: errors.map(this.deps.formatError) } : rest));
  }

  private failure(error: unknown): Buffer {
    return Buffer.from(JSON.stringify({ data: null, errors: [this.deps.formatError(error)] }));
  }

  private executeSome(wake: () => void): void {
    const payloads = this.queue.splice(0, EVENTS_PER_STEP).map((event) => this.payloadOf(event));
    if (payloads.every((payload) => Buffer.isBuffer(payload))) {
      this.addReady(payloads);
      return;
    }
    this.executing = true;
    void Promise.all(payloads).then((later) => {
      this.executing = false;
      this.addReady(later);
      wake();
    });
  }

  private addReady(payloads: readonly Buffer[]): void {
    for (const payload of payloads) {
      this.ready.push(payload);
      this.readyBytes += payload.length;
    }
  }

  private deliverSome(cork: (connection: Connection) => void): void {
    const started = performance.now();
    this.delivery ??= { ...this.nextBatch(), receivers: this.members.values() };
    const { batch, from, arrivedAt, receivers } = this.delivery;
    let sent = 0;
    for (let i = 0; i < MEMBERS_PER_STEP; i++) {
      const next = receivers.next();
      if (next.done) {
        this.delivery = undefined;
        break;
      }
      const member = next.value;
      const first = Math.max(0, member.from - from);
      if (first >= batch.length) continue;
      cork(member.connection);
      member.connection.queue.send(batch, first, member.id);
      sent += batch.length - first;
    }
    this.deps.metrics.deliveries(sent);
    const now = performance.now();
    this.deliveryMs += now - started;
    if (this.delivery) return;
    this.deps.metrics.delivered(now - arrivedAt);
    this.deps.pressure.add(batch.length, this.deliveryMs, now);
    this.deliveryMs = 0;
  }

  private nextBatch(): { batch: Batch; from: number; arrivedAt: number } {
    let bytes = 0;
    let count = 0;
    for (const payload of this.ready) {
      if (count > 0 && bytes + payload.length > BATCH_BYTES) break;
      bytes += payload.length;
      count++;
    }
    const batch = new Batch(this.ready.splice(0, count));
    const [arrivedAt = performance.now()] = this.arrivedAt.splice(0, count);
    const from = this.readyFrom;
    this.readyBytes -= bytes;
    this.readyFrom += count;
    return { batch, from, arrivedAt };
  }
}
