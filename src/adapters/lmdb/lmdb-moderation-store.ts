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
  readonly erasures: Table<Erasure, string>;
  readonly retention: Table<number, string>;
}

/** Mutes and pending erasures are few, so all are read. */
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

  openReports(limit: number): Promise<readonly Report[]> {
    const { env, reports, openReports } = this.options;
    return env.read(() =>
      openReports.keys({ limit }).flatMap(([, chatId, reporterId]) => reports.getIntact([chatId, reporterId]) ?? []),
    );
  }

  resolveReports(chatId: string): Promise<number> {
    const { env, reports, openReports } = this.options;
    return env.write(() => {
      let resolved = 0;
      for (const value of reports.values({ start: [chatId, ''], end: [chatId, '\uffff'] })) {
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
      this.options.mutes.put(mute.userId, mute);
    });
  }

  unmute(userId: string): Promise<void> {
    return this.options.env.write(() => {
      this.options.mutes.remove(userId);
    });
  }

  activeMutes(now: number): Promise<readonly Mute[]> {
    const { env, mutes } = this.options;
    return env.read(() => mutes.values().filter(({ until }) => until > now));
  }

  addAuditEntry(entry: AuditEntry): Promise<void> {
    return this.options.env.write(() => {
      this.options.audit.put(entry.id, entry);
    });
  }

  auditEntries(before: string | undefined, limit: number): Promise<readonly AuditEntry[]> {
    const { env, audit } = this.options;
    return env.read(() => {
      // The start of a reversed range is included.
      const range = { ...(before !== undefined && { start: before }), reverse: true, limit: limit + 1 };
      return audit
        .values(range)
        .filter(({ id }) => id !== before)
        .slice(0, limit);
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

  retentionOffset(): Promise<number> {
    return this.options.env.read(() => this.options.retention.get('from') ?? 0);
  }

  setRetentionOffset(offset: number): Promise<void> {
    return this.options.env.write(() => {
      this.options.retention.put('from', offset);
    });
  }
}
