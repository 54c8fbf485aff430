import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

// Installs the clients beside the tests that run them, where they are missing or older than the lock file.
process.chdir(import.meta.dirname);
const run = (command, ...args) => execFileSync(command, args, { stdio: 'inherit' });
const installed = 'node_modules/.package-lock.json';
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync('package-lock.json').mtimeMs)
  run('npm', 'ci', '--no-audit', '--no-fund');
const python = '.venv/bin/python';
if (spawnSync(python, ['-c', 'import gql, aiohttp, websockets']).status !== 0) {
  run('python3', '-m', 'venv', '.venv');
  run(python, '-m', 'pip', 'install', '--quiet', '--requirement', 'requirements.txt');
}
