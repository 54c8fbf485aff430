import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port';

export interface ProcessUsage {
  /** User and system time so far, in seconds. */
  readonly cpuSeconds: number;
  /** Anonymous resident memory in megabytes; mapped files do not count. */
  readonly rssAnonMb: number;
}

/** Resource use of a process, from /proc (Linux). */
export function usageOf(pid: number): ProcessUsage {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const ticks = Number(fields[11]) + Number(fields[12]);
  const rss = /RssAnon:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return { cpuSeconds: ticks / 100, rssAnonMb: Number(rss) / 1024 };
}

/** The real server in a process of its own, on a new folder and free ports. */
export class ServerProcess {
  private constructor(
    readonly child: ChildProcess,
    readonly dataDir: string,
    readonly httpUrl: string,
    readonly wsUrl: string,
    private readonly ownsFolder: boolean,
  ) {}

  /**
   * @param root of the project whose build is started
   * @param place changes the command, so that it runs on certain processors
   */
  static async start(
    env: Record<string, string> = {},
    folder?: string,
    root = process.cwd(),
    place: (command: string, args: readonly string[]) => readonly [string, readonly string[]] = (...command) => command,
  ): Promise<ServerProcess> {
    const dataDir = folder ?? mkdtempSync(join(tmpdir(), 'jungle-buzz-bench-'));
    // Set when the server must restart at the same address.
    const port = Number(env['PORT'] ?? (await freePort()));
    const wsPort = Number(env['WS_PORT'] ?? (await freePort()));
    const child = spawn(...place(process.execPath, ['dist/main.js']), {
      cwd: root,
      env: {
        ...process.env,
        DATA_DIR: dataDir,
        HOST: '127.0.0.1',
        PORT: String(port),
        WS_PORT: String(wsPort),
        RATE_LIMITS: 'off',
        BCRYPT_COST: '4',
        LOG_LEVEL: 'warn',
        ...env,
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const started = new ServerProcess(
      child,
      dataDir,
      `http://127.0.0.1:${port}/graphql`,
      `ws://127.0.0.1:${wsPort}/graphql`,
      folder === undefined,
    );
    // A process with the role live alone leaves PORT closed.
    try {
      await started.ready(env['ROLES'] === 'live' ? wsPort : port);
    } catch (error) {
      await started.stop('SIGKILL');
      throw error;
    }
    return started;
  }

  usage(): ProcessUsage {
    return usageOf(this.child.pid ?? 0);
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** @param signal SIGKILL for a crash. A folder that was passed in is kept */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const exited = once(this.child, 'exit');
      this.child.kill(signal);
      await exited;
    }
    if (this.ownsFolder) rmSync(this.dataDir, { recursive: true, force: true });
  }

  private async ready(port: number): Promise<void> {
    const deadline = Date.now() + 30_000;
    while (Date.now() < deadline) {
      if (this.child.exitCode !== null) throw new Error(`the server ended with ${this.child.exitCode}`);
      try {
        if ((await fetch(`http://127.0.0.1:${port}/readyz`)).ok) return;
      } catch {
        // Not listening yet.
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('the server was not ready within 30 s');
  }
}
