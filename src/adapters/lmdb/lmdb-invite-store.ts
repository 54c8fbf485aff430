import { claimOf, type Invite, type InviteClaim } from '../../domain/membership';
import type { InviteStore } from '../../ports/invite-store';
import type { Environment } from './environment';
import type { KeySet, Table } from './table';

export interface LmdbInviteStoreOptions {
  readonly env: Environment;
  /** By code. */
  readonly invites: Table<Invite, string>;
  /** Room, createdAt and code. */
  readonly byRoom: KeySet<[string, number, string]>;
}

/** Expired invitations are removed when the next one of their room is added. */
export class LmdbInviteStore implements InviteStore {
  constructor(private readonly options: LmdbInviteStoreOptions) {}

  add(invite: Invite): Promise<boolean> {
    const { env, invites, byRoom } = this.options;
    return env.write(() => {
      if (invites.has(invite.code)) return false;
      for (const old of this.all(invite.room)) if (old.expiresAt <= invite.createdAt) this.remove(old);
      invites.put(invite.code, invite);
      byRoom.add([invite.room, invite.createdAt, invite.code]);
      return true;
    });
  }

  find(code: string, now: number): Promise<Invite | undefined> {
    return this.options.env.read(() => this.current(code, now));
  }

  claim(code: string, claim: InviteClaim): Promise<InviteClaim | undefined> {
    const { env, invites } = this.options;
    return env.write(() => {
      const invite = this.current(code, claim.at);
      if (!invite || invite.usesLeft === undefined) return invite && claim;
      const { usesLeft, claims = [] } = invite;
      const known = claimOf(invite, claim.userId);
      if (known || usesLeft === 0) return known;
      invites.put(code, { ...invite, usesLeft: usesLeft - 1, claims: [...claims, claim] });
      return claim;
    });
  }

  settle(code: string, claimId: string, used: boolean): Promise<void> {
    const { env, invites } = this.options;
    return env.write(() => {
      const { claims = [], ...invite } = invites.get(code) ?? {};
      const others = claims.filter(({ id }) => id !== claimId);
      if (!('usesLeft' in invite) || others.length === claims.length) return;
      const usesLeft = invite.usesLeft + (used ? 0 : 1);
      invites.put(code, { ...invite, usesLeft, ...(others.length > 0 && { claims: others }) });
    });
  }

  ofRoom(room: string, now: number): Promise<readonly Invite[]> {
    return this.options.env.read(() =>
      this.all(room)
        .filter((invite) => invite.expiresAt > now && isOpen(invite))
        .reverse(),
    );
  }

  revoke(code: string): Promise<boolean> {
    const { env, invites } = this.options;
    return env.write(() => {
      const invite = invites.get(code);
      if (invite) this.remove(invite);
      return invite !== undefined;
    });
  }

  revokeAll(room: string): Promise<void> {
    return this.options.env.write(() => {
      for (const invite of this.all(room)) this.remove(invite);
    });
  }

  private current(code: string, now: number): Invite | undefined {
    const invite = this.options.invites.get(code);
    return invite && invite.expiresAt > now ? invite : undefined;
  }

  /** Oldest first. */
  private all(room: string): Invite[] {
    const { invites, byRoom } = this.options;
    return byRoom.keys({ start: [room, 0, ''], end: [room, Infinity, ''] }).flatMap(([, , code]) => invites.get(code) ?? []);
  }

  private remove({ room, createdAt, code }: Invite): void {
    this.options.invites.remove(code);
    this.options.byRoom.remove([room, createdAt, code]);
  }
}

const isOpen = ({ usesLeft, claims }: Invite): boolean => usesLeft !== 0 || claims !== undefined;
