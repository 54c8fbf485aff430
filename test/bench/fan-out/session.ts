import { latencyOf, type Latency } from '../support/stats';
import type { Arrivals, Generator } from './generator';
import { nowUs, stamped } from './stamp';
import type { Target } from './target';

export interface Layout {
  readonly sockets: number;
  readonly rooms: readonly string[];
  /** Fields of newChat; sockets take turns. */
  readonly selections: readonly string[];
}

export interface Delivered extends Latency {
  readonly sent: number;
  readonly deliveries: number;
  /** Deliveries that did not come, came twice, or belong to sends that failed. */
  readonly faults: number;
  /** From the first due time to the last arrival. */
  readonly seconds: number;
  readonly serverCpuSeconds: number;
  readonly generatorCpuSeconds: number;
}

export const FULL = 'id author text sentAt cursor';
const TEXT = '오늘 하루도 정말 행복했어요, what a lovely morning';
const SAMPLED_SOCKETS = 200;
/** What has not come by then is lost. */
const LAST_DELIVERY_MS = 20_000;

/** The loads on one server, one after the other. */
export class Session {
  /** Number of the next message, the same in all rooms. */
  private seq = 0;
  private open = false;

  constructor(
    private readonly generator: Generator,
    private readonly target: Target,
    private readonly layout: Layout,
  ) {}

  async subscribe(sampleEvery = Math.max(1, Math.floor(this.layout.sockets / SAMPLED_SOCKETS))): Promise<void> {
    const { wsUrl: url, dialect } = this.target;
    await this.generator.open({ ...this.layout, url, dialect, sampleEvery });
    this.open = true;
  }

  /** Messages at a fixed rate, for all rooms together, each published by a call of its own. */
  async steady(perSecond: number, seconds: number, receivers = this.layout.sockets, text = TEXT): Promise<Delivered> {
    const { rooms } = this.layout;
    return await this.measure(receivers, async () => {
      const order = { ...this.target.publishing, rooms, perSecond, seconds, firstSeq: this.seq, text };
      const { sent, errors, cpuSeconds } = await this.generator.publish(order);
      this.seq += Math.ceil(sent / rooms.length);
      return { sent, failed: errors.length, cpuSeconds };
    });
  }

  /** So many messages at once, to the first room. */
  async burst(messages: number, receivers = this.layout.sockets): Promise<Delivered> {
    return await this.measure(receivers, async () => {
      const due = nowUs();
      await this.target.burst(
        this.layout.rooms[0] as string,
        Array.from({ length: messages }, () => stamped(this.seq++, due, TEXT)),
      );
      return { sent: messages, failed: 0, cpuSeconds: 0 };
    });
  }

  /** @returns what came since the last mark once so many deliveries have */
  arrivals(deliveries: number): Promise<Arrivals> {
    return this.generator.until(deliveries, LAST_DELIVERY_MS);
  }

  private async measure(
    receivers: number,
    publish: () => Promise<{ sent: number; failed: number; cpuSeconds: number }>,
  ): Promise<Delivered> {
    const marked = await this.generator.tell({ type: 'mark' });
    const before = this.target.usage();
    const start = nowUs();
    const { sent, failed, cpuSeconds } = await publish();
    const expected = this.open ? (sent * receivers) / this.layout.rooms.length : 0;
    const got = await this.arrivals(expected);
    return {
      ...latencyOf(got.latencies),
      sent,
      deliveries: got.delivered,
      faults: failed + Math.abs(expected - got.delivered) + got.faults - marked.faults,
      seconds: (got.lastAt - start) / 1e6,
      serverCpuSeconds: this.target.usage().cpuSeconds - before.cpuSeconds,
      generatorCpuSeconds: got.cpuSeconds - marked.cpuSeconds + cpuSeconds,
    };
  }
}
