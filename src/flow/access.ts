import { DomainError } from '../domain/errors';
import type { RoomRole } from '../domain/membership';
import { noSuchRoom, type Room } from '../domain/room';
import type { Viewer } from '../domain/user';
import type { Memberships } from './memberships';
import type { Rooms } from './rooms';

export interface AccessDeps {
  readonly rooms: Pick<Rooms, 'find'>;
  readonly memberships: Pick<Memberships, 'roleIn'>;
  /** Whether the account has no password. Asked only in rooms where guests may not write. */
  readonly isGuest: (userId: string) => Promise<boolean>;
}

/**
 * Answers who may read, write and look after a room. To all who may not read a private room, it does not exist. Reading a public room
 * asks no store for a membership.
 */
export class Access {
  constructor(private readonly deps: AccessDeps) {}

  /** The room, if there is one that the viewer may read. @param id any text @throws DomainError UNAVAILABLE */
  async readable(viewer: Pick<Viewer, 'userId' | 'screen'> | null, id: string): Promise<Room | undefined> {
    const room = await this.deps.rooms.find(id);
    if (viewer?.screen)
      return room?.id === viewer.screen.room && room.settings.screenKey === viewer.screen.key ? room : undefined;
    if (!room || room.settings.visibility !== 'PRIVATE') return room;
    return viewer && (await this.deps.memberships.roleIn(room, viewer.userId)) ? room : undefined;
  }

  /** The room, if the viewer may read it. @param id any text @throws DomainError NOT_FOUND, UNAVAILABLE */
  async requireReader(viewer: Viewer | null, id: string): Promise<Room> {
    const room = await this.readable(viewer, id);
    if (!room) throw noSuchRoom();
    return room;
  }

  /** @param room which the viewer may read @throws DomainError CONFLICT (archived), FORBIDDEN (guest), UNAVAILABLE */
  async requireWriter(viewer: Viewer, room: Room): Promise<void> {
    requireOpen(room);
    if (room.settings.guestsMayWrite || !(await this.deps.isGuest(viewer.userId))) return;
    throw new DomainError('FORBIDDEN', 'Guests cannot write in this room. Please sign up.');
  }

  /** The room, if the viewer is its host. @param id any text @throws DomainError NOT_FOUND, FORBIDDEN, UNAVAILABLE */
  async requireHost(viewer: Viewer, id: string): Promise<Room> {
    const room = await this.requireReader(viewer, id);
    if (await this.isHost(viewer, room)) return room;
    throw new DomainError('FORBIDDEN', 'Only hosts of the room may do this.');
  }

  /** The role of the viewer; undefined also if there is no such room. @param id any text @throws DomainError UNAVAILABLE */
  async roleOf(viewer: Viewer, id: string): Promise<RoomRole | undefined> {
    const room = await this.deps.rooms.find(id);
    return room && this.deps.memberships.roleIn(room, viewer.userId);
  }

  private async isHost({ userId }: Viewer, room: Room): Promise<boolean> {
    return (await this.deps.memberships.roleIn(room, userId)) === 'HOST';
  }
}

/** @throws DomainError CONFLICT if the room is archived */
export function requireOpen({ settings }: Room): void {
  if (settings.archived) throw new DomainError('CONFLICT', 'This room is archived. It can be read, but nobody can write in it.');
}
