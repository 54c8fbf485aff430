import { Releasers } from '../../src/app/releasers';
import { silentLogger } from '../../src/ports/logger';

const never = new Promise<void>(() => undefined);

test('releases in reverse order, whatever fails, and once', async () => {
  const done: string[] = [];
  const releasers = new Releasers(silentLogger);
  releasers.push('first', () => void done.push('first'));
  releasers.push('failing', () => Promise.reject(new Error('broken')));
  releasers.push('throwing', () => {
    throw new Error('broken');
  });
  releasers.push('last', () => void done.push('last'));
  await Promise.all([releasers.release(), releasers.release()]);
  expect(done).toEqual(['last', 'first']);
});

test('aborts the signal for long jobs before the first step', async () => {
  const releasers = new Releasers(silentLogger);
  const aborted: boolean[] = [];
  releasers.push('job', () => void aborted.push(releasers.signal.aborted));
  expect(releasers.signal.aborted).toBe(false);
  await releasers.release();
  expect(aborted).toEqual([true]);
});

test('a step that never ends leaves the steps after it the time that they reserved', async () => {
  const releasers = new Releasers(silentLogger, 250);
  const given: number[] = [];
  releasers.push('writer', (withinMs) => void given.push(withinMs), 200);
  releasers.push('erasures', (withinMs) => (given.push(withinMs), never), 10);
  await releasers.release();
  const [erasures = NaN, writer = NaN] = given;
  expect(erasures).toBeLessThanOrEqual(50);
  expect(writer).toBeGreaterThanOrEqual(200);
});
