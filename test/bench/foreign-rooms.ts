/**
 * What a live process with one socket, in a room with 1 % of the messages, pays for the messages of other rooms, beside another commit.
 * What the room costs alone, at the same rate, is subtracted. Fails if it is more than 5 % of what it was.
 */
import { elsewhereOf, type Elsewhere } from './ceilings/costs';
import { checkOut, removeCheckOut } from './support/other-build';
import { report } from './support/report';
import { round, show, spreadOf } from './support/stats';

const RUNS = Number(process.env['RUNS'] ?? 3);
const LARGEST_SHARE = 0.05;

/** @param names a commit, tag or branch */
export async function foreignRooms([reference]: readonly string[]): Promise<void> {
  if (reference === undefined) throw new Error('usage: npm run bench -- foreign-rooms COMMIT');
  const folder = checkOut(reference);
  const before: Elsewhere[] = [];
  const after: Elsewhere[] = [];
  try {
    for (let run = 0; run < RUNS; run++) {
      before.push(await elsewhereOf(folder));
      after.push(await elsewhereOf(process.cwd()));
    }
  } finally {
    removeCheckOut(folder);
  }
  const rows = (['own', 'mixed', 'elsewhere'] as const).map((name) => [
    { own: 'a message in the room', mixed: 'a message in any room', elsewhere: 'a message in another room' }[name],
    ...[before, after].map((runs) => show(spreadOf(runs.map((run) => run[name])))),
  ]);
  const share = spreadOf(after.map(({ elsewhere }, i) => elsewhere / (before[i]?.elsewhere ?? NaN))).median;
  const columns = ['live, µs of a core', reference, 'this commit'];
  rows.push(['messages in other rooms, share of before', '100 %', `${round(100 * share, 1)} %`]);
  report('foreign-rooms', columns, rows, { before, after }, `foreign-rooms ${reference}`);
  if (share > LARGEST_SHARE) process.exitCode = 1;
}
