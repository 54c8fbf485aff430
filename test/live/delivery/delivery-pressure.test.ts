import { DeliveryPressure } from '../../../src/live/delivery/delivery-pressure';

/** @returns the pressure after two seconds of deliveries of one event */
function pressureAfter(perSecond: number, ms: number): DeliveryPressure {
  const pressure = new DeliveryPressure();
  for (let now = 0; now <= 2_000; now += 1_000 / perSecond) pressure.add(1, ms, now);
  return pressure;
}

/** @returns how long an event waits that arrives now, while others are expected at once */
const windowOf = (pressure: DeliveryPressure): number =>
  pressure.due(2_000, { firstAt: 2_000, lastAt: 2_000, intervalMs: 0 }) - 2_000;

it('delivers at once while deliveries take little of the event loop', () => {
  expect(windowOf(new DeliveryPressure())).toBe(0);
  expect(windowOf(pressureAfter(20, 2))).toBe(0);
  expect(windowOf(pressureAfter(100, 0.2))).toBe(0);
});

it('gathers longer the more deliveries would take, up to 25 ms', () => {
  expect(windowOf(pressureAfter(100, 0.8))).toBeGreaterThan(2);
  expect(windowOf(pressureAfter(100, 1.2))).toBeGreaterThan(12);
  expect(windowOf(pressureAfter(100, 1.2))).toBeLessThan(15);
  expect(windowOf(pressureAfter(1_000, 2.5))).toBe(25);
});

it('delivers at once if no other event is expected within the window', () => {
  const pressure = pressureAfter(100, 2.5);
  const window = windowOf(pressure);
  const alone = { firstAt: 2_000, lastAt: 2_000 };
  expect(pressure.due(2_000, { ...alone, intervalMs: window - 0.1 })).toBe(2_000 + window);
  expect(pressure.due(2_000, { ...alone, intervalMs: window + 0.1 })).toBe(2_000);
});

it('delivers as soon as the last event that is expected within the window has arrived', () => {
  const pressure = pressureAfter(100, 2.5);
  const second = { firstAt: 2_000, lastAt: 2_005, intervalMs: 5 };
  expect(pressure.due(2_005, second)).toBeGreaterThan(2_010);
  expect(pressure.due(2_010, { ...second, lastAt: 2_010 })).toBe(2_000);
});

it('does not shorten the window because of what it saves', () => {
  const [alone, gathered] = [pressureAfter(100, 2.5), new DeliveryPressure()];
  for (let now = 0; now <= 2_000; now += 40) gathered.add(4, 2.5, now);
  expect(Math.abs(windowOf(alone) - windowOf(gathered))).toBeLessThan(2);
});

it('delivers at once again after the load', () => {
  const pressure = new DeliveryPressure();
  for (let now = 0; now <= 1_000; now += 1) pressure.add(1, 5, now);
  expect(pressure.due(4_000, { firstAt: 4_000, lastAt: 4_000, intervalMs: 0 })).toBe(4_000);
});
