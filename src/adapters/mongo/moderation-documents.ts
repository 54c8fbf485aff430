import 'reflect-metadata';
import { index, modelOptions, prop, Severity } from '@typegoose/typegoose';
import type { AuditAction, Erasure } from '../../domain/moderation';

/** Times are milliseconds since 1970. */
@index({ open: 1, createdAt: 1 })
@index({ chatId: 1 })
export class ReportDocument {
  /** Chat and reporter. */
  @prop({ type: () => String, required: true })
  _id!: string;
  @prop({ type: () => String, required: true })
  chatId!: string;
  @prop({ type: () => String, required: true })
  room!: string;
  @prop({ type: () => String, required: true })
  reporterId!: string;
  @prop({ type: () => String, required: true })
  reason!: string;
  @prop({ type: () => Number, required: true })
  createdAt!: number;
  @prop({ type: () => Boolean, required: true })
  open!: boolean;
  /** Set where the reporter shows a message of a private room to the moderators. */
  @prop({ type: () => Boolean })
  toModerators?: true;
}

@index({ until: 1 })
export class MuteDocument {
  /** The user's id; of a mute in one room, the room and the user's id. */
  @prop({ type: () => String, required: true })
  _id!: string;
  /** Absent, like userId, for a mute in all rooms. */
  @prop({ type: () => String })
  room?: string;
  @prop({ type: () => String })
  userId?: string;
  @prop({ type: () => String, required: true })
  reason!: string;
  @prop({ type: () => Number, required: true })
  until!: number;
}

@index({ room: 1, _id: -1 })
export class AuditDocument {
  @prop({ type: () => String, required: true })
  _id!: string;
  @prop({ type: () => Number, required: true })
  at!: number;
  @prop({ type: () => String })
  actorId!: string;
  @prop({ type: () => String })
  actor!: string;
  @prop({ type: () => String, required: true })
  action!: AuditAction;
  @prop({ type: () => String })
  subject!: string;
  /** Absent for an action of no room, and in documents of older versions. */
  @prop({ type: () => String })
  room?: string;
  @prop({ type: () => String })
  details!: string;
}

@index({ at: 1 })
@modelOptions({ options: { allowMixed: Severity.ALLOW } })
export class ErasureDocument {
  @prop({ type: () => String, required: true })
  _id!: string;
  @prop({ type: () => Number, required: true })
  at!: number;
  @prop({ type: () => Object, required: true })
  erasure!: Erasure;
}

export class RetentionDocument {
  @prop({ type: () => String, required: true })
  _id!: string;
  @prop({ type: () => Number, required: true })
  offset!: number;
}
