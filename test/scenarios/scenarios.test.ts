import { runScenario, SCENARIOS } from './scenarios';

const SEED = 1;
const SHORT_MS = 1_500;

describe('every follower gets every message exactly once and in order', () => {
  it.each(Object.keys(SCENARIOS))(
    'in scenario %s',
    async (name) => {
      const { messages, deliveries, followers } = await runScenario(name, SEED, SHORT_MS);
      expect(messages).toBeGreaterThan(0);
      expect(deliveries).toBeGreaterThan(0);
      expect(followers).toBeGreaterThanOrEqual(4);
    },
    60_000,
  );
});
