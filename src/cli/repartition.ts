import { repartition } from '../app/commands/repartition';
import type { Config } from '../config/config';
import { silentLogger } from '../ports/logger';

export async function repartitionLog(config: Config): Promise<number> {
  const { first, count } = await repartition(config, silentLogger);
  process.stderr.write(
    `The log has ${count} new partitions, from number ${first} on, and everything is stored. Start the servers with LOG_PARTITIONS=${count}. Open pages load again.\n`,
  );
  return 0;
}
