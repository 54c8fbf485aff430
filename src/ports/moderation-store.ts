import type { AuditEntry, Erasure, Mute, Report } from '../domain/moderation';

/** What moderators and their work need to remember. All changes are durable when resolved. @throws DomainError UNAVAILABLE */
export interface ModerationStore {
  /** Once per chat and reporter, resolved or not. */
  addReport(report: Report): Promise<'stored' | 'exists'>;
  /** Reports that nobody has resolved, oldest first, at most `limit`. */
  openReports(limit: number): Promise<readonly Report[]>;
  /** Resolves all reports of the chat. @returns how many were open */
  resolveReports(chatId: string): Promise<number>;

  /** Replaces the user's mute, if there is one. */
  mute(mute: Mute): Promise<void>;
  unmute(userId: string): Promise<void>;
  /** Mutes that end after `now`. */
  activeMutes(now: number): Promise<readonly Mute[]>;

  /** Recording the same id again changes nothing. */
  addAuditEntry(entry: AuditEntry): Promise<void>;
  /** Newest first, at most `limit`, those before the id only. */
  auditEntries(before: string | undefined, limit: number): Promise<readonly AuditEntry[]>;

  /** Remembers that something is to be erased. The same id again changes nothing. */
  beginErasure(erasure: Erasure): Promise<void>;
  /** Oldest first, at most `limit`. */
  pendingErasures(limit: number): Promise<readonly Erasure[]>;
  endErasure(id: string): Promise<void>;

  /** Offset up to which every message is older than the retention allows, and erased; 0 at first. */
  retentionOffset(): Promise<number>;
  setRetentionOffset(offset: number): Promise<void>;
}
