/** Deliveries to subscribers: their cost and latency, here and by other servers. */
import { Generator } from './fan-out/generator';
import type { Figures } from './fan-out/loads';
import { keep } from './fan-out/results';
import { play, SCENES } from './fan-out/scenes';
import { RUNS, SERVERS } from './fan-out/settings';
import { writeReadmes } from './readme';
import { build } from './servers/build';
import { NAMES, OURS, type Name } from './servers/catalogue';
import { moveToLoadProcessors } from './servers/pin';

const SUBSCRIBER_PROCESSES = 2;

/** @param names of loads. Default: all */
export async function fanOut(names: readonly string[]): Promise<void> {
  const known = SCENES.flatMap(({ loads }) => loads.map(({ name }) => name));
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`no such load: ${unknown.join(', ')}; there are ${known.join(', ')}`);
  const missing = new Map<Name, string>(build());
  moveToLoadProcessors();
  const results: Record<string, Record<string, Figures[]>> = {};
  let started: Generator | undefined;
  const generator = () => (started ??= new Generator(SUBSCRIBER_PROCESSES));
  try {
    for (const scene of SCENES) {
      const wanted = scene.loads.filter(({ name }) => names.length === 0 || names.includes(name));
      for (let run = 0; run < RUNS; run++) {
        // Servers alternate, so that a slow minute of the machine affects all of them.
        for (const server of NAMES.filter((name) => SERVERS?.includes(name) ?? true)) {
          const loads = wanted.filter(({ servers, runs = RUNS }) => servers.includes(server) && run < runs);
          if (loads.length === 0 || missing.has(server)) continue;
          const record = (load: string, figures: Figures): void => {
            ((results[load] ??= {})[server] ??= []).push(figures);
            console.error(`${load} ${server} ${JSON.stringify(figures)}`);
          };
          try {
            const wantedNames = loads.map(({ name }) => name);
            await play(scene, wantedNames, server, generator, record);
          } catch (error) {
            // Without ours there is nothing to compare.
            if (server === OURS) throw error;
            missing.set(server, `failed at ${loads[0]?.name}: ${String(error)}`);
          }
        }
      }
    }
  } finally {
    started?.end();
  }
  keep(results, missing);
  writeReadmes();
}
