import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../support/free-port';

const ROOT = join(__dirname, '..', '..');
const READY_MS = 180_000;

export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** Changes for one run of a process. */
export interface Different {
  readonly patches?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export type Role = 'api' | 'live' | 'worker';

/** One process of the built program. It keeps its ports over restarts. */
export class ServerNode {
  /** Warnings and errors of all its runs. */
  readonly logs: LogLine[] = [];
  readonly exits: { code: number | null; signal: NodeJS.Signals | null }[] = [];
  private child: ChildProcess | undefined;
  private different: Different = {};

  private constructor(
    readonly name: string,
    readonly role: Role,
    private readonly port: number,
    private readonly env: Record<string, string>,
    private readonly patches: readonly string[],
  ) {}

  /** @param patches files of ./patches that change the program in that process */
  static async make(name: string, role: Role, env: Record<string, string>, patches: readonly string[]): Promise<ServerNode> {
    return new ServerNode(name, role, await freePort(), env, patches);
  }

  get httpUrl(): string {
    return `http://127.0.0.1:${this.port}/graphql`;
  }

  get wsUrl(): string {
    return `ws://127.0.0.1:${this.port}/graphql`;
  }

  get isUp(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Resolves when it serves. @param different settings for this run only */
  async start(different: Different = {}): Promise<void> {
    this.different = different;
    await this.launch();
    const giveUpAt = performance.now() + READY_MS;
    for (;;) {
      if (!this.isUp) throw new Error(`${this.name} ended while starting: ${JSON.stringify(this.logs.slice(-3))}`);
      if (await this.isReady()) return;
      if (performance.now() > giveUpAt)
        throw new Error(`${this.name} was not ready within ${READY_MS / 1000} s: ${JSON.stringify(this.logs.slice(-3))}`);
      await delay(50);
    }
  }

  async isReady(): Promise<boolean> {
    const answer = await fetch(this.httpUrl.replace('/graphql', '/readyz'), { signal: AbortSignal.timeout(2_000) }).catch(
      () => undefined,
    );
    await answer?.text();
    return answer?.ok === true;
  }

  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  /** Resolves when it has exited. */
  async end(signal: NodeJS.Signals): Promise<void> {
    if (!this.isUp || !this.child) return;
    const exited = once(this.child, 'exit');
    this.child.kill(signal);
    if (signal === 'SIGKILL') this.child.kill('SIGCONT');
    await exited;
  }

  private async launch(): Promise<void> {
    const requires = [...this.patches, ...(this.different.patches ?? [])].flatMap((patch) => [
      '--require',
      join(__dirname, 'patches', `${patch}.cjs`),
    ]);
    const child = spawn(process.execPath, [...requires, join(ROOT, 'dist', 'main.js')], {
      env: {
        PATH: process.env['PATH'],
        HOST: '127.0.0.1',
        PORT: this.role === 'live' ? '0' : String(this.port),
        WS_PORT: this.role === 'live' ? String(this.port) : '0',
        ROLES: this.role,
        RATE_LIMITS: 'off',
        BCRYPT_COST: '4',
        LOG_LEVEL: 'info',
        ...this.env,
        ...this.different.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    child.once('exit', (code, signal) => this.exits.push({ code, signal }));
    createInterface({ input: child.stdout }).on('line', (line) => {
      this.hear(line);
    });
    createInterface({ input: child.stderr }).on('line', (line) => {
      this.hear(line);
    });
    await once(child, 'spawn');
  }

  private hear(line: string): void {
    try {
      this.logs.push(JSON.parse(line) as LogLine);
    } catch {
      this.logs.push({ level: 60, msg: line });
    }
  }
}
