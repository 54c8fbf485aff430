import type { Partitions } from '../../src/domain/partition';
import type { PartitionStore } from '../../src/ports/partition-store';
import { eachTest, type MakeSubject } from './subject';

const SIXTEEN: Partitions = { first: 0, count: 16 };

export function partitionStoreContract(name: string, make: MakeSubject<PartitionStore>): void {
  describe(`${name} as a PartitionStore`, () => {
    const subject = eachTest(make);
    const store = () => subject().port;

    test('the first partitions that are recorded stay, also after a restart', async () => {
      expect(await store().read()).toBeUndefined();
      expect(await store().create(SIXTEEN)).toEqual(SIXTEEN);
      expect(await store().create({ first: 0, count: 4 })).toEqual(SIXTEEN);
      expect(await (await subject().reopen()).read()).toEqual(SIXTEEN);
    });

    test('of concurrent records one wins, and every caller gets it', async () => {
      const created = await Promise.all(Array.from({ length: 8 }, (_, i) => store().create({ first: 0, count: i + 1 })));
      const recorded = await store().read();
      expect(recorded).toBeDefined();
      expect(created).toEqual(created.map(() => recorded));
    });

    test('partitions are replaced only by whoever knows the recorded ones', async () => {
      await store().create(SIXTEEN);
      const four: Partitions = { first: 16, count: 4 };
      expect(await store().replace({ first: 0, count: 1 }, four)).toBe(false);
      expect(await store().read()).toEqual(SIXTEEN);
      expect(await store().replace(SIXTEEN, four)).toBe(true);
      expect(await store().replace(SIXTEEN, { first: 32, count: 2 })).toBe(false);
      expect(await store().read()).toEqual(four);
    });
  });
}
