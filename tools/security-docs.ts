/** Writes the tables of attacks in docs/security.md: runs the tests, each of which checks its line. One file after the other. */
import { spawnSync } from 'node:child_process';

const { status } = spawnSync('npx', ['jest', 'test/security', '--runInBand'], {
  stdio: 'inherit',
  env: { ...process.env, JUNGLE_BUZZ_WRITE_TABLES: '1' },
});
process.exitCode = status ?? 1;
