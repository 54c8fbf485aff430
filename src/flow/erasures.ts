import { toTombstone, type Authorship, type Chat } from '../domain/chat';
import type { Erasure } from '../domain/moderation';
import { correctionOf } from '../domain/mood-bucket';
import type { Bus } from '../ports/bus';
import type { ChatLog, LogPartition } from '../ports/chat-log';
import type { ChatStore } from '../ports/chat-store';
import type { Clock } from '../ports/clock';
import type { EmpathyStore } from '../ports/empathy-store';
import type { Logger } from '../ports/logger';
import type { ModerationStore } from '../ports/moderation-store';
import type { MoodStore } from '../ports/mood-store';
import { forEach } from '../util/for-each';
import { findChat, findChats } from './find-chat';
import { isCommitted } from './log-lag';
import type { RoomErasure } from './room-erasure';
import type { Rooms } from './rooms';

export interface ErasuresDeps {
  readonly log: ChatLog;
  readonly store: ChatStore;
  readonly moderation: ModerationStore;
  readonly empathies: Pick<EmpathyStore, 'removeNote' | 'removeUser'>;
  readonly moods: Pick<MoodStore, 'correct'>;
  readonly rooms: Pick<Rooms, 'find'>;
  readonly roomErasure: Pick<RoomErasure, 'erase'>;
  /** Deletes the account and revokes its sessions, if that is not done yet. */
  readonly closeAccount: (userId: string) => Promise<void>;
  /** Ends the memberships of the account. */
  readonly leaveRooms: (userId: string) => Promise<void>;
  readonly bus: Pick<Bus, 'publish'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

type AccountErasure = Erasure & { readonly kind: 'account' };

/** Pending erasures that one run looks at. */
const PENDING_MAX = 10_000;
const PAGE = 100;
const LOG_PAGE = 500;
/** A request that began before its session was revoked may append for this long. */
const LATE_APPENDS_MS = 10_000;
/** Usernames have no brackets, so no user can have this name. */
export const DELETED_AUTHOR = '(deleted)';

/**
 * Replaces messages by tombstones in the log, in the store and, through the bus, in the memory of every process. The moods forget
 * them, and their reports are resolved.
 *
 * An erasure is recorded durably first. A batch that the writer read before may still reach the store, so the erasure is repeated
 * until the writer has passed the message. From then on the log and the store keep the tombstone, as their ports promise. Every step
 * is idempotent and may run in several processes at once.
 */
export class Erasures {
  /** Account erasures for which the whole log was searched. */
  private readonly searched = new Set<string>();

  constructor(private readonly deps: ErasuresDeps) {}

  /** Resolves when no reader gets the text any more. @throws DomainError UNAVAILABLE; the erasure is then completed later if it was recorded */
  async begin(erasure: Erasure): Promise<void> {
    await this.deps.moderation.beginErasure(erasure);
    await this.work(erasure);
  }

  /** Repeats pending erasures. Called every few seconds. */
  async run(signal: AbortSignal): Promise<void> {
    for (const erasure of await this.deps.moderation.pendingErasures(PENDING_MAX)) {
      if (signal.aborted) return;
      // One that fails does not delay the others.
      await this.work(erasure, signal).catch((err: unknown) => {
        this.deps.logger.warn({ err, erasure: erasure.id }, 'an erasure failed; trying again');
      });
    }
  }

  private async work(erasure: Erasure, signal?: AbortSignal): Promise<void> {
    if (!(await this.erasePart(erasure, signal))) return;
    await this.deps.moderation.endErasure(erasure.id);
    this.searched.delete(erasure.id);
  }

  /** @returns false if it has to be repeated */
  private erasePart(erasure: Erasure, signal?: AbortSignal): Promise<boolean> {
    if (erasure.kind === 'chat') return this.eraseChat(erasure.chatId);
    return erasure.kind === 'room' ? this.deps.roomErasure.erase(erasure, signal) : this.eraseAccount(erasure, signal);
  }

  /** @returns false if it has to be repeated */
  private async eraseChat(chatId: string): Promise<boolean> {
    const { log, store, moderation, empathies } = this.deps;
    const chat = await findChat(log, store, chatId);
    if (!chat) return true;
    const isStored = await isCommitted(log, chat.offset);
    // The log shows the tombstone before the store does if the writer had read the entry.
    if (!chat.hidden || !(await store.byId(chatId))?.hidden) {
      await this.erase(chat);
      this.announce(chat);
    }
    // Again, because somebody may have pressed an empathy meanwhile.
    await empathies.removeNote(chatId);
    await moderation.resolveReports(chatId);
    return isStored;
  }

