import { DomainError } from '../domain/errors';
import type { RoomRole } from '../domain/membership';
import type { Room } from '../domain/room';
import type { Viewer } from '../domain/user';
import type { Rooms } from './rooms';

export const noSuchRoom = (): DomainError => new DomainError('NOT_FOUND', 'There is no such room.', { field: 'room' });

export interface AccessDeps {
  readonly rooms: Pick<Rooms, 'find'>;
  /** The role of an account in a room, from memory where it is known. */
  readonly roleIn: (room: string, userId: string) => Promise<RoomRole | undefined>;
}

/** Answers who may read, write and look after a room. To all who may not read a private room, it does not exist. */
export class Access {
  constructor(private readonly deps: AccessDeps) {}

  /** The room, if the viewer may read it. @param id any text @throws DomainError NOT_FOUND, UNAVAILABLE */
  async requireReader(viewer: Viewer | null, id: string): Promise<Room> {
    const room = await this.readable(viewer, id);
    if (!room) throw noSuchRoom();
    return room;
  }

  /** The room, if there is one that the viewer may read. @param id any text @throws DomainError UNAVAILABLE */
  async readable(viewer: Viewer | null, id: string): Promise<Room | undefined> {
    const room = await this.deps.rooms.find(id);
    if (!room || room.settings.visibility !== 'PRIVATE') return room;
    return viewer && (await this.deps.roleIn(room.id, viewer.userId)) ? room : undefined;
  }

  /** The room, if the viewer is its host. @throws DomainError NOT_FOUND, FORBIDDEN, UNAVAILABLE */
  async requireHost(viewer: Viewer, id: string): Promise<Room> {
    const room = await this.requireReader(viewer, id);
    if ((await this.deps.roleIn(room.id, viewer.userId)) === 'HOST') return room;
    throw new DomainError('FORBIDDEN', 'Only hosts of the room may do this.');
  }
}
