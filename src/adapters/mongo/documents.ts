import 'reflect-metadata';
import { index, modelOptions, prop, Severity } from '@typegoose/typegoose';
import type { FeelingChange } from '../../domain/chat';
import type { Emotion } from '../../domain/emotion';
import type { Empathy } from '../../domain/empathy';
import type { Insight } from '../../domain/insight';
import type { Locale } from '../../domain/locale';
import type { MoodBucket } from '../../domain/mood-bucket';
import type { RoomSettings } from '../../domain/room';

/** Times are milliseconds since 1970, emotions whole percents in the order of EMOTIONS. */
class ChatFields {
  @prop({ type: () => Number, required: true })
  offset!: number;
  @prop({ type: () => String, required: true })
  room!: string;
  @prop({ type: () => String, required: true })
  authorId!: string;
  @prop({ type: () => String, required: true })
  author!: string;
  @prop({ type: () => String })
  text!: string;
  @prop({ type: () => [Number], required: true })
  emotions!: number[];
  @prop({ type: () => String })
  dominant!: Emotion | null;
  /** Absent, like answers and revision, in documents of older versions. */
  @prop({ type: () => String })
  feeling?: Emotion | null;
  @prop({ type: () => String })
  answers?: string | null;
  @prop({ type: () => Number })
  revision?: number;
  /** Absent for the first generation of the model. */
  @prop({ type: () => Number })
  scoredBy?: number;
  @prop({ type: () => String, required: true })
  epoch!: string;
  @prop({ type: () => Number, required: true })
  sentAt!: number;
  @prop({ type: () => Boolean, required: true })
  hidden!: boolean;
}

/** Matches what has neither this nor a later change of the feeling. */
export const earlierThan = ({ revision }: FeelingChange) => ({ $or: [{ revision: null }, { revision: { $lt: revision } }] });

/** `room, offset` can be the shard key, so only it and `_id` have unique indexes. */
@index({ room: 1, offset: 1 }, { unique: true })
@index({ authorId: 1, sentAt: 1, offset: 1 })
@index({ offset: 1 })
export class ChatDocument extends ChatFields {
  /** The chat's id. */
  @prop({ type: () => String, required: true })
  _id!: string;
}

/** Replaced by the index with sentAt, by which the chats of an author are in order over all partitions. */
export const OBSOLETE_INDEXES = [{ collection: 'chats', index: 'authorId_1_offset_1' }] as const;

/** A chat that the collection of chats refuses. */
@index({ room: 1, offset: 1 })
@index({ authorId: 1, offset: 1 })
@index({ id: 1 })
export class DeadLetterDocument extends ChatFields {
  /** The offset. */
  @prop({ type: () => Number, required: true })
  _id!: number;
  @prop({ type: () => String, required: true })
  id!: string;
  @prop({ type: () => String, required: true })
  reason!: string;
}

/** An epoch that the log of this installation has or had. */
export class EpochDocument {
  @prop({ type: () => String, required: true })
  _id!: string;
}

@index({ usernameKey: 1 }, { unique: true })
@index({ emailKey: 1 }, { unique: true, sparse: true })
@index({ guest: 1, _id: 1 }, { partialFilterExpression: { guest: true } })
export class UserDocument {
  @prop({ type: () => String, required: true })
  _id!: string;
  @prop({ type: () => String, required: true })
  username!: string;
  @prop({ type: () => String, required: true })
  usernameKey!: string;
  /** Absent, like emailKey, for users without an e-mail address, so that the sparse index skips them. */
  @prop({ type: () => String })
  email?: string;
  @prop({ type: () => String })
  emailKey?: string;
  @prop({ type: () => Number, required: true })
  joinedAt!: number;
  /** Absent for a guest. */
  @prop({ type: () => String })
  passwordHash?: string;
  /** Set for a guest. */
  @prop({ type: () => Boolean })
  guest?: true;
  /** Set when the account was deleted. The document stays, so that the name stays taken. */
  @prop({ type: () => Boolean })
  removed?: true;
}

@index({ userId: 1 })
@index({ endedAt: 1 })
export class SessionDocument {
  @prop({ type: () => String, required: true })
  _id!: string;
  @prop({ type: () => String, required: true })
  userId!: string;
  @prop({ type: () => Number, required: true })
  createdAt!: number;
  @prop({ type: () => Number, required: true })
  generation!: number;
  @prop({ type: () => Number, required: true })
  expiresAt!: number;
  @prop({ type: () => Number })
  endedAt!: number | null;
}

@index({ number: 1 }, { unique: true })
@modelOptions({ options: { allowMixed: Severity.ALLOW } })
export class RoomDocument {
  @prop({ type: () => String, required: true })
  _id!: string;
  /** Number of the room, from 0; negative for archived and removed ones. Its unique index limits how many rooms there are. */
  @prop({ type: () => Number, required: true })
  number!: number;
  @prop({ type: () => String, required: true })
  title!: string;
  @prop({ type: () => Boolean, required: true })
  anonymous!: boolean;
  @prop({ type: () => String, required: true })
  aliasLocale!: 'ko' | 'en';
  @prop({ type: () => Number, required: true })
  createdAt!: number;
  /** Absent in documents of older versions. */
  @prop({ type: () => Object })
  settings?: RoomSettings;
  /** Number of changes of title and settings. Absent before the first one. */
  @prop({ type: () => Number })
  version?: number;
  /** Set for a removed room. The document stays, without the title, so that the id stays taken. */
  @prop({ type: () => Boolean })
  removed?: true;
}

