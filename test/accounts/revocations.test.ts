import { Revocations } from '../../src/accounts/revocations';
import type { Bus } from '../../src/ports/bus';
import { silentLogger } from '../../src/ports/logger';
import type { SessionStore } from '../../src/ports/session-store';

const NOW = Date.UTC(2026, 0, 1);
const LIFE = 3_600_000;
/** Tokens of a process whose clock is a minute ahead are good for so long. */
const LATEST = LIFE + 60_000;
const nothing = (): void => undefined;
const bus: Bus = { publish: nothing, subscribe: () => nothing, onReconnect: () => nothing };

test('an ended log-in is refused until the last token of a process whose clock is ahead has expired', () => {
  const clock = { at: NOW, now: () => clock.at };
  const ended = new Revocations({} as SessionStore, bus, clock, silentLogger, LIFE);
  ended.announce('a');
  clock.at = NOW + LATEST - 1;
  ended.announce('b');
  expect(ended.has('a')).toBe(true);
  clock.at = NOW + LATEST;
  ended.announce('c');
  expect(ended.has('a')).toBe(false);
});

test('a process that starts learns of the log-ins whose tokens such a process signed', async () => {
  const asked: number[] = [];
  const endedSince = (since: number) => Promise.resolve(asked.push(since) ? ['a'] : []);
  const ended = new Revocations({ endedSince } as unknown as SessionStore, bus, { now: () => NOW }, silentLogger, LIFE);
  await ended.start();
  ended.stop();
  expect([asked, ended.has('a')]).toEqual([[NOW - LATEST], true]);
});
