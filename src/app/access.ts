import { Access } from '../flow/access';
import { Invitations } from '../flow/invitations';
import { Memberships } from '../flow/memberships';
import { RoomPrivileges } from '../flow/room-privileges';
import type { Rooms } from '../flow/rooms';
import type { RateLimiter } from '../ports/rate-limiter';
import { repeatUntil } from '../util/repeat';
import type { Base } from './base';
import { privilegesOf } from './moderation';
import { rateOf } from './rates';

const RETRY_MS = 1_000;

export interface AccessParts {
  readonly access: Access;
  readonly memberships: Memberships;
  readonly privileges: RoomPrivileges;
}

/** Who may read, write and look after rooms. Completes the creation of rooms that an earlier process did not complete. */
export function openAccess({ config, engine, logger, releasers }: Base, rooms: Rooms): AccessParts {
  const memberships = new Memberships(engine.membershipStore, rooms, engine.bus);
  const access = new Access({
    rooms,
    memberships,
    isGuest: async (userId) => (await engine.userStore.byId(userId))?.passwordHash === null,
  });
  const completed = new AbortController();
  const complete = async (): Promise<void> => {
    for (const room of await rooms.list()) await memberships.completeFounding(room);
    completed.abort();
  };
  void repeatUntil(AbortSignal.any([releasers.signal, completed.signal]), RETRY_MS, complete, (err) => {
    logger.debug({ err }, 'rooms without their first host could not be completed');
  });
  const { isModerator } = privilegesOf(config);
  return { access, memberships, privileges: new RoomPrivileges({ access, rooms, isModerator }) };
}

export const invitationsOf = (
  { config, engine, clock }: Base,
  parts: AccessParts & { readonly rooms: Rooms },
  limiter: RateLimiter,
): Invitations =>
  new Invitations({
    ...parts,
    invites: engine.inviteStore,
    store: engine.membershipStore,
    limiter,
    wrongPerAddress: rateOf(config, 'RATE_INVITES_PER_ADDRESS'),
    clock,
  });
