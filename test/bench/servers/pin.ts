import { execFileSync, spawnSync } from 'node:child_process';
import { cpus } from 'node:os';

/** The server gets a processor of its own, if there are two and taskset. All else of the bench, the load generator included, gets the others. */
const pinned = cpus().length > 1 && spawnSync('taskset', ['--version']).status === 0;
const SERVER = '0';
const LOAD = `1-${cpus().length - 1}`;

/** The command that runs the server on its processor. */
export const onServerProcessor = (command: string, args: readonly string[]): readonly [string, readonly string[]] =>
  pinned ? ['taskset', ['--cpu-list', SERVER, command, ...args]] : [command, args];

/** Moves this process to the processors of the load. Processes that it starts inherit them. */
export function moveToLoadProcessors(): void {
  if (pinned) execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', LOAD, String(process.pid)], { stdio: 'ignore' });
}

export const placement = pinned
  ? `server on processor ${SERVER}, load on ${LOAD.replace('1-1', '1')}`
  : 'server and load share the processors';
