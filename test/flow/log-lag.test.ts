import { oldestUnflushedMs, unflushedCount } from '../../src/flow/log-lag';
import { MemoryLog } from '../support/memory-log';

test('measures the messages that are not yet in the store', async () => {
  const log = new MemoryLog();
  const [, second] = log.put('main', 'one', 'two', 'three');
  await log.commit(1);
  log.watermark = () => Promise.resolve((second?.sentAt ?? 0) + 500);
  expect([await unflushedCount(log), await oldestUnflushedMs(log)]).toEqual([2, 500]);
  await log.commit(3);
  expect([await unflushedCount(log), await oldestUnflushedMs(log)]).toEqual([0, 0]);
});
