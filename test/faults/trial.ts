import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { seeded } from '../support/random';
import { check, type Final, type Loss, type Verdict } from './checker';
import { Account } from './history';
import type { Installation } from './installation';
import { ask, Load } from './load';
import { pausesOf, type Outage, type Pauses } from './pauses';
import type { LogLine } from './server-node';
import { readHistory } from './read-history';
import { roomsFor } from './rooms';
import { Subscriber } from './subscribers';

/** Time limit for a condition of the trial, in milliseconds. */
const PATIENCE_MS = 120_000;
const WARM_UP_SECONDS = 10;

export interface Findings extends Verdict {
  /** From the end of the fault to the first acknowledgement, in milliseconds. */
  readonly recoveredMs: number;
  /** Messages that waited for the store at the end of the fault, and the time until they were stored. */
  readonly backlog: number;
  readonly drainedMs: number;
  /** What did not recover in time, as sentences. */
  readonly unsettled: string;
  /** If one of several Redis servers had a fault. */
  readonly pauses: Pauses | undefined;
}

/** Writers and subscribers in some rooms, and the record of all sends and deliveries, from before a fault until after it. */
export class Trial {
  readonly account: Account;
  readonly random: () => number;
  readonly rooms: readonly string[];
  readonly load: Load;
  readonly subscribers: readonly Subscriber[];
  /** Added by a fault that is allowed to lose messages that were not stored. */
  readonly losses: Loss[] = [];
  readonly outages: Outage[] = [];
  private loadEndedAt = 0;
  private readonly loopDelay = monitorEventLoopDelay({ resolution: 10 });
  private healedAt = 0;
  private backlog = 0;
  private drained: Promise<number> | undefined;
  private readonly linesBefore: ReadonlyMap<string, number>;

  constructor(readonly on: Installation) {
    const { scale, tokens } = on;
    const number = on.nextTrial();
    this.random = seeded(scale.seed);
    this.rooms = roomsFor(on.servers, number);
    this.account = new Account((room) => on.servers.partitionOf(room));
    const [apis, lives] = [on.of('api'), on.of('live')];
    const { account, random, rooms } = this;
    this.load = new Load({ account, apis, tokens, rooms, perSecond: scale.perSecond, prefix: `trial ${number}`, random });
    this.subscribers = Array.from(
      { length: scale.subscribers },
      (_, i) => new Subscriber({ account, apis, lives, random }, i, rooms[i % rooms.length] ?? ''),
    );
    this.linesBefore = new Map(on.nodes.map(({ name, logs }) => [name, logs.length]));
  }

