import { toTombstone, type Chat } from '../domain/chat';
import { badInput, DomainError } from '../domain/errors';
import { parseReason, type AuditEntry, type Report } from '../domain/moderation';
import { parsePageSize } from '../domain/page';
import type { Viewer } from '../domain/user';
import type { Bus } from '../ports/bus';
import type { ChatLog } from '../ports/chat-log';
import type { ChatStore } from '../ports/chat-store';
import type { Clock } from '../ports/clock';
import type { ModerationStore } from '../ports/moderation-store';
import type { Access } from './access';
import type { AuditTrail } from './audit-trail';
import type { Erasures } from './erasures';
import { findChat, noSuchMessage, requireChat } from './find-chat';
import type { Mutes } from './mutes';
import type { RoomPrivileges } from './room-privileges';
import type { Rooms } from './rooms';

export interface ModerationDeps {
  readonly log: Pick<ChatLog, 'find'>;
  readonly store: Pick<ChatStore, 'byId'>;
  readonly moderation: ModerationStore;
  readonly rooms: Pick<Rooms, 'find'>;
  readonly access: Pick<Access, 'readable'>;
  readonly privileges: Pick<RoomPrivileges, 'mayManage' | 'requireManager' | 'isModerator'>;
  readonly erasures: Pick<Erasures, 'begin'>;
  readonly mutes: Pick<Mutes, 'set'>;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly bus: Pick<Bus, 'publish'>;
  readonly clock: Clock;
}

/** A reported message with the reasons of its reports. */
export interface ReportedChat {
  readonly chat: Chat;
  readonly reasons: readonly string[];
  /** Time of the first report, milliseconds since 1970. */
  readonly reportedAt: number;
}

/** Most open reports that one query of the queue uses. */
const QUEUE = 1_000;
/** Most open reports or audit entries that one query of a moderator reads, those of private rooms included. */
const SEARCHED = 10_000;
const PAGE = 500;
const MINUTE_MS = 60_000;
const MAX_MUTE_MINUTES = 366 * 24 * 60;
const MAX_AUDIT_ID_LENGTH = 128;

/**
 * Reports, and what hosts and moderators do about messages. Moderators look after all rooms that are not private, hosts after their
 * own. Every action is added to the audit log.
 */
export class Moderation {
  constructor(private readonly deps: ModerationDeps) {}

  /**
   * Adds a report, once for each person and message.
   * @param toModerators shows the message to the moderators also if its room is PRIVATE
   * @throws DomainError NOT_FOUND, BAD_USER_INPUT, UNAVAILABLE
   */
  async report(viewer: Viewer, chatId: string, rawReason: string, toModerators: boolean): Promise<void> {
    const reason = parseReason(rawReason);
    const { id, room } = await this.readable(viewer, chatId);
    const outcome = await this.deps.moderation.addReport({
      ...{ chatId: id, room, reporterId: viewer.userId, reason, createdAt: this.deps.clock.now() },
      ...(toModerators && { toModerators }),
    });
    if (outcome === 'stored') await this.deps.audit.record(viewer, 'REPORT_CHAT', id, room, reason);
  }

