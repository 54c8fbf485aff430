import type { Lease } from '../../src/ports/lease';
import { until } from '../support/until';
import { eachTest, type MakeSubject, type Subject } from './subject';

export interface LeaseSubject extends Subject<Lease> {
  /** Moves the clock of the lease by `ms`. Absent where that is impossible: the tests then wait for the end of a grant. */
  readonly advance?: (ms: number) => void;
}

const LONG_MS = 60_000;
const SHORT_MS = 200;

export function leaseContract(name: string, make: MakeSubject<Lease, LeaseSubject>): void {
  describe(`${name} as a Lease`, () => {
    const subject = eachTest(make);
    const lease = () => subject().port;
    const fence = async (leaseName: string, holder: string, ttlMs = LONG_MS) =>
      (await lease().acquire(leaseName, holder, ttlMs))?.fence ?? 0;

    test('a lease has one holder at a time', async () => {
      expect(await fence('writer', 'a')).toBeGreaterThan(0);
      expect(await lease().acquire('writer', 'b', LONG_MS)).toBeUndefined();
      expect(await fence('other', 'b')).toBeGreaterThan(0);
    });

    test('of several concurrent acquisitions, one succeeds', async () => {
      const grants = await Promise.all(Array.from({ length: 10 }, (_, i) => lease().acquire('writer', `h${i}`, LONG_MS)));
      expect(grants.filter((grant) => grant !== undefined)).toHaveLength(1);
    });

    test('renewing keeps the fence', async () => {
      const first = await fence('writer', 'a');
      expect(await fence('writer', 'a')).toBe(first);
      expect(await lease().acquire('writer', 'b', LONG_MS)).toBeUndefined();
    });

    test('an expired grant goes to another holder with a higher fence and cannot be renewed', async () => {
      const first = await fence('writer', 'a', SHORT_MS);
      subject().advance?.(SHORT_MS);
      const second = await until(() => fence('writer', 'b'), 'the grant has run out');
      expect(second).toBeGreaterThan(first);
      expect(await lease().acquire('writer', 'a', LONG_MS)).toBeUndefined();
    });

    test('renewing extends a grant', async () => {
      const { advance } = subject();
      if (!advance) return;
      await fence('writer', 'a', 1_000);
      advance(900);
      await fence('writer', 'a', 1_000);
      advance(900);
      expect(await lease().acquire('writer', 'b', 1_000)).toBeUndefined();
      advance(100);
      expect(await lease().acquire('writer', 'b', 1_000)).toBeDefined();
    });

    test('a released lease goes to another holder at once, with a higher fence', async () => {
      const first = await fence('writer', 'a');
      await lease().release('writer', 'a');
      expect(await fence('writer', 'b')).toBeGreaterThan(first);
    });

    test('releasing and acquiring again gives a higher fence', async () => {
      const first = await fence('writer', 'a');
      await lease().release('writer', 'a');
      expect(await fence('writer', 'a')).toBeGreaterThan(first);
    });

    test('release by another holder changes nothing', async () => {
      await fence('writer', 'a');
      await lease().release('writer', 'b');
      await lease().release('never', 'b');
      expect(await lease().acquire('writer', 'b', LONG_MS)).toBeUndefined();
    });

    test('fences keep growing after a restart', async () => {
      const first = await fence('writer', 'a');
      await lease().release('writer', 'a');
      const grant = await (await subject().reopen()).acquire('writer', 'b', LONG_MS);
      expect(grant?.fence).toBeGreaterThan(first);
    });
  });
}
