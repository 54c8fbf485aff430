import type { Model } from 'mongoose';
import type { AuditEntry, Erasure, Mute, Report } from '../../domain/moderation';
import type { ModerationStore } from '../../ports/moderation-store';
import type { AuditDocument, ErasureDocument, MuteDocument, ReportDocument, RetentionDocument } from './moderation-documents';
import { isDuplicate, type MongoGate } from './mongo-gate';

const RETENTION = 'retention';

export interface MongoModerationStoreOptions {
  readonly gate: MongoGate;
  readonly reports: Model<ReportDocument>;
  readonly mutes: Model<MuteDocument>;
  readonly audits: Model<AuditDocument>;
  readonly erasures: Model<ErasureDocument>;
  readonly retention: Model<RetentionDocument>;
}

export class MongoModerationStore implements ModerationStore {
  constructor(private readonly options: MongoModerationStoreOptions) {}

  async addReport(report: Report): Promise<'stored' | 'exists'> {
    const { gate, reports } = this.options;
    const document = { _id: reportId(report), ...report, open: true };
    return (await unlessExists(gate.run(() => reports.insertMany([document])))) ? 'stored' : 'exists';
  }

  async openReports(limit: number, room?: string, after?: Report): Promise<readonly Report[]> {
    const { gate, reports } = this.options;
    const later = after && {
      $or: [{ createdAt: { $gt: after.createdAt } }, { createdAt: after.createdAt, _id: { $gt: reportId(after) } }],
    };
    const filter = { open: true, ...(room !== undefined && { room }), ...later };
    const found = await gate.run(() => reports.find(filter).sort({ createdAt: 1, _id: 1 }).limit(limit).lean());
    return found.map(({ _id, open: _open, ...report }) => report);
  }

  async resolveReports(chatId: string): Promise<number> {
    const { gate, reports } = this.options;
    return (await gate.run(() => reports.updateMany({ chatId, open: true }, { $set: { open: false } }))).modifiedCount;
  }

  async mute({ userId, room, reason, until }: Mute): Promise<void> {
    const { gate, mutes } = this.options;
    const $set = { reason, until, ...(room !== undefined && { room, userId }) };
    for (;;) {
      const done = gate.run(() => mutes.updateOne({ _id: muteId(userId, room) }, { $set }, { upsert: true }));
      // Another process inserted it at the same time; it exists now.
      if (await unlessExists(done)) return;
    }
  }

  async unmute(userId: string, room?: string): Promise<void> {
    await this.options.gate.run(() => this.options.mutes.deleteOne({ _id: muteId(userId, room) }));
  }

  async activeMutes(now: number): Promise<readonly Mute[]> {
    const { gate, mutes } = this.options;
    const found = await gate.run(() => mutes.find({ until: { $gt: now } }).lean());
    return found.map(({ _id, userId = _id, room, reason, until }) => ({
      ...{ userId, reason, until },
      ...(room !== undefined && { room }),
    }));
  }

  async addAuditEntry({ id, ...entry }: AuditEntry): Promise<void> {
    const { gate, audits } = this.options;
    await unlessExists(gate.run(() => audits.insertMany([{ _id: id, ...entry }])));
  }

  async auditEntries(before: string | undefined, limit: number, room?: string): Promise<readonly AuditEntry[]> {
    const { gate, audits } = this.options;
    const filter = { ...(before !== undefined && { _id: { $lt: before } }), ...(room !== undefined && { room }) };
    const found = await gate.run(() => audits.find(filter).sort({ _id: -1 }).limit(limit).lean());
    return found.map(({ _id: id, ...entry }) => ({ id, ...entry }));
  }

  async removeRoom(room: string): Promise<void> {
    const { gate, reports, mutes, audits } = this.options;
    await gate.run(() => reports.deleteMany({ room }));
    await gate.run(() => mutes.deleteMany({ room }));
    await gate.run(() => audits.deleteMany({ room }));
  }

  async beginErasure(erasure: Erasure): Promise<void> {
    const { gate, erasures } = this.options;
    await unlessExists(gate.run(() => erasures.insertMany([{ _id: erasure.id, at: erasure.at, erasure }])));
  }

  async pendingErasures(limit: number): Promise<readonly Erasure[]> {
    const { gate, erasures } = this.options;
    const found = await gate.run(() => erasures.find().sort({ at: 1 }).limit(limit).lean());
    return found.map(({ erasure }) => erasure);
  }

  async endErasure(id: string): Promise<void> {
    await this.options.gate.run(() => this.options.erasures.deleteOne({ _id: id }));
  }

  async retentionOffset(partition: number): Promise<number> {
    const { gate, retention } = this.options;
    return (await gate.run(() => retention.findById(retentionId(partition)).lean()))?.offset ?? 0;
  }

  async setRetentionOffset(partition: number, offset: number): Promise<void> {
    const { gate, retention } = this.options;
    await gate.run(() => retention.updateOne({ _id: retentionId(partition) }, { $set: { offset } }, { upsert: true }));
  }
}

/** The name for number 0 is from the time when there was one partition. */
const retentionId = (partition: number): string => (partition === 0 ? RETENTION : `${RETENTION}-${partition}`);

const reportId = ({ chatId, reporterId }: Report): string => `${chatId}:${reporterId}`;

/** No user id has a colon. */
const muteId = (userId: string, room?: string): string => (room === undefined ? userId : `${room}:${userId}`);

/** @returns false if the document exists already */
async function unlessExists(insert: Promise<unknown>): Promise<boolean> {
  try {
    await insert;
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}
