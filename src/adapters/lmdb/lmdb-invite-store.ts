import type { Invite } from '../../domain/membership';
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
    return this.options.env.read(() => this.open(code, now));
  }

  use(code: string, now: number): Promise<Invite | undefined> {
    const { env, invites } = this.options;
    return env.write(() => {
      const invite = this.open(code, now);
      if (invite?.usesLeft !== undefined) invites.put(code, { ...invite, usesLeft: invite.usesLeft - 1 });
      return invite;
    });
  }

  giveBack(code: string): Promise<void> {
    const { env, invites } = this.options;
    return env.write(() => {
      const invite = invites.get(code);
      if (invite?.usesLeft !== undefined) invites.put(code, { ...invite, usesLeft: invite.usesLeft + 1 });
    });
  }

  ofRoom(room: string, now: number): Promise<readonly Invite[]> {
    return this.options.env.read(() =>
      this.all(room)
        .filter((invite) => isOpen(invite, now))
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

  private open(code: string, now: number): Invite | undefined {
    const invite = this.options.invites.get(code);
    return invite && isOpen(invite, now) ? invite : undefined;
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

const isOpen = ({ expiresAt, usesLeft }: Invite, now: number): boolean => expiresAt > now && usesLeft !== 0;
