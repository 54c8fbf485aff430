import { DomainError } from '../domain/errors';
import { noSuchRoom, type Room } from '../domain/room';
import type { Viewer } from '../domain/user';
import type { Access } from './access';
import type { Rooms } from './rooms';

export interface RoomPrivilegesDeps {
  readonly access: Pick<Access, 'requireReader' | 'roleOf'>;
  readonly rooms: Pick<Rooms, 'find'>;
  readonly isModerator: (username: string) => boolean;
}

/** Who may look after a room: its hosts, and moderators unless the room is PRIVATE. */
export class RoomPrivileges {
  constructor(private readonly deps: RoomPrivilegesDeps) {}

  isModerator({ username }: Viewer): boolean {
    return this.deps.isModerator(username);
  }

  async isHost(viewer: Viewer | null, room: string): Promise<boolean> {
    return viewer !== null && (await this.deps.access.roleOf(viewer, room)) === 'HOST';
  }

  /** Whether the viewer may look after a room. */
  async mayManage(viewer: Viewer, { id, settings }: Room): Promise<boolean> {
    if (settings.visibility !== 'PRIVATE' && this.deps.isModerator(viewer.username)) return true;
    return this.isHost(viewer, id);
  }

  /** @param id any text @throws DomainError NOT_FOUND, FORBIDDEN, UNAVAILABLE */
  async requireManager(viewer: Viewer, id: string): Promise<Room> {
    const room = await this.deps.access.requireReader(viewer, id);
    if (await this.mayManage(viewer, room)) return room;
    throw new DomainError('FORBIDDEN', 'Only hosts of the room and moderators may do this.');
  }

  /** As requireManager. Moderators may archive PRIVATE rooms too, which they cannot read. */
  async requireArchiver(viewer: Viewer, id: string): Promise<Room> {
    if (!this.deps.isModerator(viewer.username)) return this.requireManager(viewer, id);
    const room = await this.deps.rooms.find(id);
    if (!room) throw noSuchRoom();
    return room;
  }
}
