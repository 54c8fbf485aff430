import { previewLetter, writeLetter } from '../app/start';
import type { Config } from '../config/config';
import { silentLogger } from '../ports/logger';

export async function insight(config: Config, room: string, isDryRun: boolean): Promise<number> {
  if (isDryRun) {
    const { instructions, data, maxOutputTokens } = await previewLetter(config, silentLogger, room);
    const shown = JSON.stringify(JSON.parse(data), null, 2);
    process.stdout.write(
      `--- instructions ---\n${instructions}\n\n--- data ---\n${shown}\n\n--- at most ${maxOutputTokens} tokens of answer ---\n`,
    );
  } else {
    const { letter, model } = await writeLetter(config, silentLogger, room);
    process.stdout.write(`${letter.trimEnd()}\n`);
    process.stderr.write(`by ${model}\n`);
  }
  return 0;
}
