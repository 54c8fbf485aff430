import { parseArgs } from 'node:util';
import { runScenario, SCENARIOS } from './scenarios';

/** `npm run scenarios -- --seed N --only NAME --repeat K --seconds S` */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      repeat: { type: 'string', default: '1' },
      seconds: { type: 'string', default: '10' },
    },
  });
  const names = values.only ? [values.only] : Object.keys(SCENARIOS);
  for (let round = 0; round < Number(values.repeat); round++) {
    for (const name of names) {
      const seed = Number(values.seed) + round;
      const again = `npm run scenarios -- --seed ${seed} --only ${name} --seconds ${values.seconds}`;
      try {
        const { messages, deliveries, followers } = await runScenario(name, seed, Number(values.seconds) * 1_000);
        console.log(`ok   ${name}, seed ${seed}: ${messages} messages, ${deliveries} deliveries to ${followers} followers`);
      } catch (error) {
        console.error(`FAIL ${name}, seed ${seed}. Again: ${again}`);
        throw error;
      }
    }
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
