import { latencyOf, type Latency } from '../support/stats';
import type { Arrivals, Generator } from './generator';
import { nowUs, stamped } from './stamp';
import type { Target } from '../servers/target';

export interface Layout {
  readonly sockets: number;
  readonly rooms: readonly string[];
  /** Fields of newChat, assigned to sockets in turn. */
  readonly selections: readonly string[];
  /** One socket in this many records the time of each message and the cursor. */
  readonly sampleEvery: number;
}

export interface Steady {
  readonly perSecond: number;
  readonly seconds: number;
  /** Number of sockets that get each message, if not all. */
  readonly receivers?: number;
  readonly text?: string;
}

export interface Delivered extends Latency {
  readonly sent: number;
  readonly deliveries: number;
  /** Deliveries that are missing, duplicated, or belong to failed sends. */
  readonly faults: number;
  /** From the first due time to the last arrival. */
  readonly seconds: number;
  readonly serverCpuSeconds: number;
  /** CPU seconds of all processes together, and of the busiest one. */
  readonly generatorCpuSeconds: number;
  readonly busiestCpuSeconds: number;
}

export const FULL = 'id author text sentAt cursor';
const TEXT = '오늘 하루도 정말 행복했어요, what a lovely morning';
/** Messages that have not arrived by then count as lost. */
const LAST_DELIVERY_MS = 20_000;

/** The address for subscribers. */
export const urlOf = ({ wsPort, protocol }: Target): string => `ws://127.0.0.1:${wsPort}${protocol.subscribePath}`;

/** The subscribers of one server and the messages published to them. */
export class Session {
  /** Number of the next message, the same in all rooms. */
  private seq = 0;

  constructor(
    private readonly generator: Generator,
    private readonly target: Target,
    readonly layout: Layout,
  ) {}

  async subscribe(): Promise<void> {
    await this.generator.open({ ...this.layout, url: urlOf(this.target) });
  }

  /** Messages at a fixed rate, for all rooms together, each published by a call of its own. */
  async steady({ text = TEXT, receivers, ...rate }: Steady): Promise<Delivered> {
    const { rooms, sockets } = this.layout;
    return await this.measure(receivers ?? sockets / rooms.length, async () => {
      const order = { url: this.target.insideUrl, ...rate, rooms, firstSeq: this.seq, text };
      const { sent, errors, cpuSeconds } = await this.generator.publish(order);
      this.seq += Math.ceil(sent / rooms.length);
      return { sent, failed: errors.length, cpuSeconds };
    });
  }

  /** This many messages in one turn of the server, to the first room. */
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

  /** @returns the totals since the last mark, after this many deliveries */
  arrivals(deliveries: number): Promise<Arrivals> {
    return this.generator.until(deliveries, LAST_DELIVERY_MS);
  }

  private async measure(
    receivers: number,
    publish: () => Promise<{ sent: number; failed: number; cpuSeconds: number }>,
  ): Promise<Delivered> {
    const marked = await this.generator.command({ type: 'mark' });
    const before = this.target.usage();
    const start = nowUs();
    const { sent, failed, cpuSeconds } = await publish();
    const expected = sent * receivers;
    const got = await this.arrivals(expected);
    const cpu = [cpuSeconds, ...got.cpuSeconds.map((all, i) => all - (marked.cpuSeconds[i] ?? 0))];
    return {
      ...latencyOf(got.latencies),
      sent,
      deliveries: got.delivered,
      faults: failed + Math.abs(expected - got.delivered) + got.faults - marked.faults,
      seconds: (Math.max(got.lastAt, start + 1) - start) / 1e6,
      serverCpuSeconds: this.target.usage().cpuSeconds - before.cpuSeconds,
      generatorCpuSeconds: cpu.reduce((sum, one) => sum + one, 0),
      busiestCpuSeconds: Math.max(...cpu),
    };
  }
}
