import { setTimeout as delay } from 'node:timers/promises';

const PAUSE_MS = 50;

/** Requests the page and a query in turn, each once, and counts the answers that are not 200. */
export class Probe {
  private requests = 0;
  private slowestMs = 0;
  private readonly failures: string[] = [];
  private running = true;
  private readonly loop: Promise<void>;

  constructor(private readonly origin: string) {
    this.loop = this.run();
  }

  /** Figures since the last call. */
  take(): { readonly requests: number; readonly slowestMs: number; readonly failures: readonly string[] } {
    const figures = { requests: this.requests, slowestMs: this.slowestMs, failures: this.failures.splice(0) };
    this.requests = this.slowestMs = 0;
    return figures;
  }

  async stop(): Promise<void> {
    this.running = false;
    await this.loop;
  }

  private async run(): Promise<void> {
    const query = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ rooms { id } }"}' };
    while (this.running) {
      await this.request('/');
      await this.request('/graphql', query);
      await delay(PAUSE_MS);
    }
  }

  private async request(path: string, init?: RequestInit): Promise<void> {
    const began = performance.now();
    this.requests++;
    try {
      const response = await fetch(`${this.origin}${path}`, init);
      const body = await response.text();
      if (response.status !== 200) this.failures.push(`${path}: ${response.status} ${body.slice(0, 200)}`);
    } catch (error) {
      this.failures.push(`${path}: ${String(error instanceof Error ? (error.cause ?? error) : error)}`);
    }
    this.slowestMs = Math.max(this.slowestMs, performance.now() - began);
  }
}
