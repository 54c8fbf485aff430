import { unavailable } from '../../src/domain/errors';
import { ClockWatch } from '../../src/flow/clock-watch';
import { silentLogger } from '../../src/ports/logger';
import { onePartition } from '../support/one-partition';

test('compares the time of the partitions that can be asked', async () => {
  const warn = jest.fn();
  const answers = [() => Promise.reject(unavailable('down')), () => Promise.resolve(61_000)];
  const partitions = answers.flatMap((watermark) => onePartition({ watermark }).partitions);
  const watch = new ClockWatch({ partitions }, { now: () => 0 }, { ...silentLogger, warn });
  await watch.check();
  expect(warn).toHaveBeenCalledTimes(1);
  const lost = new ClockWatch({ partitions: partitions.slice(0, 1) }, { now: () => 0 }, silentLogger);
  await expect(lost.check()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});

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
