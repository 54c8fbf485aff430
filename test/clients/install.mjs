import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

// Installs the clients beside the tests that run them, once.
process.chdir(import.meta.dirname);
const run = (command, ...args) => execFileSync(command, args, { stdio: 'inherit' });
if (!existsSync('node_modules')) run('npm', 'ci', '--no-audit', '--no-fund');
const python = '.venv/bin/python';
if (spawnSync(python, ['-c', 'import gql, aiohttp, websockets']).status !== 0) {
  run('python3', '-m', 'venv', '.venv');
  run(python, '-m', 'pip', 'install', '--quiet', '--requirement', 'requirements.txt');
}
