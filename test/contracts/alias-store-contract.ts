import type { AliasStore } from '../../src/ports/alias-store';
import { eachTest, type MakeSubject } from './subject';

export function aliasStoreContract(name: string, make: MakeSubject<AliasStore>): void {
  describe(`${name} as an AliasStore`, () => {
    const subject = eachTest(make);
    const store = () => subject().port;

    test('the key has 32 bytes and stays the same after a restart', async () => {
      const [key, again] = await Promise.all([store().key('main'), store().key('main')]);
      expect(key).toHaveLength(32);
      expect(new Set(key).size).toBeGreaterThan(5);
      expect(Buffer.from(again)).toEqual(Buffer.from(key));
      expect(Buffer.from(await (await subject().reopen()).key('main'))).toEqual(Buffer.from(key));
    });

    test('two installations have different keys', async () => {
      const other = await make();
      expect(Buffer.from(await other.port.key('main'))).not.toEqual(Buffer.from(await store().key('main')));
      await other.close();
    });

    test('a free nickname is given unchanged, and its owner keeps it', async () => {
      expect(await store().claim('main:2026-03-01', 'o1', '고요한 수달')).toBe('고요한 수달');
      expect(await store().claim('main:2026-03-01', 'o1', '고요한 수달')).toBe('고요한 수달');
      expect(await store().claim('main:2026-03-01', 'o1', 'another')).toBe('고요한 수달');
    });

    test('a taken nickname gets the lowest free number above 1', async () => {
      for (const [owner, alias] of [
        ['o1', 'quiet otter'],
        ['o2', 'quiet otter 2'],
        ['o3', 'quiet otter 3'],
        ['o2', 'quiet otter 2'],
      ] as const) {
        expect(await store().claim('main:2026-03-01', owner, 'quiet otter')).toBe(alias);
      }
      expect(await store().claim('main:2026-03-01', 'o4', 'warm fox')).toBe('warm fox');
    });

    test('each room and day has its own aliases', async () => {
      await store().claim('main:2026-03-01', 'o1', 'quiet otter');
      expect(await store().claim('main:2026-03-02', 'o2', 'quiet otter')).toBe('quiet otter');
      expect(await store().claim('side:2026-03-01', 'o2', 'quiet otter')).toBe('quiet otter');
    });

    test('concurrent claims of one nickname give each owner a different alias', async () => {
      const owners = Array.from({ length: 20 }, (_, i) => `o${i}`);
      const aliases = await Promise.all(owners.map((owner) => store().claim('main:2026-03-01', owner, 'quiet otter')));
      const numbers = Array.from({ length: 19 }, (_, i) => `quiet otter ${i + 2}`);
      expect([...aliases].sort()).toEqual(['quiet otter', ...numbers].sort());
    });

    test('concurrent claims of one owner give one alias', async () => {
      const aliases = await Promise.all(Array.from({ length: 10 }, () => store().claim('main:2026-03-01', 'o1', 'quiet otter')));
      expect(new Set(aliases)).toEqual(new Set(['quiet otter']));
    });

    test('aliases survive a restart', async () => {
      await store().claim('main:2026-03-01', 'o1', 'quiet otter');
      const reopened = await subject().reopen();
      expect(await reopened.claim('main:2026-03-01', 'o2', 'quiet otter')).toBe('quiet otter 2');
      expect(await reopened.claim('main:2026-03-01', 'o1', 'quiet otter')).toBe('quiet otter');
    });
  });
}
