import { Redis } from 'ioredis';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port';
import { ServiceProcess } from './service-process';

const DATABASES = 64;

/** A redis-server on a free port with a folder of its own. By default every acknowledged write is on the disk (`appendfsync always`). */
export class RedisService {
  private nextDatabase = 0;

  private constructor(
    readonly url: string,
    private readonly databases: number,
    private readonly folder?: string,
    private readonly server?: ServiceProcess,
  ) {}

  /** The server of TEST_REDIS_URL, if that is set; its databases 0 to 15 are emptied. It cannot be killed. */
  static async shared(): Promise<RedisService> {
    const url = process.env['TEST_REDIS_URL'];
    return url ? new RedisService(url.replace(/\/\d*$/, ''), 16) : RedisService.start();
  }

  static async start(settings: readonly string[] = []): Promise<RedisService> {
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), 'jungle-buzz-redis-'));
    const server = new ServiceProcess('redis-server', [
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--databases', String(DATABASES)],
      ...['--appendonly', 'yes', '--appendfsync', 'always', '--save', '', '--maxmemory-policy', 'noeviction'],
      ...settings,
    ]);
    await server.start(/Ready to accept connections/);
    return new RedisService(`redis://127.0.0.1:${port}`, DATABASES, folder, server);
  }

  /** Empties a database. @returns its address */
  async empty(): Promise<string> {
    const url = `${this.url}/${this.nextDatabase++ % this.databases}`;
    await this.ask(url, (redis) => redis.flushdb());
    return url;
  }

  /** Runs commands over a connection of their own. */
  async ask<T>(url: string, commands: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(url);
    try {
      return await commands(redis);
    } finally {
      redis.disconnect();
    }
  }

  get pid(): number {
    return this.own().server.pid;
  }

  signal(name: NodeJS.Signals): void {
    this.own().server.signal(name);
  }

  /** Ends the server, by default by SIGKILL, and keeps the folder. */
  async down(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await this.own().server.stop(signal);
  }

  /** @param settings in place of those of before */
  async up(settings: readonly string[] = []): Promise<void> {
    await this.own().server.start(/Ready to accept connections/, settings);
  }

  /** Copies the data of the stopped server; `restore` replaces them by the copy. */
  save(name: string): void {
    const { folder } = this.own();
    cpSync(join(folder, 'appendonlydir'), join(folder, name), { recursive: true });
  }

  restore(name: string): void {
    const { folder } = this.own();
    rmSync(join(folder, 'appendonlydir'), { recursive: true });
    cpSync(join(folder, name), join(folder, 'appendonlydir'), { recursive: true });
  }

  async stop(): Promise<void> {
    await this.server?.stop('SIGKILL');
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
  }

  private own(): { server: ServiceProcess; folder: string } {
    const { server, folder } = this;
    if (!server || !folder) throw new Error('the server of TEST_REDIS_URL is not ours to stop');
    return { server, folder };
  }
}
