import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { measuredCosts } from '../../tools/scale/measured';
import { coresOf, loadOf, PEOPLE, roomsOf, type Part } from '../../tools/scale/model';
import type { Whole } from '../bench/ceilings/costs';

const RESULTS = join(__dirname, '..', 'bench', 'results', 'ceilings.json');
/** Costs depend on how many messages share a batch, and on what else runs on the cores. The model counts processes, not percents. */
const MOST_APART = 2;

const [before, after] = measuredCosts();
const { builds } = JSON.parse(readFileSync(RESULTS, 'utf8')) as { builds: { build: string; whole: Whole[] }[] };

describe.each(measuredCosts())('the costs of $build', ({ build, costs }) => {
  const whole = builds.find((one) => one.build === build)?.whole ?? [];

  // The worker is left out: at this rate it costs what its looks at the log cost, which do not grow with the messages.
  test.each<Part>(['api', 'redis', 'live'])('give what %s used under a load of all processes together', (part) => {
    const measured =
      whole.map(({ cores }) => cores[part] ?? NaN).sort((a, b) => a - b)[Math.floor((whole.length - 1) / 2)] ?? NaN;
    const [{ messagesPerSecond: messages, sockets }] = whole as [Whole];
    const computed = coresOf({ messages, own: messages, foreign: 0, deliveries: messages * sockets }, costs)[part];
    expect(Math.max(computed / measured, measured / computed)).toBeLessThan(MOST_APART);
  });
});

test('rooms hold everybody, the largest not more than its limit', () => {
  for (const people of [10, 1_000, 100_000]) {
    const rooms = roomsOf(people);
    const total = rooms.reduce((sum, { size, count }) => sum + size * count, 0);
    expect(Math.abs(total / people - 1)).toBeLessThan(0.1);
    expect(Math.max(...rooms.map(({ size }) => size))).toBeLessThanOrEqual(PEOPLE.mostInARoom);
  }
});

test('more people never need fewer processes or fewer cores', () => {
  const loads = [10, 100, 1_000, 10_000, 100_000, 10_000_000].map((people) =>
    loadOf(people, after?.costs ?? (before?.costs as never), true),
  );
  for (const part of ['apis', 'lives', 'workers', 'redises'] as const) {
    const figures = loads.map((load) => load[part]);
    expect(figures).toEqual([...figures].sort((a, b) => a - b));
  }
});
