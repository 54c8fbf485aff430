import { Access, type AccessDeps } from '../flow/access';
import { RoomPrivileges } from '../flow/room-privileges';
import type { Rooms } from '../flow/rooms';

export interface AccessParts {
  readonly access: Access;
  readonly privileges: RoomPrivileges;
}

/** @param roleIn the role of an account in a room */
export function accessParts(rooms: Rooms, roleIn: AccessDeps['roleIn'], isModerator: (username: string) => boolean): AccessParts {
  const access = new Access({ rooms, roleIn });
  return { access, privileges: new RoomPrivileges({ access, rooms, roleIn, isModerator }) };
}
