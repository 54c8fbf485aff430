import { previewLetter } from '../app';
import { parseConfig } from '../config';
import { silentLogger } from '../ports/logger';

/** `npm run insight:dry-run -- [room]`: prints exactly what a model would be sent for the time since the last letter; sends nothing. */
async function main(): Promise<void> {
  const { instructions, data, maxOutputTokens } = await previewLetter(
    parseConfig(process.env),
    silentLogger,
    process.argv[2] ?? 'main',
  );
  const shown = JSON.stringify(JSON.parse(data), null, 2);
  process.stdout.write(
    `--- instructions ---\n${instructions}\n\n--- data ---\n${shown}\n\n--- at most ${maxOutputTokens} tokens of answer ---\n`,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`insight:dry-run: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
