import type { Model } from 'mongoose';
import type { Invite } from '../../domain/membership';
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
    const found = await this.gate.run(() => this.invites.findOne({ _id: code, ...isOpen(now) }).lean());
    return found ? toInvite(found) : undefined;
  }

  async use(code: string, now: number): Promise<Invite | undefined> {
    const counted = { _id: code, expiresAt: { $gt: now }, usesLeft: { $gt: 0 } };
    const used = await this.gate.run(() =>
      this.invites.findOneAndUpdate(counted, { $inc: { usesLeft: -1 } }, { returnDocument: 'before' }).lean(),
    );
    if (used) return toInvite(used);
    const endless = await this.gate.run(() =>
      this.invites.findOne({ _id: code, expiresAt: { $gt: now }, usesLeft: null }).lean(),
    );
    return endless ? toInvite(endless) : undefined;
  }

  async giveBack(code: string): Promise<void> {
    await this.gate.run(() => this.invites.updateOne({ _id: code, usesLeft: { $gte: 0 } }, { $inc: { usesLeft: 1 } }));
  }

  async ofRoom(room: string, now: number): Promise<readonly Invite[]> {
    const found = await this.gate.run(() =>
      this.invites
        .find({ room, ...isOpen(now) })
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

const isOpen = (now: number) => ({ expiresAt: { $gt: now }, $or: [{ usesLeft: null }, { usesLeft: { $gt: 0 } }] });

const toInvite = ({ _id: code, ...rest }: InviteDocument): Invite => ({ code, ...rest });
