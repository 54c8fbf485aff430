import { DeliveryPressure } from '../../../src/live/delivery/delivery-pressure';

/** @returns the window after two seconds of deliveries of one event */
function windowAfter(perSecond: number, ms: number): number {
  const pressure = new DeliveryPressure();
  for (let now = 0; now <= 2_000; now += 1_000 / perSecond) pressure.add(1, ms, now);
  return pressure.windowMs(2_000, 0);
}

it('delivers at once while deliveries take little of the event loop', () => {
  expect(new DeliveryPressure().windowMs(0, 0)).toBe(0);
  expect(windowAfter(10, 2.5)).toBe(0);
});

it('gathers longer the more deliveries would take, up to 25 ms', () => {
  expect(windowAfter(100, 1)).toBeGreaterThan(2);
  expect(windowAfter(100, 2.5)).toBeGreaterThan(10);
  expect(windowAfter(100, 2.5)).toBeLessThan(15);
  expect(windowAfter(1_000, 2.5)).toBe(25);
});

it('delivers at once if no other event is expected within the window', () => {
  const pressure = new DeliveryPressure();
  for (let now = 0; now <= 2_000; now += 10) pressure.add(1, 2.5, now);
  const window = pressure.windowMs(2_000, 0);
  expect(pressure.windowMs(2_000, window - 0.1)).toBe(window);
  expect(pressure.windowMs(2_000, window + 0.1)).toBe(0);
});

it('does not shorten the window because of what it saves', () => {
  const [alone, gathered] = [new DeliveryPressure(), new DeliveryPressure()];
  for (let now = 0; now <= 2_000; now += 10) alone.add(1, 2.5, now);
  for (let now = 0; now <= 2_000; now += 40) gathered.add(4, 2.5, now);
  expect(Math.abs(alone.windowMs(2_000, 0) - gathered.windowMs(2_000, 0))).toBeLessThan(2);
});

it('delivers at once again after the load', () => {
  const pressure = new DeliveryPressure();
  for (let now = 0; now <= 1_000; now += 1) pressure.add(1, 5, now);
  expect(pressure.windowMs(4_000, 0)).toBe(0);
});
