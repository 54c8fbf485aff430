import { NO_SPEND, type SpendStore } from '../../src/ports/spend-store';
import { eachTest, type MakeSubject } from './subject';

const spend = { calls: 1, inputTokens: 1_000, outputTokens: 200, microUsd: 270 };

export function spendStoreContract(name: string, make: MakeSubject<SpendStore>): void {
  describe(`${name} as a SpendStore`, () => {
    const subject = eachTest(make);
    const store = () => subject().port;

    test('each day has its own sum', async () => {
      expect(await store().add('2026-03-01', spend)).toEqual(spend);
      expect(await store().add('2026-03-01', { ...spend, microUsd: 30 })).toEqual({
        calls: 2,
        inputTokens: 2_000,
        outputTokens: 400,
        microUsd: 300,
      });
      expect(await store().add('2026-03-02', NO_SPEND)).toEqual(NO_SPEND);
    });

    test('a reservation can be reduced by a negative amount', async () => {
      await store().add('2026-03-01', spend);
      expect(await store().add('2026-03-01', { calls: 0, inputTokens: -400, outputTokens: 0, microUsd: -70 })).toEqual({
        calls: 1,
        inputTokens: 600,
        outputTokens: 200,
        microUsd: 200,
      });
    });

    test('concurrent additions are all counted', async () => {
      await Promise.all(Array.from({ length: 20 }, () => store().add('2026-03-01', spend)));
      expect(await store().add('2026-03-01', NO_SPEND)).toMatchObject({ calls: 20, microUsd: 5_400 });
    });

    test('the sums survive a restart', async () => {
      await store().add('2026-03-01', spend);
      expect(await (await subject().reopen()).add('2026-03-01', NO_SPEND)).toEqual(spend);
    });
  });
}
