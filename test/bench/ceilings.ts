/**
 * What one message costs each process of the clustered engine: processor time from /proc, so that the figures hold although everything
 * shares one machine, and memory. A core takes 1,000,000 / cost messages a second. With a commit, its build is measured in turn.
 */
import { costsOf, wholeOf, type CostName, type Costs, type PartitionedName, type Whole } from './ceilings/costs';
import { memoryOf, type Memory, type MemoryName } from './ceilings/memory';
import { checkOut, removeCheckOut } from './support/other-build';
import { report } from './support/report';
import { round, show, spreadOf } from './support/stats';

const RUNS = Number(process.env['RUNS'] ?? 3);

interface Measured {
  readonly build: string;
  readonly costs: Costs[];
  readonly memory: Memory[];
  readonly whole: Whole[];
}

/** @param names a commit, tag or branch to compare with; none for this build alone */
export async function ceilings([reference]: readonly string[]): Promise<void> {
  const folder = reference === undefined ? undefined : checkOut(reference);
  const here: Measured = { build: 'this commit', costs: [], memory: [], whole: [] };
  const other: Measured = { build: reference ?? '', costs: [], memory: [], whole: [] };
  const builds = [...(folder === undefined ? [] : [{ root: folder, measured: other }]), { root: process.cwd(), measured: here }];
  try {
    for (let run = 0; run < RUNS; run++) {
      for (const { root, measured } of builds) {
        measured.costs.push(await costsOf(root, `run-${run}`, measured === here));
        measured.whole.push(await wholeOf(root, `whole-${run}`));
      }
    }
    for (let run = 0; run < RUNS; run++) for (const { root, measured } of builds) measured.memory.push(await memoryOf(root));
  } finally {
    if (folder !== undefined) removeCheckOut(folder);
  }
  const results = builds.map(({ measured }) => measured);
  const columns = ['µs of a core', ...results.flatMap(({ build }) => [build, `a second and core, ${build}`])];
  const rows = [
    ...names(here.costs).map((name) => [name, ...results.flatMap(({ costs }) => costCells(costs, name))]),
    ...names(here.memory).map((name) => [`${name}, bytes`, ...results.flatMap(({ memory }) => [memoryCell(memory, name), ''])]),
  ];
  report('ceilings', columns, rows, { builds: results }, ['ceilings', ...(reference === undefined ? [] : [reference])].join(' '));
}

const names = <N extends string>(measured: readonly Readonly<Partial<Record<N, number>>>[]): N[] =>
  Object.keys(measured[0] ?? {}) as N[];

function costCells(costs: readonly Costs[], name: CostName | PartitionedName): (string | number)[] {
  const measured = costs.flatMap((cost) => cost[name] ?? []);
  if (measured.length === 0) return ['-', '-'];
  const spread = spreadOf(measured);
  return [show(spread), spread.median > 0 ? Math.round(1e6 / spread.median) : '-'];
}

const memoryCell = (memory: readonly Memory[], name: MemoryName): string =>
  show(spreadOf(memory.map((bytes) => round(bytes[name], 0))));
