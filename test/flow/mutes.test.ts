import { Mutes } from '../../src/flow/mutes';
import { InProcessBus } from '../../src/adapters/in-process/bus';
import type { Mute } from '../../src/domain/moderation';
import { silentLogger } from '../../src/ports/logger';
import { until } from '../support/until';

const muteOf = (userId: string): Mute => ({ userId, reason: 'spam', until: 100 });

/** Mutes on a store whose answers the test gives, in any order. */
async function setup() {
  const answers: ((mutes: readonly Mute[]) => void)[] = [];
  const bus = new InProcessBus(silentLogger);
  const activeMutes = () => new Promise<readonly Mute[]>((resolve) => answers.push(resolve));
  const mutes = new Mutes({ activeMutes }, bus, { now: () => 50 }, silentLogger);
  const started = mutes.start();
  await until(() => answers.length === 1, 'the first read begins');
  answers[0]?.([]);
  await started;
  return { mutes, bus, answers };
}

test('an older answer does not overwrite a newer one', async () => {
  const { mutes, bus, answers } = await setup();
  bus.publish({ type: 'mutes-changed' });
  bus.publish({ type: 'mutes-changed' });
  await until(() => answers.length === 3, 'both reads begin');
  answers[2]?.([muteOf('mina')]);
  await until(() => isMuted(mutes, 'mina'), 'the newer answer is applied');
  answers[1]?.([]);
  await new Promise(setImmediate);
  expect(isMuted(mutes, 'mina')).toBe(true);
  mutes.stop();
});

test('an answer to a read that began before a change of this process does not undo it', async () => {
  const { mutes, bus, answers } = await setup();
  bus.publish({ type: 'mutes-changed' });
  await until(() => answers.length === 2, 'the read begins');
  mutes.set('mina', 100);
  answers[1]?.([muteOf('haru')]);
  await until(() => isMuted(mutes, 'haru'), 'the answer is applied');
  expect(isMuted(mutes, 'mina')).toBe(true);
  bus.publish({ type: 'mutes-changed' });
  await until(() => answers.length === 3, 'the next read begins');
  answers[2]?.([]);
  await until(() => !isMuted(mutes, 'mina'), 'a later answer is applied');
  mutes.stop();
});

test('names the end of the mute', async () => {
  const { mutes } = await setup();
  mutes.set('mina', 60_000);
  expect(() => mutes.admit('mina', 'main')).toThrow('You are muted until 1970-01-01T00:01:00.000Z.');
  expect(() => mutes.admit('haru', 'main')).not.toThrow();
  mutes.stop();
});

test('a mute in one room does not mute in others', async () => {
  const { mutes } = await setup();
  mutes.set('mina', 60_000, 'side');
  expect(() => mutes.admit('mina', 'side')).toThrow('You are muted until');
  expect(() => mutes.admit('mina', 'main')).not.toThrow();
  mutes.stop();
});

function isMuted(mutes: Mutes, userId: string): boolean {
  try {
    mutes.admit(userId, 'main');
    return false;
  } catch {
    return true;
  }
}
