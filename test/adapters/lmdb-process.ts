import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** `lmdb-child.ts` running; its lines as they come. */
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

  static start(dataDir: string, prefix = '', concurrency = 0): LmdbProcess {
    const script = join(__dirname, 'lmdb-child.ts');
    const args = ['--import', 'tsx', script, dataDir, prefix, String(concurrency)];
    return new LmdbProcess(spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] }));
  }

  /** @returns the first line: `open` or `refused …` */
  async answer(): Promise<string> {
    await this.said(1);
    return this.lines[0] ?? '';
  }

  /** Waits for that many lines, however long a busy machine takes. @throws if it ended before */
  said(count: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.onLine = () => {
        if (this.lines.length >= count) resolve();
        else if (this.hasEnded) reject(new Error(`it ended after ${this.lines.length} lines`));
      };
      this.onLine();
    });
  }

  /** Offset by id of what it was told is durable. */
  acks(): Map<string, number> {
    return new Map(
      this.lines.flatMap((line) => {
        const [, offset, id] = /^ack (\d+) (\S+)$/.exec(line) ?? [];
        return id === undefined ? [] : [[id, Number(offset)] as const];
      }),
    );
  }

  /** Kill -9, unless it has ended; resolves when it is gone and everything it said was read. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}
