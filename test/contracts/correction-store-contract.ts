import type { ModelCorrection } from '../../src/domain/model-correction';
import type { CorrectionStore } from '../../src/ports/correction-store';
import { eachTest, type MakeSubject } from './subject';

const correction = (version: number, weights: Uint8Array | null = Uint8Array.of(version, 0, 255)): ModelCorrection => ({
  ...{ version, generation: 2, fittedAt: 1_770_000_000_000 + version, weights },
});

const plain = (found: ModelCorrection | undefined) => found && { ...found, weights: found.weights && [...found.weights] };

export function correctionStoreContract(name: string, make: MakeSubject<CorrectionStore>): void {
  describe(`${name} as a CorrectionStore`, () => {
    const subject = eachTest(make);
    const store = () => subject().port;

    test('is empty at first and keeps the newest correction through a restart', async () => {
      expect(await store().latest()).toBeUndefined();
      expect(await store().replace(correction(1))).toBe(true);
      expect(await store().replace(correction(2))).toBe(true);
      expect(plain(await store().latest())).toEqual(plain(correction(2)));
      expect(plain(await (await subject().reopen()).latest())).toEqual(plain(correction(2)));
    });

    test('refuses a version that is not higher', async () => {
      await store().replace(correction(2));
      expect(await store().replace(correction(2, null))).toBe(false);
      expect(await store().replace(correction(1))).toBe(false);
      expect(plain(await store().latest())).toEqual(plain(correction(2)));
    });

    test('keeps that nothing is corrected', async () => {
      await store().replace(correction(1));
      expect(await store().replace(correction(2, null))).toBe(true);
      expect(await store().latest()).toEqual(correction(2, null));
    });

    test('of concurrent replacements the highest version stays', async () => {
      await Promise.all([3, 1, 4, 2].map((version) => store().replace(correction(version))));
      expect((await store().latest())?.version).toBe(4);
    });

    test('keeps weights of 300 KB', async () => {
      const weights = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31) % 256);
      await store().replace(correction(1, weights));
      expect(Buffer.compare(Buffer.from((await store().latest())?.weights ?? []), Buffer.from(weights))).toBe(0);
    });
  });
}
