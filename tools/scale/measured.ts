import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as ceilings from '../../test/bench/ceilings/costs';
import type { Costs } from './model';

interface Ceilings {
  readonly builds: readonly {
    readonly build: string;
    readonly costs: readonly ceilings.Costs[];
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
    const median = (name: keyof ceilings.Costs): number => {
      const values = costs.flatMap((cost) => cost[name] ?? []).sort((a, b) => a - b);
      return values[Math.floor((values.length - 1) / 2)] ?? 0;
    };
    const [apiPerSend, redisPerSend] = [median('api, per sendChat'), median('redis, per sendChat')];
    return {
      build,
      costs: {
        apiPerSend,
        redisPerSend,
        apiPerClaim: Math.max(0, median('api, per sendChat with 16 partitions') - apiPerSend),
        redisPerClaim: Math.max(0, median('redis, per sendChat with 16 partitions') - redisPerSend),
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
