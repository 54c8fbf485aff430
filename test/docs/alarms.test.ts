import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const SERVER_PARTS = /^(?!web|client|cli)/;
/** A log line of level error with its fields before it. */
const ALARM = /logger\.error\(\s*\{[^}]*\},\s*'([^']+)'/g;

const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && SERVER_PARTS.test(path))
  .map((path) => readFileSync(join(ROOT, 'src', path), 'utf8'));
const alarms = [...new Set(sources.flatMap((source) => [...source.matchAll(ALARM)].map(([, text = '']) => text)))];

test('the runbook names every alarm that the server can raise', () => {
  expect(alarms.length).toBeGreaterThan(10);
  const runbook = readFileSync(join(ROOT, 'docs', 'operations.md'), 'utf8');
  // A line may go on after what the runbook quotes of it.
  const quoted = [...runbook.matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text);
  expect(alarms.filter((alarm) => !quoted.some((text) => text.length > 10 && alarm.startsWith(text)))).toEqual([]);
});
