import { Revocations } from '../../src/accounts/revocations';
import { unavailable } from '../../src/domain/errors';
import type { Bus } from '../../src/ports/bus';
import { silentLogger } from '../../src/ports/logger';
import { until } from '../support/until';

const NOW = Date.UTC(2026, 0, 1);
const LIFE = 3_600_000;
/** Life of a token that a process whose clock is a minute ahead issues. */
const LATEST = LIFE + 60_000;
const nothing = (): void => undefined;
const bus: Bus = { publish: nothing, subscribe: () => nothing, onReconnect: () => nothing };
const store = { endedSince: () => Promise.resolve([]) };

test('refuses a revoked session until the last token of a process whose clock is ahead has expired', () => {
  let elapsed = 0;
  const revoked = new Revocations(store, bus, { now: () => NOW }, silentLogger, LIFE, () => elapsed);
  revoked.announce('a');
  elapsed = LATEST - 1;
  revoked.announce('b');
  expect(revoked.has('a')).toBe(true);
  elapsed = LATEST;
  revoked.announce('c');
  expect(revoked.has('a')).toBe(false);
});

test('refuses a revoked session while the wall clock jumps ahead and back', () => {
  const clock = { at: NOW, now: () => clock.at };
  const revoked = new Revocations(store, bus, clock, silentLogger, LIFE, () => 0);
  revoked.announce('a');
  clock.at = NOW + 10 * LATEST;
  revoked.announce('b');
  clock.at = NOW;
  expect(revoked.has('a')).toBe(true);
});

test('loads the revoked sessions whose tokens a process with a clock ahead issued', async () => {
  const asked: number[] = [];
  const endedSince = (since: number) => Promise.resolve(asked.push(since) ? ['a'] : []);
  const revoked = new Revocations({ endedSince }, bus, { now: () => NOW }, silentLogger, LIFE);
  await revoked.start();
  revoked.stop();
  expect([asked, revoked.has('a')]).toEqual([[NOW - LATEST], true]);
});

test('finds within seconds a session that was revoked without an announcement, also after a failed poll', async () => {
  const answers: (() => Promise<string[]>)[] = [
    () => Promise.resolve([]),
    () => Promise.reject(unavailable('the store is unavailable')),
    () => Promise.resolve(['a']),
  ];
  const since: number[] = [];
  const endedSince = (time: number) => (answers[since.push(time) - 1] ?? (() => Promise.resolve([])))();
  const revoked = new Revocations({ endedSince }, bus, { now: () => NOW }, silentLogger, LIFE);
  await revoked.start();
  const heard: string[] = [];
  revoked.onEnd((sessionId) => heard.push(sessionId));
  await until(() => revoked.has('a'), 'the session is known');
  revoked.stop();
  expect(heard).toEqual(['a']);
  // The clock of the process that revoked it may be behind by a minute, and that of this one ahead.
  expect(since.slice(0, 3)).toEqual([NOW - LATEST, NOW - 120_000, NOW - 120_000]);
});
