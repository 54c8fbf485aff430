import { DEFAULT_ROOM_SETTINGS, type Room } from '../../src/domain/room';
import type { RoomStore } from '../../src/ports/room-store';
import { NOON } from './samples';
import { eachTest, type MakeSubject } from './subject';

const room = (id: string, rest: Partial<Room> = {}): Room => ({
  id,
  title: `방 ${id}`,
  anonymous: false,
  aliasLocale: 'ko',
  createdAt: NOON,
  settings: { ...DEFAULT_ROOM_SETTINGS, wordFilter: 'OFF', slowModeSeconds: 0 },
  ...rest,
});

export function roomStoreContract(name: string, make: MakeSubject<RoomStore>): void {
  describe(`${name} as a RoomStore`, () => {
    const subject = eachTest(make);
    const store = () => subject().port;

    test('a room is read as it was created', async () => {
      const quiet = room('quiet', { anonymous: true, aliasLocale: 'en' });
      expect(await store().create(quiet, 10)).toBe('created');
      expect(await store().byId('quiet')).toEqual(quiet);
      expect(await store().byId('quie')).toBeUndefined();
      expect(await store().list()).toEqual([quiet]);
    });

    test('creating a room with a taken id changes nothing', async () => {
      await store().create(room('a'), 10);
      expect(await store().create(room('a', { title: 'other' }), 10)).toBe('taken');
      expect(await store().byId('a')).toEqual(room('a'));
    });

    test('concurrent creations do not exceed the maximum number of rooms', async () => {
      await store().create(room('a'), 3);
      const outcomes = await Promise.all(['b', 'c', 'd', 'e'].map((id) => store().create(room(id), 3)));
      expect(outcomes.sort()).toEqual(['created', 'created', 'full', 'full']);
      expect(await store().list()).toHaveLength(3);
      expect(await store().create(room('a'), 3)).toBe('taken');
    });

    test('of several concurrent rooms with one id, one is created', async () => {
      const outcomes = await Promise.all(['1', '2', '3'].map((title) => store().create(room('same', { title }), 10)));
      expect(outcomes.sort()).toEqual(['created', 'taken', 'taken']);
    });

    test('rooms are listed oldest first', async () => {
      await store().create(room('b', { createdAt: NOON + 2 }), 10);
      await store().create(room('c', { createdAt: NOON + 1 }), 10);
      await store().create(room('a', { createdAt: NOON + 3 }), 10);
      expect((await store().list()).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
    });

    test('update changes only the settings of one room', async () => {
      const settings = { ...DEFAULT_ROOM_SETTINGS, wordFilter: 'MASK', slowModeSeconds: 30 } as const;
      await store().create(room('a'), 10);
      await store().create(room('b', { settings: { ...DEFAULT_ROOM_SETTINGS, wordFilter: 'REFUSE', slowModeSeconds: 1 } }), 10);
      expect(await store().byId('a')).toEqual(room('a'));
      expect(await store().update('a', settings)).toEqual(room('a', { settings, version: 1 }));
      expect(await store().byId('a')).toEqual(room('a', { settings, version: 1 }));
      expect(await store().update('unknown', settings)).toBeUndefined();
      const reopened = await subject().reopen();
      expect(await reopened.byId('a')).toEqual(room('a', { settings, version: 1 }));
      expect(await reopened.byId('b')).toMatchObject({
        settings: { ...DEFAULT_ROOM_SETTINGS, wordFilter: 'REFUSE', slowModeSeconds: 1 },
      });
      expect(await reopened.byId('unknown')).toBeUndefined();
    });

    test('concurrent changes of different settings are both kept, and each increases the version', async () => {
      await store().create(room('a'), 10);
      await Promise.all([store().update('a', { wordFilter: 'REFUSE' }), store().update('a', { slowModeSeconds: 5 })]);
      const settings = { ...DEFAULT_ROOM_SETTINGS, wordFilter: 'REFUSE', slowModeSeconds: 5 } as const;
      expect(await store().byId('a')).toEqual(room('a', { settings, version: 2 }));
    });

    test('update changes the title alone, or together with settings', async () => {
      await store().create(room('a'), 10);
      expect(await store().update('a', { title: '다른 이름' })).toEqual(room('a', { title: '다른 이름', version: 1 }));
      await store().update('a', { title: 'Third', ownWords: ['나쁜 말'] });
      const settings = { ...DEFAULT_ROOM_SETTINGS, ownWords: ['나쁜 말'] };
      expect(await (await subject().reopen()).byId('a')).toEqual(room('a', { title: 'Third', settings, version: 2 }));
    });

    test('archived and removed rooms do not count, and other rooms take their places', async () => {
      for (const id of ['a', 'b', 'c']) await store().create(room(id), 3);
      expect(await store().create(room('d'), 3)).toBe('full');
      await store().update('a', { archived: true });
      await store().update('a', { archived: true });
      expect(await store().create(room('d'), 3)).toBe('created');
      await store().update('b', { archived: true });
      await store().remove('c');
      expect(await store().create(room('e'), 3)).toBe('created');
      expect(await store().create(room('f'), 3)).toBe('created');
      expect(await store().create(room('g'), 3)).toBe('full');
      await store().update('a', { archived: false });
      await store().update('e', { archived: true });
      await store().update('f', { archived: true });
      expect(await store().create(room('g'), 3)).toBe('created');
      expect(await store().create(room('h'), 3)).toBe('full');
      expect((await store().list()).map(({ id }) => id).sort()).toEqual(['a', 'b', 'd', 'e', 'f', 'g']);
    });

    test('a removed room is gone, also after a restart, and its id stays taken', async () => {
      await store().create(room('a'), 10);
      await store().create(room('b'), 10);
      await store().remove('a');
      await store().remove('a');
      await store().remove('unknown');
      for (const open of [store, () => subject().reopen()]) {
        const port = await open();
        expect(await port.byId('a')).toBeUndefined();
        expect(await port.update('a', { title: 'x' })).toBeUndefined();
        expect(await port.list()).toEqual([room('b')]);
        expect(await port.removedIds()).toEqual(['a']);
        expect(await port.create(room('a'), 10)).toBe('taken');
      }
    });

    test('all data survive a restart', async () => {
      await store().create(room('a'), 10);
      expect(await (await subject().reopen()).list()).toEqual([room('a')]);
    });
  });
}
