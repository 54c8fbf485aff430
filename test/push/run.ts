import { parseArgs } from 'node:util';
import { MAX_IN_FLIGHT } from '../../src/push/letter-pushes';
import { MongoService } from '../support/mongo-service';
import { RedisService } from '../support/redis-service';
import { killWhilePushing, type Outcome } from './kill-pushes';

const USAGE = `npm run pushes -- [--engine embedded|clustered] [--subscriptions N] [--kills N]
  Sends the notifications of a letter to a local push service that decrypts them, while the process is killed by SIGKILL.
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      engine: { type: 'string' },
      subscriptions: { type: 'string', default: '10000' },
      kills: { type: 'string', default: '2' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const plan = { subscriptions: Number(values.subscriptions), kills: Number(values.kills) };
  for (const engine of values.engine ? [values.engine] : ['embedded', 'clustered']) {
    const outcome = engine === 'clustered' ? await onClustered(plan) : await killWhilePushing(plan);
    if (!report(engine, outcome, plan.kills)) process.exitCode = 1;
  }
}

async function onClustered(plan: { readonly subscriptions: number; readonly kills: number }): Promise<Outcome> {
  const [redis, mongo] = await Promise.all([RedisService.start(), MongoService.start()]);
  try {
    const env = {
      REDIS_URL: await redis.empty(),
      MONGODB_URI: mongo.empty(),
      JWT_SECRET: 'a secret of the push run, long enough',
    };
    return await killWhilePushing({ ...plan, env });
  } finally {
    await Promise.all([redis.stop(), mongo.stop()]);
  }
}

/** @returns whether everything is as it has to be */
function report(engine: string, outcome: Outcome, kills: number): boolean {
  const { subscriptions, failing, accepted, missed, repeats, mostInFlight, labels, tookMs } = outcome;
  const isRight = missed === 0 && repeats <= kills * MAX_IN_FLIGHT && mostInFlight <= MAX_IN_FLIGHT && labels.length === 1;
  const lines = [
    `${isRight ? 'ok  ' : 'FAIL'} ${engine}: ${subscriptions} subscriptions, ${kills} kills, ${Math.round(tookMs / 1_000)} s`,
    `     ${accepted} accepted, ${missed} of ${subscriptions - failing} working endpoints missed, ${failing} failing endpoints`,
    `     ${repeats} repeats (at most ${kills * MAX_IN_FLIGHT}), ${mostInFlight} in flight at most, topic and tag: ${labels.join(', ')}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return isRight;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
