import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Scenario } from './scenarios/scenario';
import { BROKEN, runAll, runBroken, SCENARIOS, type Outcome } from './suite';
import { described } from './pauses';
import { writeTable } from './table';

const USAGE = `npm run faults -- [--only NAME[,NAME]] [--seed N] [--outage PART] [--rate N] [--subscribers N] [--redises N] [--short] [--broken] [--write]
  --outage 0.1  makes a described outage of 30 s one of 3 s
  --redises 3   with so many Redis servers and 16 partitions; not for scenarios with links to one Redis
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
      redises: { type: 'string' },
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
  const found = names ? named(names) : SCENARIOS;
  const chosen = values.redises ? withRedises(found, Number(values.redises)) : found;
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

/** @throws Error for a scenario with links, which lead to one Redis */
function withRedises(scenarios: readonly Scenario[], redises: number): readonly Scenario[] {
  const linked = scenarios.filter(({ setup }) => setup?.linked).map(({ name }) => name);
  if (linked.length > 0) throw new Error(`not with several Redis servers: ${linked.join(', ')}`);
  return scenarios.map((scenario) => ({ ...scenario, setup: { ...scenario.setup, redises, partitions: 16 } }));
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
