/** Writes schema.graphql from the code. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printAppSchema } from '../src/graphql/print-schema';

writeFileSync(join(__dirname, '../schema.graphql'), printAppSchema());
