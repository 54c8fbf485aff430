import type { Model } from 'mongoose';
import { claimOf, type Invite, type InviteClaim } from '../../domain/membership';
import type { InviteStore } from '../../ports/invite-store';
import type { InviteDocument } from './membership-documents';
import { isDuplicate, type MongoGate } from './mongo-gate';

/** Expired invitations are removed when the next one of their room is added. */
export class MongoInviteStore implements InviteStore {
  constructor(
    private readonly gate: MongoGate,
    private readonly invites: Model<InviteDocument>,
  ) {}

  async add({ code, ...rest }: Invite): Promise<boolean> {
    await this.gate.run(() => this.invites.deleteMany({ room: rest.room, expiresAt: { $lte: rest.createdAt } }));
    try {
      await this.gate.run(() => this.invites.insertMany([{ _id: code, ...rest }]));
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return false;
    }
  }

  async find(code: string, now: number): Promise<Invite | undefined> {
    const found = await this.gate.run(() => this.invites.findOne({ _id: code, expiresAt: { $gt: now } }).lean());
    return found ? toInvite(found) : undefined;
  }

  async claim(code: string, claim: InviteClaim): Promise<InviteClaim | undefined> {
    const open = { _id: code, expiresAt: { $gt: claim.at }, usesLeft: { $gt: 0 }, 'claims.userId': { $ne: claim.userId } };
    const taken = await this.gate.run(() =>
      this.invites.updateOne(open, { $inc: { usesLeft: -1 }, $push: { claims: { ...claim } } }),
    );
    if (taken.modifiedCount > 0) return claim;
    const found = await this.find(code, claim.at);
    return found && (found.usesLeft === undefined ? claim : claimOf(found, claim.userId));
  }

  async settle(code: string, claimId: string, used: boolean): Promise<void> {
    const change = { $pull: { claims: { id: claimId } }, ...(!used && { $inc: { usesLeft: 1 } }) };
    await this.gate.run(() => this.invites.updateOne({ _id: code, 'claims.id': claimId }, change));
  }

  async ofRoom(room: string, now: number): Promise<readonly Invite[]> {
    const found = await this.gate.run(() =>
      this.invites
        .find({ room, expiresAt: { $gt: now }, ...IS_OPEN })
        .sort({ createdAt: -1, _id: -1 })
        .lean(),
    );
    return found.map(toInvite);
  }

  async revoke(code: string): Promise<boolean> {
    return (await this.gate.run(() => this.invites.deleteOne({ _id: code }))).deletedCount > 0;
  }

  async revokeAll(room: string): Promise<void> {
    await this.gate.run(() => this.invites.deleteMany({ room }));
  }
}

const IS_OPEN = { $or: [{ usesLeft: null }, { usesLeft: { $gt: 0 } }, { 'claims.0': { $exists: true } }] };

const toInvite = ({ _id: code, claims = [], ...rest }: InviteDocument): Invite => ({
  ...{ code, ...rest },
  ...(claims.length > 0 && { claims: claims.map(({ id, userId, at }) => ({ id, userId, at })) }),
});
