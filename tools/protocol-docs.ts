import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableOfRules } from '../test/conformance/rules';

const path = join(__dirname, '../docs/protocol.md');
const text = readFileSync(path, 'utf8');
writeFileSync(
  path,
  text.replace(
    /(<!-- rules -->\n)[^]*(<!-- \/rules -->)/,
    (_, begin: string, end: string) => `${begin}\n${tableOfRules()}\n\n${end}`,
  ),
);