  /**
   * Messages with open reports, oldest report first: of one room for its hosts; for moderators, of all rooms that are not private, and
   * of private ones what a reporter shows them.
   * @throws DomainError NOT_FOUND (room), FORBIDDEN, BAD_USER_INPUT, UNAVAILABLE
   */
  async queue(viewer: Viewer, first: number, room?: string): Promise<readonly ReportedChat[]> {
    const limit = parsePageSize(first, 'first');
    const byChat = new Map<string, Report[]>();
    for (const report of await this.reports(await this.scopeOf(viewer, room))) {
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

  async dismiss(viewer: Viewer, chatId: string): Promise<void> {
    const { id, room } = await this.managed(viewer, chatId);
    const resolved = await this.deps.moderation.resolveReports(id);
    if (resolved > 0) await this.deps.audit.record(viewer, 'DISMISS_REPORTS', id, room, `${resolved}`);
  }

  /** Erases the text. When it resolves, no reader sees it. Hiding again changes nothing. @returns the tombstone */
  async hide(viewer: Viewer, chatId: string, rawReason: string): Promise<Chat> {
    const reason = parseReason(rawReason);
    const chat = await this.managed(viewer, chatId);
    if (chat.hidden) return chat;
    const { userId: actorId, username: actor } = viewer;
    const at = this.deps.clock.now();
    await this.deps.audit.record(viewer, 'HIDE_CHAT', chat.id, chat.room, reason);
    await this.deps.erasures.begin({ kind: 'chat', id: `chat.${chat.id}`, at, actorId, actor, chatId: chat.id, reason });
    return toTombstone(chat);
  }

  /**
   * Mutes the author without revealing the account, because a room may be anonymous: in all rooms if a moderator does it, in the room
   * of the message if its host does.
   * @returns the end, milliseconds since 1970
   */
  async mute(viewer: Viewer, chatId: string, minutes: number, rawReason: string): Promise<number> {
    const reason = parseReason(rawReason);
    if (!Number.isInteger(minutes) || minutes < 1 || minutes > MAX_MUTE_MINUTES) {
      throw badInput('minutes', `minutes must be 1 to ${MAX_MUTE_MINUTES}.`);
    }
    const { id, room, authorId } = await this.managed(viewer, chatId);
    const until = this.deps.clock.now() + minutes * MINUTE_MS;
    const scope = await this.muteScope(viewer, room);
    await this.deps.moderation.mute({ userId: authorId, reason, until, ...(scope !== undefined && { room: scope }) });
    this.muted(authorId, until, scope);
    await this.deps.audit.record(viewer, 'MUTE_AUTHOR', id, room, `${minutes} minutes: ${reason}`);
    return until;
  }

  /** Ends the mute in the room of the message, and if a moderator does it, in all rooms. */
  async unmute(viewer: Viewer, chatId: string): Promise<void> {
    const { id, room, authorId } = await this.managed(viewer, chatId);
    const scope = await this.muteScope(viewer, room);
    for (const one of new Set([room, scope])) {
      await this.deps.moderation.unmute(authorId, one);
      this.muted(authorId, 0, one);
    }
    await this.deps.audit.record(viewer, 'UNMUTE_AUTHOR', id, room, '');
  }

  /**
   * Newest first: entries of one room for its hosts, else all for moderators, without those of private rooms. Who reported a message
   * is in no entry.
   * @param before id of an entry: only older entries are returned
   * @throws DomainError NOT_FOUND (room), FORBIDDEN, BAD_USER_INPUT, UNAVAILABLE
   */
  async audit(viewer: Viewer, first: number, before?: string, room?: string): Promise<readonly AuditEntry[]> {
    const limit = parsePageSize(first, 'first');
    if (before !== undefined && before.length > MAX_AUDIT_ID_LENGTH)
      throw badInput('before', 'before is not the id of an entry.');
    const scope = await this.scopeOf(viewer, room);
    const { moderation } = this.deps;
    const entries = await this.collect(scope, limit, (last: AuditEntry | undefined, size) =>
      moderation.auditEntries(last?.id ?? before, size, scope),
    );
    return entries.map((entry) => (entry.action === 'REPORT_CHAT' ? { ...entry, actorId: '', actor: '' } : entry));
  }

  private reports(scope: string | undefined): Promise<readonly Report[]> {
    const { moderation } = this.deps;
    return this.collect(scope, QUEUE, (last: Report | undefined, size) => moderation.openReports(size, scope, last));
  }

  /** Reads pages until `limit` items are of the room, or if it is undefined, for moderators. */
  private async collect<T extends { readonly room?: string; readonly toModerators?: true }>(
    room: string | undefined,
    limit: number,
    read: (last: T | undefined, size: number) => Promise<readonly T[]>,
  ): Promise<readonly T[]> {
    const items: T[] = [];
    const size = room === undefined ? PAGE : limit;
    let last: T | undefined;
    for (let searched = 0; items.length < limit && searched < SEARCHED; searched += size) {
      const page = await read(last, size);
      for (const item of page) {
        if (room !== undefined || item.toModerators || !(await this.isPrivate(item.room))) items.push(item);
      }
      last = page.at(-1);
      if (page.length < size) break;
    }
    return items.slice(0, limit);
  }

  /** Also a room that was deleted. */
  private async isPrivate(room: string | undefined): Promise<boolean> {
    if (room === undefined) return false;
    return ((await this.deps.rooms.find(room))?.settings.visibility ?? 'PRIVATE') === 'PRIVATE';
  }

  /** @returns the room that a list is about; undefined: all that moderators look after */
  private async scopeOf(viewer: Viewer, room: string | undefined): Promise<string | undefined> {
    if (room !== undefined) return (await this.deps.privileges.requireManager(viewer, room)).id;
    if (!this.deps.privileges.isModerator(viewer)) throw new DomainError('FORBIDDEN', 'Only moderators may do this.');
    return undefined;
  }

  /** @returns the room that a mute is in; undefined: all rooms */
  private async muteScope(viewer: Viewer, room: string): Promise<string | undefined> {
    return this.deps.privileges.isModerator(viewer) && !(await this.isPrivate(room)) ? undefined : room;
  }

  private muted(userId: string, until: number, room: string | undefined): void {
    this.deps.mutes.set(userId, until, room);
    this.deps.bus.publish({ type: 'mutes-changed' });
  }

  /** @throws DomainError NOT_FOUND */
  private async readable(viewer: Viewer, id: string): Promise<Chat> {
    const chat = await requireChat(this.deps.log, this.deps.store, id);
    if (!(await this.deps.access.readable(viewer, chat.room))) throw noSuchMessage();
    return chat;
  }

  /** Whether the viewer is a moderator to whom a reporter shows this message of a private room. */
  private async isShownTo(viewer: Viewer, { id, room }: Chat): Promise<boolean> {
    if (!this.deps.privileges.isModerator(viewer)) return false;
    return (await this.reports(room)).some(({ chatId, toModerators }) => chatId === id && toModerators);
  }

  /** @throws DomainError NOT_FOUND, FORBIDDEN */
  private async managed(viewer: Viewer, id: string): Promise<Chat> {
    const chat = await requireChat(this.deps.log, this.deps.store, id);
    const room = await this.deps.access.readable(viewer, chat.room);
    if (!room && (await this.isShownTo(viewer, chat))) return chat;
    if (!room) throw noSuchMessage();
    if (await this.deps.privileges.mayManage(viewer, room)) return chat;
    throw new DomainError('FORBIDDEN', 'Only hosts of the room and moderators may do this.');
  }
}
