import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Scenario } from './scenarios/scenario';
import { BROKEN, runAll, runBroken, SCENARIOS, type Outcome } from './suite';
import { described } from './pauses';
import { writeTable } from './table';

const USAGE = `npm run faults -- [--only NAME[,NAME]] [--seed N] [--outage PART] [--rate N] [--subscribers N] [--short] [--broken] [--write]
  --outage 0.1  makes a described outage of 30 s one of 3 s
  --short       a few faults with outages of 3 s and half the load, for each change
  --broken      then the same for builds with a deliberate fault, which must be detected
  --write       writes the table into docs/operations.md
  NAME: the beginning of a name is enough; ${SCENARIOS.map(({ name }) => name).join(', ')}
`;
const SHORT = ['kill-all', 'mongo-down', 'redis-kill'];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      seed: { type: 'string', default: '1' },
      outage: { type: 'string' },
      rate: { type: 'string' },
      subscribers: { type: 'string' },
      short: { type: 'boolean', default: false },
      broken: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const names = values.only?.split(',') ?? (values.short ? SHORT : undefined);
  const chosen = names ? named(names) : SCENARIOS;
  if (names?.some((name) => named([name]).length === 0)) throw new Error(`unknown name\n${USAGE}`);
  const scale = {
    seed: Number(values.seed),
    outage: Number(values.outage ?? (values.short ? 0.1 : 1)),
    perSecond: Number(values.rate ?? (values.short ? 100 : 200)),
    subscribers: Number(values.subscribers ?? (values.short ? 50 : 100)),
    processes: 2,
    settleMs: 60_000,
  };
  const outcomes: Outcome[] = [];
  let began = performance.now();
  const record = (outcome: Outcome): void => {
    outcomes.push(outcome);
    process.stdout.write(`${report(outcome)} (${Math.round((performance.now() - began) / 1_000)} s)\n`);
    began = performance.now();
  };
  for await (const outcome of runAll(chosen, scale)) {
    record(outcome);
    if (values.write) writeTable(outcome, scale);
  }
  if (values.broken) for (const broken of BROKEN) record(await runBroken(broken, scale));
  const failed = outcomes.filter(({ wrong }) => wrong.length > 0).length;
  const passed = outcomes.length - failed;
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  // Counted by .ci/run.
  if (process.env['TEST_TOTALS']) appendFileSync(process.env['TEST_TOTALS'], `${passed} ${failed}\n`);
  if (failed > 0) process.exitCode = 1;
}

/** The scenarios of these names. A name that no scenario has stands for all that begin with it. */
function named(names: readonly string[]): readonly Scenario[] {
  const isExact = (wanted: string) => SCENARIOS.some(({ name }) => name === wanted);
  return SCENARIOS.filter(({ name }) => names.some((wanted) => (isExact(wanted) ? name === wanted : name.startsWith(wanted))));
}

function report({ name, evidence, wrong, examples, logs, pauses, ...counts }: Outcome): string {
  const { acknowledged, indeterminate, received, lost, duplicated, gaps, excused, expired, recoveredMs, backlog, drainedMs } =
    counts;
  const lines = [`${wrong.length === 0 ? 'ok  ' : 'FAIL'} ${name}: ${evidence}`];
  lines.push(
    `     ${JSON.stringify({ acknowledged, indeterminate, received, lost, duplicated, gaps, excused, expired, recoveredMs, backlog, drainedMs })}`,
  );
  if (pauses) lines.push(`     ${described(pauses)}`);
  for (const what of wrong) lines.push(`     ! ${what}`);
  if (wrong.length > 0) for (const line of [...(examples ?? []), ...(logs ?? [])]) lines.push(`       ${line}`);
  return lines.join('\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
