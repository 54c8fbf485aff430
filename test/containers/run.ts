import { parseArgs } from 'node:util';
import { trial } from './trial';
import { writeFigures, type Figure } from './figures';

const USAGE = `npm run test:containers -- [--rate N] [--subscribers N] [--write]
  --write  writes the figures into docs/operations.md
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rate: { type: 'string', default: '40' },
      subscribers: { type: 'string', default: '30' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const figures: Figure[] = [];
  const scale = { perSecond: Number(values.rate), subscribers: Number(values.subscribers) };
  for await (const figure of trial(scale)) {
    figures.push(figure);
    process.stdout.write(`ok   ${figure.step}: ${figure.result} (${figure.seconds} s)\n`);
  }
  if (values.write) writeFigures(figures, scale);
}

main().catch((error: unknown) => {
  process.stderr.write(`FAIL ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
