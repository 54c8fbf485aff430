import type { Model } from 'mongoose';
import type { Membership, Removal, RoomRole } from '../../domain/membership';
import type { MembershipStore } from '../../ports/membership-store';
import type { HostsDocument, MembershipDocument } from './membership-documents';
import { isDuplicate, type MongoGate } from './mongo-gate';

/**
 * A role is not stored with the membership: a host is a member whom the hosts document of the room names. So one change of one
 * document decides who is host. A host is removed from it first and becomes one last, so an interrupted change leaves a member.
 */
export class MongoMembershipStore implements MembershipStore {
  constructor(
    private readonly gate: MongoGate,
    private readonly memberships: Model<MembershipDocument>,
    private readonly hosts: Model<HostsDocument>,
  ) {}

  async found(room: string, userId: string, since: number): Promise<boolean> {
    if ((await this.hostsOf(room)).length > 0) return false;
    await this.admit(room, userId, since);
    return this.insert(() => this.hosts.insertMany([{ _id: room, users: [userId] }]));
  }

  async join({ room, userId, since, claim }: Membership): Promise<'joined' | 'present' | 'barred'> {
    const document = { _id: idOf(room, userId), room, userId, since, ...(claim !== undefined && { claim }) };
    if (await this.insert(() => this.memberships.insertMany([document]))) return 'joined';
    return (await this.document(room, userId))?.barred ? 'barred' : 'present';
  }

  async find(room: string, userId: string): Promise<Membership | undefined> {
    const found = await this.document(room, userId);
    if (!found || found.barred) return undefined;
    return toMembership(found, (await this.hostsOf(room)).includes(userId));
  }

  async since(room: string, userId: string): Promise<number | undefined> {
    return (await this.document(room, userId))?.since;
  }

  async setRole(room: string, userId: string, role: RoomRole, since: number): Promise<Membership | 'last-host' | undefined> {
    if (!(await this.document(room, userId))) return undefined;
    if (role === 'MEMBER' && (await this.withdraw(room, userId)) === 'last-host') return 'last-host';
    await this.gate.run(() =>
      this.memberships.updateOne({ _id: idOf(room, userId), barred: true }, { $unset: { barred: 1 }, $set: { since } }),
    );
    if (role === 'HOST') await this.gate.run(() => this.hosts.updateOne({ _id: room }, { $addToSet: { users: userId } }));
    const membership = await this.find(room, userId);
    // The membership ended at the same time.
    if (!membership && role === 'HOST') await this.withdraw(room, userId);
    return membership;
  }

  async end(room: string, userId: string, barred: boolean): Promise<'ended' | 'last-host' | 'absent'> {
    const found = await this.document(room, userId);
    if (!found || found.barred) return 'absent';
    if ((await this.withdraw(room, userId)) === 'last-host') return 'last-host';
    await this.gate.run<unknown>(() =>
      barred
        ? this.memberships.updateOne({ _id: found._id }, { $set: { barred: true } })
        : this.memberships.deleteOne({ _id: found._id, barred: null }),
    );
    return 'ended';
  }

  async ofRoom(
    room: string,
    after: Pick<Membership, 'userId' | 'since'> | undefined,
    limit: number,
  ): Promise<readonly Membership[]> {
    const later = after && {
      $or: [{ since: { $gt: after.since } }, { since: after.since, userId: { $gt: after.userId } }],
    };
    const found = await this.gate.run(() =>
      this.memberships
        .find({ room, barred: null, ...later })
        .sort({ since: 1, userId: 1 })
        .limit(limit)
        .lean(),
    );
    const hosts = new Set(await this.hostsOf(room));
    return found.map((document) => toMembership(document, hosts.has(document.userId)));
  }

  async removedFrom(room: string): Promise<readonly Removal[]> {
    const found = await this.gate.run(() => this.memberships.find({ room, barred: true }).sort({ userId: 1 }).lean());
    return found.map(({ userId, since }) => ({ room, userId, since }));
  }

  async ofUser(userId: string): Promise<readonly Membership[]> {
    const found = await this.gate.run(() => this.memberships.find({ userId, barred: null }).sort({ since: -1, room: -1 }).lean());
    const hosted = await this.gate.run(() => this.hosts.find({ users: userId }, { _id: 1 }).lean());
    const rooms = new Set(hosted.map(({ _id }) => _id));
    return found.map((document) => toMembership(document, rooms.has(document.room)));
  }

  async removeRoom(room: string): Promise<void> {
    await this.gate.run(() => this.memberships.deleteMany({ room }));
    await this.gate.run(() => this.hosts.deleteOne({ _id: room }));
  }

  /** Removes the user from the hosts. @returns 'last-host' if there is no other */
  private async withdraw(room: string, userId: string): Promise<'last-host' | undefined> {
    const withAnother = { _id: room, users: userId, 'users.1': { $exists: true } };
    await this.gate.run(() => this.hosts.updateOne(withAnother, { $pull: { users: userId } }));
    return (await this.hostsOf(room)).includes(userId) ? 'last-host' : undefined;
  }

  private async admit(room: string, userId: string, since: number): Promise<void> {
    if (await this.insert(() => this.memberships.insertMany([{ _id: idOf(room, userId), room, userId, since }]))) return;
    await this.gate.run(() => this.memberships.updateOne({ _id: idOf(room, userId) }, { $unset: { barred: 1 } }));
  }

  /** @returns false if there is such a document already */
  private async insert(run: () => Promise<unknown>): Promise<boolean> {
    try {
      await this.gate.run(run);
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return false;
    }
  }

  private document(room: string, userId: string): Promise<MembershipDocument | null> {
    return this.gate.run(() => this.memberships.findById(idOf(room, userId)).lean());
  }

  private async hostsOf(room: string): Promise<readonly string[]> {
    return (await this.gate.run(() => this.hosts.findById(room).lean()))?.users ?? [];
  }
}

/** Room ids have no colon. */
const idOf = (room: string, userId: string): string => `${room}:${userId}`;

const toMembership = ({ room, userId, since, claim }: MembershipDocument, isHost: boolean): Membership => ({
  ...{ room, userId, since },
  ...(claim !== undefined && { claim }),
  role: isHost ? 'HOST' : 'MEMBER',
});
