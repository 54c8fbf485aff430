import 'reflect-metadata';
import { index, prop } from '@typegoose/typegoose';
import type { Emotion } from '../../domain/emotion';

/** A change of a feeling that has begun. */
@index({ at: 1 })
export class PendingFeelingDocument {
  /** The chat's id. */
  @prop({ type: () => String, required: true })
  _id!: string;
  @prop({ type: () => String })
  feeling?: Emotion | null;
  @prop({ type: () => Number, required: true })
  revision!: number;
  @prop({ type: () => Number, required: true })
  at!: number;
}

/** A change of a log entry, to be repeated if Redis loses it. */
export class LogChangeDocument {
  /** The chat's id. */
  @prop({ type: () => String, required: true })
  _id!: string;
  /** Absent: 0. Older versions had no other partition. */
  @prop({ type: () => Number })
  partition?: number;
  @prop({ type: () => Boolean })
  hidden?: boolean;
  @prop({ type: () => String })
  authorId?: string;
  @prop({ type: () => String })
  author?: string;
  @prop({ type: () => String })
  feeling?: Emotion | null;
  @prop({ type: () => Number })
  revision?: number;
  @prop({ type: () => Number, required: true })
  at!: number;
}
