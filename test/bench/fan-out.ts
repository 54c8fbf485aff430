/** Deliveries to subscribers: what they cost and how long they take, here and in the servers people would take instead. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Generator } from './fan-out/generator';
import { LOADS, runOnce, type Figures } from './fan-out/loads';
import { keep, type Measured } from './fan-out/results';
import { NAMES } from './fan-out/target';
import { machine } from './support/report';

const RUNS = Number(process.env['RUNS'] ?? 3);
const SERVERS = process.env['SERVERS']?.split(',') ?? NAMES;
const SETTINGS = ['RUNS', 'SECONDS', 'SERVERS', 'IDLE_SOCKETS', 'STALL_SECONDS'];
const SUBSCRIBER_PROCESSES = 2;
const PEERS = join(__dirname, 'peers');
const ROOT = join(__dirname, '..', '..');

function prepare(): void {
  execFileSync(process.execPath, ['tools/build.mjs', '--if-stale'], { cwd: ROOT, stdio: 'inherit' });
  if (!existsSync(join(PEERS, 'node_modules'))) execFileSync('npm', ['ci', '--prefix', PEERS], { stdio: 'inherit' });
}

/** @param names of loads; without any, all */
export async function fanOut(names: readonly string[]): Promise<void> {
  const loads = LOADS.filter(({ name }) => names.length === 0 || names.includes(name));
  const unknown = names.filter((name) => !LOADS.some((load) => load.name === name));
  if (unknown.length > 0) {
    throw new Error(`no such load: ${unknown.join(', ')}; there are ${LOADS.map(({ name }) => name).join(', ')}`);
  }
  prepare();
  const settings = Object.fromEntries(SETTINGS.flatMap((key) => (process.env[key] ? [[key, process.env[key]]] : [])));
  const generator = new Generator(SUBSCRIBER_PROCESSES);
  try {
    const results: Record<string, Measured> = {};
    for (const load of loads) {
      const runs: Record<string, Figures[]> = {};
      for (let i = 0; i < RUNS; i++) {
        // Servers take turns, so that a slow minute of the machine does not hit one of them alone.
        for (const name of load.servers.filter((server) => SERVERS.includes(server))) {
          const figures = await runOnce(load, name, generator);
          (runs[name] ??= []).push(figures);
          console.error(`${load.name} ${name} ${JSON.stringify(figures)}`);
        }
      }
      results[load.name] = { machine: machine(), settings, runs };
    }
    keep(results);
  } finally {
    generator.end();
  }
}
