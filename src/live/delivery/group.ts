import { execute, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { Batch } from './batch';
import type { Connection, Subscribed } from './connection';
import type { LiveMetrics } from '../live-metrics';
import type { SubscriptionHandle } from './subscription-handle';

export interface GroupDeps {
  readonly schema: GraphQLSchema;
  /** Shared by all executions, so read-only. */
  readonly contextValue: object;
  readonly formatError: (error: unknown) => object;
  readonly metrics: LiveMetrics;
}

/** One subscription of one socket. */
export interface Member extends Subscribed {
  readonly connection: Connection;
  readonly group: Group;
  readonly parked: SubscriptionHandle;
  /** As it stands in JSON, without quotes. */
  readonly id: string;
  /** Called when everything since its place is on its way and the next event will come live. */
  readonly joined: (() => void) | undefined;
  /** Number of the group's first event that is for it; Infinity until it has been brought up to date. */
  from: number;
}

/** Executed in one go. */
const EVENTS_PER_STEP = 32;
/** Written to in one go. */
const MEMBERS_PER_STEP = 64;
/** Payloads that leave in one write, and at most wait for it, in bytes. */
const BATCH_BYTES = 256 * 1024;
const MAX_READY_BYTES = 4 * BATCH_BYTES;
/** Events that may wait for execution. Beyond that the group cannot follow and its sockets are asked to come back later. */
export const MAX_QUEUED_EVENTS = 10_000;
/** Longest pause between two deliveries of a group, in milliseconds: the price in latency for fewer, larger writes. */
const MAX_PAUSE_MS = 10;
/** A delivery that took 1 ms is followed by a pause of this many. A small group hardly pauses at all. */
const PAUSE_FACTOR = 10;
/** A large group, whose delivery takes about as long, hardly pauses either: it is as late as it may be, in milliseconds. */
const MAX_CYCLE_MS = 20;

/**
 * All who asked the same of one channel: same document, same variables. An event passes through it in three steps: queued,
 * executed and serialised once (ready), written to each member. Events that become ready during a pause or a long delivery leave
 * together in one write per member.
 */
export class Group {
  readonly members = new Set<Member>();
  /** Those that are still being brought up to date; the group lives for them too. */
  readonly waiting = new Set<Member>();
  /** Events so far: the number of the next one. */
  events = 0;
  private queue: unknown[] = [];
  /** When each event came that no delivery has begun with, by performance.now(). */
  private cameAt: number[] = [];
  private executing = false;
  private ready: Buffer[] = [];
  private readyBytes = 0;
  /** Number of the event of `ready[0]`. */
  private readyFrom = 0;
  private delivery:
    | {
        readonly batch: Batch;
        readonly from: number;
        /** Of its first event. */
        readonly cameAt: number;
        readonly receivers: Iterator<Member>;
      }
    | undefined;
  private deliveryMs = 0;
  /** When the next delivery may begin. */
  due = 0;

  constructor(
    private readonly deps: GroupDeps,
    private readonly document: DocumentNode,
    private readonly variableValues: Readonly<Record<string, unknown>>,
    /** Takes the group off the hub's lists; called when it is empty. */
    readonly dispose: () => void,
  ) {}

  get empty(): boolean {
    return this.members.size === 0 && this.waiting.size === 0;
  }

  /** @returns false if the group cannot follow */
  add(event: unknown): boolean {
    if (this.members.size === 0) return true;
    if (this.queue.length >= MAX_QUEUED_EVENTS) return false;
    this.events++;
    this.queue.push(event);
    this.cameAt.push(performance.now());
    return true;
  }

  /** Whether `step` could do something at this moment. */
  canWork(now: number): boolean {
    return this.canExecute || this.delivery !== undefined || (this.ready.length > 0 && now >= this.due);
  }

  /** Whether there is something to deliver, after the pause perhaps. */
  get hasReady(): boolean {
    return this.ready.length > 0;
  }

  private get canExecute(): boolean {
    return !this.executing && this.queue.length > 0 && this.readyBytes < MAX_READY_BYTES;
  }

  /** @param wake called when there is work again that was waiting for a resolver */
  step(now: number, touch: (connection: Connection) => void, wake: () => void): void {
    if (this.canExecute) this.executeSome(wake);
    else if (this.delivery || (this.ready.length > 0 && now >= this.due)) this.deliverSome(touch);
  }

  /** The payload of one event: `data`, and `errors` if there are any, in the order in which graphql-ws writes them. */
  payloadOf(event: unknown): Buffer | Promise<Buffer> {
    try {
      const result = execute({
        schema: this.deps.schema,
        document: this.document,
        rootValue: event,
        contextValue: this.deps.contextValue,
        variableValues: this.variableValues,
      });
      return 'then' in result
        ? result.then((settled) => this.serialise(settled)).catch((error: unknown) => this.failure(error))
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
      this.take(payloads);
      return;
    }
    this.executing = true;
    void Promise.all(payloads).then((settled) => {
      this.executing = false;
      this.take(settled);
      wake();
    });
  }

  private take(payloads: readonly Buffer[]): void {
    for (const payload of payloads) {
      this.ready.push(payload);
      this.readyBytes += payload.length;
    }
  }

  private deliverSome(touch: (connection: Connection) => void): void {
    const started = performance.now();
    this.delivery ??= { ...this.nextBatch(), receivers: this.members.values() };
    const { batch, from, cameAt, receivers } = this.delivery;
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
      touch(member.connection);
      member.connection.wire.send(batch, first, member.id);
      sent += batch.length - first;
    }
    this.deps.metrics.deliveries(sent);
    const now = performance.now();
    this.deliveryMs += now - started;
    if (this.delivery) return;
    this.deps.metrics.delivered(now - cameAt);
    this.due = now + Math.max(0, Math.min(MAX_PAUSE_MS, PAUSE_FACTOR * this.deliveryMs, MAX_CYCLE_MS - this.deliveryMs));
    this.deliveryMs = 0;
  }

  private nextBatch(): { batch: Batch; from: number; cameAt: number } {
    let bytes = 0;
    let count = 0;
    for (const payload of this.ready) {
      if (count > 0 && bytes + payload.length > BATCH_BYTES) break;
      bytes += payload.length;
      count++;
    }
    const batch = new Batch(this.ready.splice(0, count));
    const [cameAt = performance.now()] = this.cameAt.splice(0, count);
    const from = this.readyFrom;
    this.readyBytes -= bytes;
    this.readyFrom += count;
    return { batch, from, cameAt };
  }
}
