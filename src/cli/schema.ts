import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export function printSchema(): number {
  process.stdout.write(readFileSync(join(__dirname, '..', '..', 'schema.graphql')));
  return 0;
}
