import { MAX_IN_FLIGHT } from '../../src/push/letter-pushes';
import { killWhilePushing } from './kill-pushes';

test('a kill while letters are announced misses nobody and repeats at most 16, each with the same topic and tag', async () => {
  const { missed, repeats, mostInFlight, labels, failing } = await killWhilePushing({ subscriptions: 600, kills: 2 });
  expect(failing).toBeGreaterThan(0);
  expect({ missed, labels }).toEqual({ missed: 0, labels: ['letter letter'] });
  expect(repeats).toBeLessThanOrEqual(2 * MAX_IN_FLIGHT);
  expect(repeats).toBeGreaterThan(0);
  expect(mostInFlight).toBeLessThanOrEqual(MAX_IN_FLIGHT);
}, 180_000);
