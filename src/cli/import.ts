import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { importLines } from '../app/commands/transfer';
import type { Config } from '../config/config';
import { silentLogger } from '../ports/logger';
import { Progress } from './progress';

export async function importFrom(path: string, config: Config): Promise<number> {
  const { size } = await stat(path);
  const input = createReadStream(path);
  const progress = new Progress('import', size);
  let count = 0;
  const lines = async function* () {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      if (line === '') continue;
      count++;
      progress.update(input.bytesRead);
      yield line;
    }
  };
  try {
    await importLines(config, silentLogger, lines());
  } finally {
    input.destroy();
    progress.end();
  }
  process.stderr.write(
    `${path}: all ${count} entries are stored. Everybody has to log in again. Cursors and the order of messages stay valid.\n`,
  );
  return 0;
}
