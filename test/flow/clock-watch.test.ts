import { ClockWatch } from '../../src/flow/clock-watch';
import { silentLogger } from '../../src/ports/logger';
import { onePartition } from '../support/one-partition';

test('warns when the clock and the time of the log begin to differ by more than a minute', async () => {
  const warnings: [object, string][] = [];
  let watermark = 0;
  const now = 1_000_000;
  const logger = { ...silentLogger, warn: (fields: object, message: string) => void warnings.push([fields, message]) };
  const watch = new ClockWatch(onePartition({ watermark: () => Promise.resolve(watermark) }), { now: () => now }, logger);
  for (const aheadMs of [0, 59_000, 61_000, 86_400_000, 0, -61_000]) {
    watermark = now + aheadMs;
    await watch.check();
  }
  expect(warnings).toEqual([
    [{ logAheadMs: 61_000 }, expect.stringContaining('log is ahead of the clock of this process')],
    [{ logAheadMs: -61_000 }, expect.stringContaining('clock of this process is ahead')],
  ]);
});
