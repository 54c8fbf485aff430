import 'reflect-metadata';
import { index, prop } from '@typegoose/typegoose';

/** Times are milliseconds since 1970. */
@index({ room: 1, since: 1, userId: 1 })
@index({ userId: 1, since: -1 })
export class MembershipDocument {
  /** Room and user. */
  @prop({ type: () => String, required: true })
  _id!: string;
  @prop({ type: () => String, required: true })
  room!: string;
  @prop({ type: () => String, required: true })
  userId!: string;
  @prop({ type: () => Number, required: true })
  since!: number;
  /** Set for an account that a host removed. */
  @prop({ type: () => Boolean })
  barred?: true;
  /** Id of the claim of an invitation that it began with. */
  @prop({ type: () => String })
  claim?: string;
}

/** The hosts of a room, in one document, so that the last of them cannot be removed. Absent without a host. */
@index({ users: 1 })
export class HostsDocument {
  /** The room's id. */
  @prop({ type: () => String, required: true })
  _id!: string;
  /** Ids of one or more users. */
  @prop({ type: () => [String], required: true })
  users!: string[];
}

export class InviteClaimDocument {
  @prop({ type: () => String, required: true })
  id!: string;
  @prop({ type: () => String, required: true })
  userId!: string;
  @prop({ type: () => Number, required: true })
  at!: number;
}

@index({ room: 1, createdAt: -1 })
export class InviteDocument {
  /** The code. */
  @prop({ type: () => String, required: true })
  _id!: string;
  @prop({ type: () => String, required: true })
  room!: string;
  @prop({ type: () => String, required: true })
  createdBy!: string;
  @prop({ type: () => Number, required: true })
  createdAt!: number;
  @prop({ type: () => Number, required: true })
  expiresAt!: number;
  /** Absent if it may be used any number of times. */
  @prop({ type: () => Number })
  usesLeft?: number;
  @prop({ type: () => [InviteClaimDocument], _id: false, default: undefined })
  claims?: InviteClaimDocument[];
}
