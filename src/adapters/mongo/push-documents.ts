import { index, prop } from '@typegoose/typegoose';
import type { Locale } from '../../domain/locale';

/** A browser that is notified of letters. */
@index({ userId: 1 })
@index({ rooms: 1, doneUntil: 1 })
export class PushSubscriptionDocument {
  /** The endpoint. */
  @prop({ type: () => String, required: true })
  _id!: string;
  @prop({ type: () => String, required: true })
  p256dh!: string;
  @prop({ type: () => String, required: true })
  auth!: string;
  @prop({ type: () => String, required: true })
  userId!: string;
  @prop({ type: () => String, required: true })
  locale!: Locale;
  @prop({ type: () => [String], required: true })
  rooms!: string[];
  @prop({ type: () => Number, required: true })
  doneUntil!: number;
  @prop({ type: () => Number, required: true })
  sentAt!: number;
  @prop({ type: () => Number, required: true })
  dueAt!: number;
  @prop({ type: () => Number, required: true })
  failures!: number;
}

/** The key pair of VAPID. */
export class PushKeysDocument {
  @prop({ type: () => String, required: true })
  _id!: string;
  @prop({ type: () => String, required: true })
  publicKey!: string;
  @prop({ type: () => String, required: true })
  privateKey!: string;
}
