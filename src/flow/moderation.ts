import { toTombstone, type Chat } from '../domain/chat';
import { badInput } from '../domain/errors';
import { parseReason, type AuditEntry, type Report } from '../domain/moderation';
import { parsePageSize } from '../domain/page';
import type { Viewer } from '../domain/user';
import type { Bus } from '../ports/bus';
import type { ChatLog } from '../ports/chat-log';
import type { ChatStore } from '../ports/chat-store';
import type { Clock } from '../ports/clock';
import type { ModerationStore } from '../ports/moderation-store';
import type { AuditTrail } from './audit-trail';
import type { Erasures } from './erasures';
import { findChat, requireChat } from './find-chat';
import type { Mutes } from './mutes';

export interface ModerationDeps {
  readonly log: ChatLog;
  readonly store: ChatStore;
  readonly moderation: ModerationStore;
  readonly erasures: Erasures;
  readonly mutes: Mutes;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly audit: Pick<AuditTrail, 'record'>;
}

/** A reported message with the reasons of its reports. */
export interface ReportedChat {
  readonly chat: Chat;
  readonly reasons: readonly string[];
  /** Time of the first report, milliseconds since 1970. */
  readonly reportedAt: number;
}

/** Most open reports that one query of the queue reads. */
const QUEUE = 1_000;
const MINUTE_MS = 60_000;
const MAX_MUTE_MINUTES = 366 * 24 * 60;
const MAX_AUDIT_ID_LENGTH = 128;

/** Reports and the actions of moderators. The caller checks who is a moderator. Every action is added to the audit log. */
export class Moderation {
  constructor(private readonly deps: ModerationDeps) {}

  /** Adds a report, once for each person and message. @throws DomainError NOT_FOUND, BAD_USER_INPUT, UNAVAILABLE */
  async report(viewer: Viewer, chatId: string, rawReason: string): Promise<void> {
    const reason = parseReason(rawReason);
    const { id, room } = await this.chat(chatId);
    const createdAt = this.deps.clock.now();
    const outcome = await this.deps.moderation.addReport({ chatId: id, room, reporterId: viewer.userId, reason, createdAt });
    if (outcome === 'stored') await this.deps.audit.record(viewer, 'REPORT_CHAT', id, room, reason);
  }

  /** Messages with open reports, oldest report first. */
  async queue(first: number): Promise<readonly ReportedChat[]> {
    const limit = parsePageSize(first, 'first');
    const byChat = new Map<string, Report[]>();
    for (const report of await this.deps.moderation.openReports(QUEUE)) {
      byChat.set(report.chatId, [...(byChat.get(report.chatId) ?? []), report]);
    }
    const reported: ReportedChat[] = [];
    for (const [chatId, reports] of byChat) {
      if (reported.length === limit) break;
      const chat = await findChat(this.deps.log, this.deps.store, chatId);
      if (chat) reported.push({ chat, reasons: reports.map(({ reason }) => reason), reportedAt: reports[0]?.createdAt ?? 0 });
    }
    return reported;
  }

  async dismiss(moderator: Viewer, chatId: string): Promise<void> {
    const { id, room } = await this.chat(chatId);
    const resolved = await this.deps.moderation.resolveReports(id);
    if (resolved > 0) await this.deps.audit.record(moderator, 'DISMISS_REPORTS', id, room, `${resolved}`);
  }

  /** Erases the text. When it resolves, no reader sees it. Hiding again changes nothing. @returns the tombstone */
  async hide(moderator: Viewer, chatId: string, rawReason: string): Promise<Chat> {
    const reason = parseReason(rawReason);
    const chat = await this.chat(chatId);
    if (chat.hidden) return chat;
    const { userId: actorId, username: actor } = moderator;
    const at = this.deps.clock.now();
    await this.deps.audit.record(moderator, 'HIDE_CHAT', chat.id, chat.room, reason);
    await this.deps.erasures.begin({ kind: 'chat', id: `chat.${chat.id}`, at, actorId, actor, chatId: chat.id, reason });
    return toTombstone(chat);
  }

  /** Mutes the author without revealing the account, because a room may be anonymous. @returns the end, milliseconds since 1970 */
  async mute(moderator: Viewer, chatId: string, minutes: number, rawReason: string): Promise<number> {
    const reason = parseReason(rawReason);
    if (!Number.isInteger(minutes) || minutes < 1 || minutes > MAX_MUTE_MINUTES) {
      throw badInput('minutes', `minutes must be 1 to ${MAX_MUTE_MINUTES}.`);
    }
    const { id, room, authorId } = await this.chat(chatId);
    const until = this.deps.clock.now() + minutes * MINUTE_MS;
    await this.deps.moderation.mute({ userId: authorId, reason, until });
    this.muted(authorId, until);
    await this.deps.audit.record(moderator, 'MUTE_AUTHOR', id, room, `${minutes} minutes: ${reason}`);
    return until;
  }

  async unmute(moderator: Viewer, chatId: string): Promise<void> {
    const { id, room, authorId } = await this.chat(chatId);
    await this.deps.moderation.unmute(authorId);
    this.muted(authorId, 0);
    await this.deps.audit.record(moderator, 'UNMUTE_AUTHOR', id, room, '');
  }

  /** Newest first. @param before id of an entry: only older entries are returned @throws DomainError BAD_USER_INPUT, UNAVAILABLE */
  async audit(first: number, before?: string): Promise<readonly AuditEntry[]> {
    if (before !== undefined && before.length > MAX_AUDIT_ID_LENGTH)
      throw badInput('before', 'before is not the id of an entry.');
    return this.deps.moderation.auditEntries(before, parsePageSize(first, 'first'));
  }

  private muted(userId: string, until: number): void {
    this.deps.mutes.set(userId, until);
    this.deps.bus.publish({ type: 'mutes-changed' });
  }

  private chat(id: string): Promise<Chat> {
    return requireChat(this.deps.log, this.deps.store, id);
  }
}
