import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CostName } from '../../test/bench/ceilings/costs';
import type { Costs } from './model';

interface Ceilings {
  readonly builds: readonly {
    readonly build: string;
    readonly costs: readonly Readonly<Record<CostName, number>>[];
  }[];
}

export interface Measured {
  readonly build: string;
  readonly costs: Costs;
}

/** The medians that `npm run bench -- ceilings COMMIT` measured: of that commit, then of the one that it was run in. */
export function measuredCosts(): Measured[] {
  const path = join(__dirname, '..', '..', 'test', 'bench', 'results', 'ceilings.json');
  const { builds } = JSON.parse(readFileSync(path, 'utf8')) as Ceilings;
  return builds.map(({ build, costs }) => {
    const median = (name: CostName): number => {
      const values = costs.map((cost) => cost[name]).sort((a, b) => a - b);
      return values[Math.floor((values.length - 1) / 2)] ?? NaN;
    };
    return {
      build,
      costs: {
        apiPerSend: median('api, per sendChat'),
        redisPerSend: median('redis, per sendChat'),
        workerPerMessage: median('worker, per message stored'),
        redisPerStored: median('redis, per message stored'),
        livePerForeignMessage: median('live without a socket, per message'),
        redisPerForeignMessage: median('redis, per message and live without a socket'),
        livePerOwnMessage: median('live with a socket in every room, per message'),
        redisPerOwnMessage: median('redis, per message and live with a socket in every room'),
        livePerDelivery: median('live, per delivery to one of 100 sockets'),
      },
    };
  });
}
