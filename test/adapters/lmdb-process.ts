import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A running `lmdb-child.ts` and the lines it has printed. */
export class LmdbProcess {
  readonly lines: string[] = [];
  private readonly ended: Promise<unknown>;
  private hasEnded = false;
  private onLine = (): void => undefined;

  private constructor(readonly child: ChildProcess) {
    const reader = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    reader.on('line', (line) => {
      this.lines.push(line);
      this.onLine();
    });
    this.ended = Promise.all([once(child, 'exit'), once(reader, 'close')]).then(() => {
      this.hasEnded = true;
      this.onLine();
    });
  }

  static start(dataDir: string, prefix = '', concurrency = 0, env: Record<string, string> = {}): LmdbProcess {
    const script = join(__dirname, 'lmdb-child.ts');
    const args = ['--import', 'tsx', script, dataDir, prefix, String(concurrency)];
    return new LmdbProcess(
      spawn(process.execPath, args, {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    );
  }

  /** @returns the first line: `open` or `refused …` */
  async answer(): Promise<string> {
    await this.printed(1);
    return this.lines[0] ?? '';
  }

  /** Waits for that many lines. @throws Error if the process ends before */
  printed(count: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.onLine = () => {
        if (this.lines.length >= count) resolve();
        else if (this.hasEnded) reject(new Error(`the process ended after ${this.lines.length} lines`));
      };
      this.onLine();
    });
  }

  /** Offset by id of the appends that were acknowledged. */
  acks(): Map<string, number> {
    return new Map(
      this.lines.flatMap((line) => {
        const [, offset, id] = /^ack (\d+) (\S+)$/.exec(line) ?? [];
        return id === undefined ? [] : [[id, Number(offset)] as const];
      }),
    );
  }

  /** Kills it with SIGKILL unless it has ended. Resolves when it is gone and everything it printed was read. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  async end(): Promise<void> {
    await this.ended;
  }
}
