import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { until } from '../support/until';

/** `lmdb-child.ts` running; its lines as they come. */
export class LmdbProcess {
  readonly lines: string[] = [];
  private readonly ended: Promise<unknown>;

  private constructor(readonly child: ChildProcess) {
    const reader = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    reader.on('line', (line) => this.lines.push(line));
    this.ended = Promise.all([once(child, 'exit'), once(reader, 'close')]);
  }

  static start(dataDir: string, prefix = '', concurrency = 0): LmdbProcess {
    const script = join(__dirname, 'lmdb-child.ts');
    const args = ['--import', 'tsx', script, dataDir, prefix, String(concurrency)];
    return new LmdbProcess(spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] }));
  }

  /** @returns the first line: `open` or `refused …` */
  answer(): Promise<string> {
    return until(() => this.lines[0], 'the other process has opened the folder or was refused');
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
