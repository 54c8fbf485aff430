/** `npm run bench -- NAME`: measures, prints a table, and keeps it in test/bench/results/. */
import { footprint } from './footprint';
import { ingest } from './ingest';
import { insights } from './insights';

const BENCHES: Readonly<Record<string, () => Promise<void>>> = { footprint, ingest, insights };

const name = process.argv[2] ?? '';
const bench = BENCHES[name];
if (!bench) {
  console.error(`usage: npm run bench -- ${Object.keys(BENCHES).join(' | ')}`);
  process.exitCode = 1;
} else {
  void bench();
}
