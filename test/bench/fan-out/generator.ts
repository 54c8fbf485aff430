import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Published, PublishOrder } from './publisher';
import type { Answer, Order } from './subscribers';

/** Totals over all subscribers. */
export interface Arrivals {
  readonly delivered: number;
  readonly latencies: readonly number[];
  readonly lastAt: number;
  readonly faults: number;
  readonly closed: number;
  readonly closes: Readonly<Record<number, number>>;
  /** CPU seconds of each process so far. */
  readonly cpuSeconds: readonly number[];
}

const forkHere = (script: string): ChildProcess => fork(join(__dirname, script), { execArgv: ['--import', 'tsx'] });

async function ask<T>(child: ChildProcess, order: object): Promise<T> {
  const answered = once(child, 'message');
  child.send(order);
  const [answer] = (await answered) as [T];
  return answer;
}

/** The load generator's processes: one publishes, the others subscribe. They run as long as the bench. */
export class Generator {
  private readonly publisher = forkHere('publisher.ts');
  private readonly subscribers: readonly ChildProcess[];

  constructor(processes: number) {
    this.subscribers = Array.from({ length: processes }, () => forkHere('subscribers.ts'));
  }

  async publish(order: PublishOrder): Promise<Published> {
    const result = await ask<Published>(this.publisher, order);
    if (result.errors[0] !== undefined) console.error(`${result.errors.length} sends failed: ${result.errors[0]}`);
    return result;
  }

  /** Opens `sockets` in all, spread over the processes. */
  async open(order: Omit<Extract<Order, { type: 'open' }>, 'type'>): Promise<Arrivals> {
    const each = Math.ceil(order.sockets / this.subscribers.length);
    return await this.all((i) => ({ ...order, type: 'open', sockets: Math.min(each, order.sockets - i * each) }));
  }

  /** Waits for this many deliveries since the last mark, distributed evenly over the processes. */
  async until(deliveries: number, timeoutMs: number): Promise<Arrivals> {
    return await this.all(() => ({ type: 'until', deliveries: Math.ceil(deliveries / this.subscribers.length), timeoutMs }));
  }

  async command(order: Exclude<Order, { type: 'open' | 'until' }>): Promise<Arrivals> {
    return await this.all(() => order);
  }

  end(): void {
    for (const child of [this.publisher, ...this.subscribers]) child.kill();
  }

  private async all(order: (i: number) => Order): Promise<Arrivals> {
    const answers = await Promise.all(this.subscribers.map((child, i) => ask<Answer>(child, order(i))));
    const failed = answers.find(({ error }) => error !== undefined);
    if (failed) throw new Error(failed.error);
    const sum = (key: 'delivered' | 'faults' | 'closed') => answers.reduce((total, answer) => total + answer[key], 0);
    const closes: Record<number, number> = {};
    for (const answer of answers) {
      for (const [code, count] of Object.entries(answer.closes)) closes[Number(code)] = (closes[Number(code)] ?? 0) + count;
    }
    return {
      delivered: sum('delivered'),
      latencies: answers.flatMap(({ latencies }) => latencies),
      lastAt: Math.max(...answers.map(({ lastAt }) => lastAt)),
      faults: sum('faults'),
      closed: sum('closed'),
      closes,
      cpuSeconds: answers.map(({ cpuSeconds }) => cpuSeconds),
    };
  }
}
