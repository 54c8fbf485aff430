/** Writes the attack tables of docs/security.md by running the tests in test/security, each of which checks one row. */
import { spawnSync } from 'node:child_process';

const { status } = spawnSync('npx', ['jest', 'test/security', '--runInBand'], {
  stdio: 'inherit',
  env: { ...process.env, JUNGLE_BUZZ_WRITE_TABLES: '1' },
});
process.exitCode = status ?? 1;
