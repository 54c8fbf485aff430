import { DomainError } from '../domain/errors';
import type { Viewer } from '../domain/user';
import type { Bus } from '../ports/bus';
import type { NewId } from '../ports/ids';
import type { Access } from './access';
import type { Rooms } from './rooms';

export interface ScreenLinksDeps {
  readonly access: Pick<Access, 'requireHost'>;
  readonly rooms: Pick<Rooms, 'change'>;
  readonly bus: Bus;
  readonly newId: NewId;
  /** @returns a token for the key, and when it expires, in milliseconds since 1970 */
  readonly sign: (room: string, key: string) => { readonly token: string; readonly expiresAt: number };
}

export interface ScreenLink {
  readonly room: string;
  readonly token: string;
  readonly expiresAt: number;
}

/** Links with which the screen of a hall shows a private room. */
export class ScreenLinks {
  constructor(private readonly deps: ScreenLinksDeps) {}

  /**
   * Makes a link, which revokes the one before it.
   * @throws DomainError NOT_FOUND, FORBIDDEN, CONFLICT (the room is not PRIVATE), UNAVAILABLE
   */
  async create(viewer: Viewer, roomId: string): Promise<ScreenLink> {
    const { access, rooms, bus, newId, sign } = this.deps;
    const { id: room, settings } = await access.requireHost(viewer, roomId);
    if (settings.visibility !== 'PRIVATE') {
      throw new DomainError('CONFLICT', 'Only PRIVATE rooms need a link. Open the address of the screen of this room.');
    }
    const screenKey = newId();
    await rooms.change(room, { screenKey });
    bus.publish({ type: 'room-changed', room });
    return { room, ...sign(room, screenKey) };
  }
}