  /** Resolves when messages are being delivered. */
  async begin(): Promise<void> {
    const query = 'mutation ($id: ID!) { createRoom(input: { id: $id, title: "A room" }) { id } }';
    for (const id of this.rooms) await ask(this.on.node('api1'), query, { id }, this.on.tokens[0]);
    for (const subscriber of this.subscribers) await subscriber.start();
    this.load.start();
    // Where pauses are measured: processes that have just started are slow by themselves.
    const { servers, scale } = this.on;
    const seconds = servers.all.length > 1 ? Math.max(1, WARM_UP_SECONDS * scale.outage) : 1;
    await this.acks(seconds * scale.perSecond);
    this.loopDelay.enable();
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.random() * items.length)] as T;
  }

  /** Log lines of all processes since the trial began. */
  logged(pattern: RegExp): LogLine[] {
    return this.on.nodes.flatMap(({ name, logs }) =>
      logs.slice(this.linesBefore.get(name)).filter(({ msg }) => pattern.test(msg)),
    );
  }

  lastLines(): string[] {
    return this.on.nodes.flatMap(({ name, logs }) => {
      const lines = logs.slice(this.linesBefore.get(name)).filter(({ level }) => level >= 40);
      return lines.slice(-5).map((line) => `${name}: ${JSON.stringify(line).slice(0, 600)}`);
    });
  }

  /** Sends that were refused or unanswered at least once. */
  failed(pattern = /./): number {
    return [...this.account.sends.values()].filter(({ errors }) => errors.some((text) => pattern.test(text))).length;
  }

  /** Waits for a condition, at most as long as the automatic recovery may take. */
  async until(what: string, condition: () => boolean | Promise<boolean>, ms = PATIENCE_MS): Promise<void> {
    const giveUpAt = performance.now() + ms;
    while (!(await condition())) {
      if (performance.now() > giveUpAt) throw new Error(`waited ${ms / 1_000} s for: ${what}`);
      await delay(50);
    }
  }

  /** Waits until this many more messages are acknowledged. */
  async acks(more: number): Promise<void> {
    const enough = this.account.ackTimes.length + more;
    await this.until(`${more} messages more are acknowledged`, () => this.account.ackTimes.length >= enough);
  }

  /** Marks the end of the fault: the recovery is measured from here. */
  healed(): void {
    const began = performance.now();
    this.healedAt = began;
    const drain = async (): Promise<number> => {
      const heads = await this.on.heads();
      this.backlog = await this.on.waiting();
      await this.until('the backlog is stored', () => this.on.hasStored(heads), this.on.scale.settleMs);
      return performance.now() - began;
    };
    this.drained = drain().catch(() => Infinity);
  }

  /** Rooms on a Redis server. */
  roomsOn(server: number): string[] {
    return this.rooms.filter((room) => this.on.servers.holding(room) === server);
  }

  /** Causes and ends a fault of one of several Redis servers, then waits until messages are sent and delivered in its rooms. */
  async outage(server: number, fault: () => Promise<void>): Promise<void> {
    const outage: Outage = { server, from: performance.now(), until: Infinity };
    this.outages.push(outage);
    await fault();
    outage.until = performance.now();
    this.healed();
    for (const room of this.roomsOn(server)) {
      const followers = this.subscribers.filter((subscriber) => subscriber.room === room);
      const isBack = () => {
        const ack = this.account.answers.findLast((answer) => answer.room === room && answer.code === 'OK');
        return (
          ack !== undefined &&
          ack.at > outage.until + 1_000 &&
          followers.every(({ deliveredAt }) => (deliveredAt.at(-1) ?? 0) > outage.until)
        );
      };
      await this.until(`${room} goes on`, isBack);
    }
    // It asks every server.
    await this.drained;
  }

  /** Ends the load, waits until everything is delivered and stored, and checks all promises. */
  async finish(): Promise<Findings> {
    const unsettled: string[] = [];
    const problem = (error: unknown) => unsettled.push(String(error));
    await this.settle().catch(problem);
    const drainedMs = await (this.drained ?? 0);
    const historyOf = (room: string) =>
      readHistory(room, () => this.pick(this.on.of('api'))).catch((error: unknown) => {
        problem(error);
        return this.on.storedIn(room);
      });
    const final: Final = new Map(await Promise.all(this.rooms.map(async (room) => [room, await historyOf(room)] as const)));
    const firstAck = this.account.ackTimes.find((at) => at >= this.healedAt) ?? Infinity;
    const pauses = this.pauses();
    const recoveredMs = this.healedAt === 0 ? 0 : firstAck - this.healedAt;
    return {
      ...check(this.account, final, this.losses),
      recoveredMs: pauses?.recoveredMs ?? recoveredMs,
      pauses,
      backlog: this.backlog,
      drainedMs,
      unsettled: unsettled.join('; '),
    };
  }

  async close(): Promise<void> {
    this.loopDelay.disable();
    await this.load.stop().catch(() => undefined);
    await Promise.all(this.subscribers.map((subscriber) => subscriber.stop()));
    // After a failure the installation is not used again.
    await this.on.forget(this.rooms).catch(() => undefined);
  }

  /** Waits until the last message of each room is delivered to every subscriber and stored. */
  private async settle(): Promise<void> {
    await this.acks(this.on.scale.perSecond);
    this.loadEndedAt = performance.now();
    await this.load.stop();
    for (const room of this.rooms) await this.load.surely(room, `last of ${room}`);
    const { settleMs } = this.on.scale;
    const behind = () => this.subscribers.filter(({ last, room }) => last !== `last of ${room}`);
    await this.until('every subscriber has the last message', () => behind().length === 0, settleMs);
    const heads = await this.on.heads();
    await this.until('everything is stored', () => this.on.hasStored(heads), settleMs);
    for (const partition of new Set(this.rooms.map((room) => this.on.servers.partitionOf(room)))) {
      const [head = 0, stored] = [heads[partition], await this.on.stored(partition)];
      if (stored < head) throw new Error(`committed up to ${head}, and stored up to ${stored}`);
    }
  }

  private pauses(): Pauses | undefined {
    const { outages, account, subscribers, loadEndedAt: end } = this;
    if (outages.length === 0) return undefined;
    const serverOf = (room: string) => this.on.servers.holding(room);
    return pausesOf({ outages, end, answers: account.answers, subscribers, serverOf, ownMs: this.loopDelay.max / 1e6 });
  }
}
