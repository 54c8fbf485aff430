import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Output of a third-party server, for error messages. */
const KEPT_OUTPUT = 4_000;

/** A server that a test starts, kills and starts again. */
export class ServiceProcess {
  private child: ChildProcess | undefined;
  private output = '';

  constructor(
    private readonly command: string,
    private readonly args: readonly string[],
    private readonly env: Readonly<Record<string, string>> = {},
  ) {}

  /** Resolves once its output matches. @param more arguments of this run. @throws with its output if it ends before that */
  async start(ready: RegExp, more: readonly string[] = []): Promise<void> {
    this.output = '';
    const child = spawn(this.command, [...this.args, ...more], {
      env: { ...process.env, ...this.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    await new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer): void => {
        this.output = (this.output + chunk.toString()).slice(-KEPT_OUTPUT);
        if (ready.test(this.output)) resolve();
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('error', reject);
      child.once('exit', () => {
        reject(new Error(`${this.command} ended: ${this.output}`));
      });
    });
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  /** @param name SIGKILL for a crash, SIGSTOP and SIGCONT for a pause */
  signal(name: NodeJS.Signals): void {
    this.child?.kill(name);
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
}
