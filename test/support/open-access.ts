import { DEFAULT_ROOM_SETTINGS, type Room } from '../../src/domain/room';
import type { Access } from '../../src/flow/access';

/** A public room. */
export const publicRoom = (change: Partial<Room> = {}): Room => ({
  ...{ id: 'main', title: 'Main', anonymous: false, aliasLocale: 'en', createdAt: 1 },
  settings: DEFAULT_ROOM_SETTINGS,
  ...change,
});

/** Lets everybody read and write in the room. */
export const openAccess = (
  room = publicRoom(),
): Pick<Access, 'readable' | 'requireReader' | 'requireWriter' | 'requireHost'> => ({
  readable: () => Promise.resolve(room),
  requireReader: () => Promise.resolve(room),
  requireWriter: () => Promise.resolve(),
  requireHost: () => Promise.resolve(room),
});
