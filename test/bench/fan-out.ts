/** Deliveries to subscribers: their cost and latency, here and with alternative servers. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Generator } from './fan-out/generator';
import type { Figures } from './fan-out/loads';
import { keep } from './fan-out/results';
import { play, SCENES } from './fan-out/scenes';
import { RUNS, SERVERS } from './fan-out/settings';
import { NAMES } from './fan-out/target';

const SUBSCRIBER_PROCESSES = 2;
const PEERS = join(__dirname, 'peers');
const ROOT = join(__dirname, '..', '..');

function prepare(): void {
  execFileSync(process.execPath, ['tools/build.mjs', '--if-stale'], { cwd: ROOT, stdio: 'inherit' });
  if (!existsSync(join(PEERS, 'node_modules'))) execFileSync('npm', ['ci', '--prefix', PEERS], { stdio: 'inherit' });
}

/** @param names of loads. Default: all */
export async function fanOut(names: readonly string[]): Promise<void> {
  const known = SCENES.flatMap(({ loads }) => loads.map(({ name }) => name));
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`no such load: ${unknown.join(', ')}; there are ${known.join(', ')}`);
  prepare();
  const results: Record<string, Record<string, Figures[]>> = {};
  const generator = new Generator(SUBSCRIBER_PROCESSES);
  try {
    for (const scene of SCENES) {
      const wanted = scene.loads.filter(({ name }) => names.length === 0 || names.includes(name));
      for (let run = 0; run < RUNS; run++) {
        // Servers alternate, so that a slow minute of the machine affects all of them.
        for (const server of NAMES.filter((name) => SERVERS?.includes(name) ?? true)) {
          const loads = wanted.filter(({ servers, runs = RUNS }) => servers.includes(server) && run < runs);
          if (loads.length === 0) continue;
          await play(scene, loads, server, generator, (load, figures) => {
            ((results[load.name] ??= {})[server] ??= []).push(figures);
            console.error(`${load.name} ${server} ${JSON.stringify(figures)}`);
          });
        }
      }
    }
  } finally {
    generator.end();
  }
  keep(results);
}