  /** @returns false if it has to be repeated */
  private async eraseAccount(erasure: AccountErasure, signal?: AbortSignal): Promise<boolean> {
    const { log, bus, clock, closeAccount, leaveRooms } = this.deps;
    await closeAccount(erasure.actorId);
    await leaveRooms(erasure.actorId);
    await this.takeBackEmpathies(erasure.actorId, signal);
    let changed = false;
    let waiting = 0;
    await forEach(log.partitions, async (partition) => {
      const head = await partition.head();
      const committed = await partition.committed();
      // Entries up to the committed offset are searched once: no more of them can be added.
      const above = this.searched.has(erasure.id) ? committed : partition.band.base;
      if (await this.eraseInLog(partition, erasure, above, signal)) changed = true;
      waiting += Math.max(0, head.offset - committed);
    });
    if (await this.eraseInStore(erasure, signal)) changed = true;
    if (signal?.aborted) return false;
    this.searched.add(erasure.id);
    const isDone = waiting === 0 && clock.now() - erasure.at > LATE_APPENDS_MS;
    // Again at the end: a reader may have received an entry between the first event and its renaming.
    if (changed || isDone) bus.publish({ type: 'chats-changed' });
    return isDone;
  }

  /** Erases the messages of the account in the log above an offset. @returns whether there were any */
  private async eraseInLog(log: LogPartition, erasure: AccountErasure, above: number, signal?: AbortSignal): Promise<boolean> {
    let changed = false;
    for (let before = Infinity; before > above + 1 && !signal?.aborted;) {
      const page = await log.readBack(before, LOG_PAGE);
      for (const chat of page) {
        if (chat.authorId !== erasure.actorId || chat.offset <= above) continue;
        await this.eraseOfAccount(chat, erasure);
        changed = true;
      }
      before = page.at(-1)?.offset ?? 0;
    }
    return changed;
  }

  /** @returns whether there were any */
  private async eraseInStore(erasure: AccountErasure, signal?: AbortSignal): Promise<boolean> {
    let changed = false;
    while (!signal?.aborted) {
      const page = await this.deps.store.byAuthor(erasure.actorId, [{}], 0, PAGE);
      if (page.length === 0) break;
      for (const chat of page) await this.eraseOfAccount(chat, erasure);
      changed = true;
    }
    return changed;
  }

  private async eraseOfAccount(chat: Chat, { pseudonym, texts }: AccountErasure): Promise<void> {
    const { log, store, rooms } = this.deps;
    if (texts === 'erase' && !chat.hidden) {
      await this.erase(chat);
      this.announce(chat);
    }
    const room = await rooms.find(chat.room);
    const to: Authorship = { authorId: pseudonym, author: room?.anonymous ? chat.author : DELETED_AUTHOR };
    // Last, because an interrupted erasure finds the message again by its author.
    await log.rename(chat.offset, to);
    await store.rename(chat.offset, to);
  }

  private async erase(chat: Chat): Promise<void> {
    const { moods, log, empathies, store } = this.deps;
    // The mood first: it needs the message as it was.
    await moods.correct([correctionOf(chat, toTombstone(chat))]);
    await log.erase(chat.offset);
    await empathies.removeNote(chat.id);
    // Last, because an interrupted erasure is recognised by it.
    await store.erase(chat.offset);
  }

  /** Removes what the account pressed on messages of others, and announces the new counts. */
  private async takeBackEmpathies(userId: string, signal?: AbortSignal): Promise<void> {
    const { log, store, bus, empathies } = this.deps;
    while (!signal?.aborted) {
      const changed = await empathies.removeUser(userId, PAGE);
      if (changed.length === 0) return;
      for (const { room, id } of (await findChats(log, store, changed)).values()) {
        bus.publish({ type: 'chat-changed', room, chatId: id });
      }
    }
  }

  private announce({ room, id, offset }: Chat): void {
    this.deps.bus.publish({ type: 'chat-hidden', room, chatId: id, offset });
  }
}
