import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const SERVER_PARTS = /^(?!web|client|cli)/;
/** A call of logger.error with its fields and text. */
const ALARM = /logger\.error\(\s*(?:\{[^}]*\}|\w+),\s*'([^']+)'/g;

const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && SERVER_PARTS.test(path))
  .map((path) => readFileSync(join(ROOT, 'src', path), 'utf8'));
const alarms = [...new Set(sources.flatMap((source) => [...source.matchAll(ALARM)].map(([, text = '']) => text)))];

test('the runbook names every error that the server can log', () => {
  expect(alarms.length).toBeGreaterThan(10);
  const runbook = readFileSync(join(ROOT, 'docs', 'operations.md'), 'utf8');
  // The runbook may quote the beginning of a text.
  const quoted = [...runbook.matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text);
  expect(alarms.filter((alarm) => !quoted.some((text) => text.length > 10 && alarm.startsWith(text)))).toEqual([]);
});