@index({ room: 1, start: 1 })
@modelOptions({ options: { allowMixed: Severity.ALLOW } })
export class MoodDocument {
  /** Room and start. */
  @prop({ type: () => String, required: true })
  _id!: string;
  @prop({ type: () => String, required: true })
  room!: string;
  @prop({ type: () => Number, required: true })
  start!: number;
  @prop({ type: () => Number, required: true })
  count!: number;
  @prop({ type: () => [Number], required: true })
  sums!: number[];
  /** Highest offset included. An update matches it and the version, so that it changes only the state it was computed from. */
  @prop({ type: () => Number, required: true })
  upTo!: number;
  /** Number of writes with corrections; absent, like said and corrected, in documents of older versions. */
  @prop({ type: () => Number })
  version?: number;
  @prop({ type: () => Number })
  said?: number;
  @prop({ type: () => Object })
  corrected?: MoodBucket['corrected'];
}

@index({ room: 1, scheduled: 1, windowEnd: -1 })
@modelOptions({ options: { allowMixed: Severity.ALLOW } })
export class InsightDocument {
  @prop({ type: () => String, required: true })
  _id!: string;
  @prop({ type: () => String, required: true })
  room!: string;
  @prop({ type: () => Boolean, required: true })
  scheduled!: boolean;
  @prop({ type: () => Number, required: true })
  windowEnd!: number;
  @prop({ type: () => Object, required: true })
  insight!: Insight;
}

class PressFields {
  @prop({ type: () => String, required: true })
  user!: string;
  @prop({ type: () => String, required: true })
  empathy!: Empathy;
}

/** The presses of one message, or of some of its persons if they are many. See MongoEmpathyStore. */
@index({ 'presses.user': 1 })
export class EmpathyDocument {
  /** The chat's id; of an overflow document with its number. */
  @prop({ type: () => String, required: true })
  _id!: string;
  @prop({ type: () => [PressFields], required: true, _id: false })
  presses!: PressFields[];
  /** In the order of EMPATHIES. */
  @prop({ type: () => [Number], required: true })
  counts!: number[];
  /** Whether persons who are not in this document have overflow documents. Never false again. */
  @prop({ type: () => Boolean, required: true })
  full!: boolean;
  /** Number of changes. An update matches it, so that it changes only the state it was computed from. */
  @prop({ type: () => Number, required: true })
  version!: number;
}

/** A question that somebody asked a room. */
@index({ room: 1, askedAt: -1, _id: -1 })
export class QuestionDocument {
  @prop({ type: () => String, required: true })
  _id!: string;
  @prop({ type: () => String, required: true })
  room!: string;
  @prop({ type: () => String, required: true })
  text!: string;
  @prop({ type: () => Number, required: true })
  askedAt!: number;
}

export class ScheduleDocument {
  @prop({ type: () => String, required: true })
  _id!: string;
  /** Highest fencing number seen. */
  @prop({ type: () => Number, required: true })
  fence!: number;
  @prop({ type: () => Number })
  doneUntil?: number;
}

export class SpendDocument {
  /** YYYY-MM-DD. */
  @prop({ type: () => String, required: true })
  _id!: string;
  @prop({ type: () => Number, required: true })
  calls!: number;
  @prop({ type: () => Number, required: true })
  inputTokens!: number;
  @prop({ type: () => Number, required: true })
  outputTokens!: number;
  @prop({ type: () => Number, required: true })
  microUsd!: number;
}

/** The partitions of the log; there is one. */
export class PartitionsDocument {
  @prop({ type: () => String, required: true })
  _id!: string;
  @prop({ type: () => Number, required: true })
  first!: number;
  @prop({ type: () => Number, required: true })
  count!: number;
}

/** The correction of the local model; there is one. */
export class CorrectionDocument {
  @prop({ type: () => String, required: true })
  _id!: string;
  @prop({ type: () => Number, required: true })
  version!: number;
  @prop({ type: () => Number, required: true })
  generation!: number;
  @prop({ type: () => Number, required: true })
  fittedAt!: number;
  /** Base64. */
  @prop({ type: () => String })
  weights!: string | null;
}

export class LeaseDocument {
  /** The lease's name. */
  @prop({ type: () => String, required: true })
  _id!: string;
  /** Empty when it was released. */
  @prop({ type: () => String })
  holder!: string;
  @prop({ type: () => Number, required: true })
  fence!: number;
  /** By the clock of the server. */
  @prop({ type: () => Number, required: true })
  endsAt!: number;
}

/** The tokens of one account for setting a new password. */
@index({ 'tokens.hash': 1 })
@index({ lastExpiresAt: 1 })
@modelOptions({ options: { allowMixed: Severity.ALLOW } })
export class ResetTokensDocument {
  /** The user's id. */
  @prop({ type: () => String, required: true })
  _id!: string;
  /** Newest last. */
  @prop({ type: () => [Object], required: true })
  tokens!: { readonly hash: string; readonly expiresAt: number }[];
  @prop({ type: () => Number, required: true })
  lastExpiresAt!: number;
}

/** A mail with a link for setting a new password that is to be sent. */
@index({ dueAt: 1 })
export class ResetRequestDocument {
  /** The user's id. */
  @prop({ type: () => String, required: true })
  _id!: string;
  @prop({ type: () => String, required: true })
  locale!: Locale;
  @prop({ type: () => Number, required: true })
  requestedAt!: number;
  @prop({ type: () => Number, required: true })
  dueAt!: number;
  @prop({ type: () => Number, required: true })
  failures!: number;
}
