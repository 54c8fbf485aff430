/** The processes of the load generator (test/bench/load). Each takes a command and answers it with one line. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { LOAD_PROGRAMS } from './build';
import type { Reachable } from './target';

interface Latencies {
  /** Milliseconds since the messages were due. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface Sent extends Latencies {
  readonly sent: number;
  readonly answered: number;
  readonly failed: number;
  readonly failure: string;
  readonly startUs: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

export interface Received extends Latencies {
  readonly delivered: number;
  readonly missing: number;
  readonly repeated: number;
  /** Reads of sockets that had messages. */
  readonly reads: number;
  readonly lastAtUs: number;
  /** Since the mark. */
  readonly cpuSeconds: number;
}

/** Connections of the publisher. */
export const CONNECTIONS = 64;
/** Time after which what has not been answered or received counts as lost. */
const PATIENCE_SECONDS = 60;
const PROBES = 200;

class Process {
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly lines: AsyncIterator<string>;

  constructor(program: string, args: readonly (string | number)[]) {
    this.child = spawn(program, args.map(String), { stdio: ['pipe', 'pipe', 'inherit'] });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  async answer<T>(): Promise<T> {
    const line = await this.lines.next();
    if (line.done) throw new Error('a process of the load generator has ended');
    return JSON.parse(line.value) as T;
  }

  async ask<T>(command: string): Promise<T> {
    this.child.stdin.write(`${command}\n`);
    return await this.answer<T>();
  }

  end(): void {
    this.child.stdin.end();
  }
}

export class Publisher {
  private constructor(
    private readonly process: Process,
    private readonly folder: string,
  ) {}

  static open({ port, protocol, tokens }: Reachable): Publisher {
    const folder = mkdtempSync(join(tmpdir(), 'jungle-buzz-load-'));
    const file = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const files = [file('body', protocol.body), file('headers', protocol.headers), file('tokens', tokens.join('\n'))];
    return new Publisher(new Process(LOAD_PROGRAMS.publish, [port, protocol.sendPath, CONNECTIONS, ...files]), folder);
  }

  /** Requests in an open loop, numbered from 0. */
  async atRate(perSecond: number, seconds: number): Promise<Sent> {
    return await this.send(Math.round(perSecond * seconds), perSecond, seconds + PATIENCE_SECONDS);
  }

  /** Requests that are all due at once. */
  async atOnce(count: number): Promise<Sent> {
    return await this.send(count, 0, PATIENCE_SECONDS);
  }

  /** As many requests as the connections bear. */
  async most(seconds: number): Promise<Sent> {
    return await this.send(0, 0, seconds);
  }

  async probe(): Promise<void> {
    await this.send(1, 0, PATIENCE_SECONDS, 'probe');
  }

  end(): void {
    this.process.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async send(count: number, rate: number, seconds: number, first = '0'): Promise<Sent> {
    const sent = await this.process.ask<Sent>(`send ${count} ${rate} ${seconds} ${first}`);
    if (sent.failed > 0) throw new Error(`${sent.failed} of ${sent.sent} requests failed: ${sent.failure}`);
    return sent;
  }
}

export class Subscribers {
  private cpuAtMark = 0;

  private constructor(
    private readonly process: Process,
    readonly count: number,
    /** Seconds that opening them took. */
    readonly seconds: number,
  ) {}

  /** @returns when each socket has received a message */
  static async open({ wsPort, protocol }: Reachable, count: number, publisher: Publisher): Promise<Subscribers> {
    const process = new Process(LOAD_PROGRAMS.subscribe, [wsPort, protocol.subscribePath, protocol.dialect, count]);
    const opened = await process.answer<{ live: number; seconds: number; failure: string }>();
    const subscribers = new Subscribers(process, count, opened.seconds);
    if (opened.live < count) throw new Error(`${opened.live} of ${count} sockets are open: ${opened.failure}`);
    for (let i = 0; i < PROBES; i++) {
      await publisher.probe();
      await delay(50);
      if ((await process.ask<{ probed: number }>('probed')).probed === count) return subscribers;
    }
    throw new Error('some sockets receive nothing');
  }

  async mark(messages: number): Promise<void> {
    this.cpuAtMark = (await this.process.ask<{ cpuSeconds: number }>(`mark ${messages}`)).cpuSeconds;
  }

  /** Waits for the messages since the mark. */
  async received(patienceSeconds = PATIENCE_SECONDS): Promise<Received> {
    const received = await this.process.ask<Received>(`wait ${patienceSeconds * 1000}`);
    return { ...received, cpuSeconds: received.cpuSeconds - this.cpuAtMark };
  }

  end(): void {
    this.process.end();
  }
}
