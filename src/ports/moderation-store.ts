import type { AuditEntry, Erasure, Mute, Report } from '../domain/moderation';

/**
 * Reports, mutes, the audit log and pending erasures. All changes are durable when resolved.
 * @throws DomainError UNAVAILABLE from any method while the store is unreachable
 */
export interface ModerationStore {
  /** Stores one report per chat and reporter. @returns 'exists' also if the earlier report was resolved */
  addReport(report: Report): Promise<'stored' | 'exists'>;
  /**
   * Unresolved reports, oldest first, at most `limit`.
   * @param room only reports of this room
   * @param after only reports that follow it in this order
   */
  openReports(limit: number, room?: string, after?: Report): Promise<readonly Report[]>;
  /** Resolves all reports of the chat. @returns number of reports that were open */
  resolveReports(chatId: string): Promise<number>;

  /** Replaces an earlier mute of the user in the same room, or in all rooms. */
  mute(mute: Mute): Promise<void>;
  /** @param room of a mute in one room */
  unmute(userId: string, room?: string): Promise<void>;
  /** Mutes that end after `now`. */
  activeMutes(now: number): Promise<readonly Mute[]>;

  /** Adding an id again changes nothing. */
  addAuditEntry(entry: AuditEntry): Promise<void>;
  /**
   * Newest first, at most `limit`.
   * @param before id of an entry: only older entries are returned
   * @param room only entries of this room
   */
  auditEntries(before: string | undefined, limit: number, room?: string): Promise<readonly AuditEntry[]>;
  /** Removes all reports, mutes and audit entries of the room. */
  removeRoom(room: string): Promise<void>;

  /** Records an erasure to be done. Recording an id again changes nothing. */
  beginErasure(erasure: Erasure): Promise<void>;
  /** Erasures that were begun and not ended, oldest first, at most `limit`. */
  pendingErasures(limit: number): Promise<readonly Erasure[]>;
  endErasure(id: string): Promise<void>;

  /**
   * Offset up to which all messages of a partition exceeded the retention period and were erased; 0 at first.
   * @param partition its number, also of one that the installation no longer has
   */
  retentionOffset(partition: number): Promise<number>;
  setRetentionOffset(partition: number, offset: number): Promise<void>;
}
