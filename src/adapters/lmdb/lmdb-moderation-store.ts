import type { AuditEntry, Erasure, Mute, Report } from '../../domain/moderation';
import type { ModerationStore } from '../../ports/moderation-store';
import type { Environment } from './environment';
import type { KeySet, Table } from './table';

/** Chat and reporter. */
type ReportKey = [string, string];

export interface LmdbModerationStoreOptions {
  readonly env: Environment;
  readonly reports: Table<Report, ReportKey>;
  /** createdAt, chat and reporter of the open reports. */
  readonly openReports: KeySet<[number, string, string]>;
  readonly mutes: Table<Mute, string>;
  readonly audit: Table<AuditEntry, string>;
  /** Room and id of the entries that belong to a room. */
  readonly auditByRoom: KeySet<[string, string]>;
  readonly erasures: Table<Erasure, string>;
  readonly retention: Table<number, string>;
}

/** Mutes, pending erasures and open reports are few, so all are read. */
export class LmdbModerationStore implements ModerationStore {
  constructor(private readonly options: LmdbModerationStoreOptions) {}

  addReport(report: Report): Promise<'stored' | 'exists'> {
    const { env, reports, openReports } = this.options;
    const { chatId, reporterId, createdAt } = report;
    return env.write(() => {
      if (reports.has([chatId, reporterId])) return 'exists';
      reports.put([chatId, reporterId], report);
      openReports.add([createdAt, chatId, reporterId]);
      return 'stored';
    });
  }

  openReports(limit: number, room?: string, after?: Report): Promise<readonly Report[]> {
    const { env, reports, openReports } = this.options;
    const start = after && { start: keyOf(after) };
    return env.read(() => {
      const found: Report[] = [];
      for (const [, chatId, reporterId] of openReports.keys(start)) {
        if (found.length === limit) break;
        if (chatId === after?.chatId && reporterId === after.reporterId) continue;
        const report = reports.getIntact([chatId, reporterId]);
        if (report && (room === undefined || report.room === room)) found.push(report);
      }
      return found;
    });
  }

  resolveReports(chatId: string): Promise<number> {
    const { env, reports, openReports } = this.options;
    return env.write(() => {
      let resolved = 0;
      for (const value of reports.values({ start: [chatId, ''], end: [chatId, LAST] })) {
        const key: [number, string, string] = [value.createdAt, chatId, value.reporterId];
        if (!openReports.has(key)) continue;
        openReports.remove(key);
        resolved++;
      }
      return resolved;
    });
  }

  mute(mute: Mute): Promise<void> {
    return this.options.env.write(() => {
      this.options.mutes.put(muteKey(mute.userId, mute.room), mute);
    });
  }

  unmute(userId: string, room?: string): Promise<void> {
    return this.options.env.write(() => {
      this.options.mutes.remove(muteKey(userId, room));
    });
  }

  activeMutes(now: number): Promise<readonly Mute[]> {
    const { env, mutes } = this.options;
    return env.read(() => mutes.values().filter(({ until }) => until > now));
  }

  addAuditEntry(entry: AuditEntry): Promise<void> {
    const { env, audit, auditByRoom } = this.options;
    return env.write(() => {
      audit.put(entry.id, entry);
      if (entry.room !== undefined) auditByRoom.add([entry.room, entry.id]);
    });
  }

  auditEntries(before: string | undefined, limit: number, room?: string): Promise<readonly AuditEntry[]> {
    const { env, audit, auditByRoom } = this.options;
    return env.read(() => {
      // The start of a reversed range is included.
      const page = { reverse: true, limit: limit + 1 };
      const entries =
        room === undefined
          ? audit.values({ ...page, ...(before !== undefined && { start: before }) })
          : auditByRoom
              .keys({ ...page, start: [room, before ?? LAST], end: [room, ''] })
              .flatMap(([, id]) => audit.getIntact(id) ?? []);
      return entries.filter(({ id }) => id !== before).slice(0, limit);
    });
  }

  removeRoom(room: string): Promise<void> {
    const { env, reports, openReports, mutes, audit, auditByRoom } = this.options;
    return env.write(() => {
      for (const report of reports.values().filter((one) => one.room === room)) {
        reports.remove([report.chatId, report.reporterId]);
        openReports.remove(keyOf(report));
      }
      for (const mute of mutes.values().filter((one) => one.room === room)) mutes.remove(muteKey(mute.userId, room));
      for (const key of auditByRoom.keys({ start: [room, ''], end: [room, LAST] })) {
        audit.remove(key[1]);
        auditByRoom.remove(key);
      }
    });
  }

  beginErasure(erasure: Erasure): Promise<void> {
    const { env, erasures } = this.options;
    return env.write(() => {
      if (!erasures.has(erasure.id)) erasures.put(erasure.id, erasure);
    });
  }

  pendingErasures(limit: number): Promise<readonly Erasure[]> {
    const { env, erasures } = this.options;
    return env.read(() =>
      erasures
        .values()
        .sort((a, b) => a.at - b.at)
        .slice(0, limit),
    );
  }

  endErasure(id: string): Promise<void> {
    return this.options.env.write(() => {
      this.options.erasures.remove(id);
    });
  }

  retentionOffset(partition: number): Promise<number> {
    return this.options.env.read(() => this.options.retention.get(retentionKey(partition)) ?? 0);
  }

  setRetentionOffset(partition: number, offset: number): Promise<void> {
    return this.options.env.write(() => {
      this.options.retention.put(retentionKey(partition), offset);
    });
  }
}

/** The name for number 0 is from the time when there was one partition. */
const retentionKey = (partition: number): string => (partition === 0 ? 'from' : `from-${partition}`);

/** Above every id. */
const LAST = '\uffff';

const keyOf = ({ createdAt, chatId, reporterId }: Report): [number, string, string] => [createdAt, chatId, reporterId];

/** No user id has a colon. */
const muteKey = (userId: string, room?: string): string => (room === undefined ? userId : `${room}:${userId}`);
