/** `npm run bench -- NAME [LOAD…]`: measures, prints a table, and keeps it in test/bench/results/. */
import { batching } from './batching';
import { ceilings } from './ceilings';
import { clustered } from './clustered';
import { empathies } from './empathies';
import { fanOut } from './fan-out';
import { footprint } from './footprint';
import { foreignRooms } from './foreign-rooms';
import { guard } from './guard';
import { ingest } from './ingest';
import { insights } from './insights';
import { loginFlood, loginTiming } from './logins';
import { page } from './page';
import { rooms } from './rooms';
import { threads } from './threads';
import { validation } from './validation';
import { workers } from './workers';

const BENCHES: Readonly<Record<string, (names: readonly string[]) => Promise<void>>> = {
  batching,
  ceilings,
  clustered,
  empathies,
  'fan-out': fanOut,
  footprint,
  'foreign-rooms': foreignRooms,
  guard,
  ingest,
  insights,
  'login-flood': loginFlood,
  'login-timing': loginTiming,
  page,
  rooms,
  threads,
  validation,
  workers,
};

const name = process.argv[2] ?? '';
const bench = BENCHES[name];
if (!bench) {
  console.error(`usage: npm run bench -- ${Object.keys(BENCHES).join(' | ')}`);
  process.exitCode = 1;
} else {
  void bench(process.argv.slice(3));
}
