import type { Authorship, Chat } from '../domain/chat';
import type { Erasure } from '../domain/moderation';
import type { Bus } from '../ports/bus';
import type { ChatLog } from '../ports/chat-log';
import type { ChatStore } from '../ports/chat-store';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { ModerationStore } from '../ports/moderation-store';
import { findChat } from './find-chat';
import { isTrimmed } from './is-trimmed';
import type { Rooms } from './rooms';

export interface ErasuresDeps {
  readonly log: ChatLog;
  readonly store: ChatStore;
  readonly moderation: ModerationStore;
  readonly rooms: Pick<Rooms, 'require'>;
  /** Deletes the account and revokes its sessions, if that is not done yet. */
  readonly closeAccount: (userId: string) => Promise<void>;
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
/** Erasures that are applied and wait for the log to trim the entry are checked this often. */
const CHECK_APPLIED_MS = 60_000;
/** Usernames have no brackets, so no user can have this name. */
export const DELETED_AUTHOR = '(deleted)';

/**
 * Replaces messages by tombstones in the log, in the store and, through the bus, in the memory of every process.
 *
 * An erasure is recorded durably first. A batch that the writer read before may still reach the store, so the erasure is repeated
 * until the writer has passed the message; then it counts as applied. The log may come back with an older copy after a crash of its
 * server, so the record is kept, and checked, until the log has trimmed the entry. Every step is idempotent and may run in several
 * processes at once.
 */
export class Erasures {
  /** Id of each applied erasure to the highest offset that it concerns. */
  private applied = new Map<string, number>();
  /** Account erasures for which the whole log was searched. */
  private searched = new Set<string>();
  private checkedAt = -Infinity;

  constructor(private readonly deps: ErasuresDeps) {}

  /** Resolves when no reader gets the text any more. @throws DomainError UNAVAILABLE; the erasure is then completed later if it was recorded */
  async begin(erasure: Erasure): Promise<void> {
    await this.deps.moderation.beginErasure(erasure);
    await this.work(erasure);
  }

  /** Applies pending erasures and ends those whose entries the log has trimmed. Called every few seconds. */
  async run(signal: AbortSignal): Promise<void> {
    const pending = await this.deps.moderation.pendingErasures(PENDING_MAX);
    const ids = new Set(pending.map(({ id }) => id));
    for (const id of this.applied.keys()) if (!ids.has(id)) this.applied.delete(id);
    for (const id of this.searched) if (!ids.has(id)) this.searched.delete(id);
    const checkApplied = performance.now() - this.checkedAt >= CHECK_APPLIED_MS;
    if (checkApplied) this.checkedAt = performance.now();
    for (const erasure of pending) {
      if (signal.aborted) return;
      if (this.applied.has(erasure.id) && !checkApplied) continue;
      // One that fails does not delay the others.
      await this.work(erasure, signal).catch((err: unknown) => {
        this.deps.logger.warn({ err, erasure: erasure.id }, 'an erasure failed; trying again');
      });
    }
  }

  /** Call it when the log may have come back with older entries: the next run applies every pending erasure again. */
  applyAgain(): void {
    this.applied.clear();
    this.searched.clear();
  }

  private async work(erasure: Erasure, signal?: AbortSignal): Promise<void> {
    const offset = erasure.kind === 'chat' ? await this.eraseChat(erasure.chatId) : await this.eraseAccount(erasure, signal);
    if (offset === undefined) return;
    const known = this.applied.get(erasure.id) ?? offset;
    this.applied.set(erasure.id, known);
    if (await isTrimmed(this.deps.log, known)) await this.deps.moderation.endErasure(erasure.id);
  }

  /** @returns the offset once the erasure is applied; undefined if it has to be repeated */
  private async eraseChat(chatId: string): Promise<number | undefined> {
    const { log, store } = this.deps;
    const committed = await log.committed();
    const chat = await findChat(log, store, chatId);
    if (!chat) return 0;
    // The log shows the tombstone before the store does if the writer had read the entry.
    if (!chat.hidden || !(await store.byId(chatId))?.hidden) {
      await this.erase(chat.offset);
      this.announce(chat);
    }
    return committed >= chat.offset ? chat.offset : undefined;
  }

  private async eraseAccount(erasure: AccountErasure, signal?: AbortSignal): Promise<number | undefined> {
    const { log, bus, clock, closeAccount } = this.deps;
    const wasApplied = this.applied.has(erasure.id);
    if (!wasApplied) await closeAccount(erasure.actorId);
    const head = await log.head();
    const committed = await log.committed();
    // Entries up to the committed offset are searched once: no more of them can be added.
    const changed = await this.eraseEach(erasure, this.searched.has(erasure.id) ? committed : 0, signal);
    if (signal?.aborted) return undefined;
    this.searched.add(erasure.id);
    const isApplied = committed >= head.offset && clock.now() - erasure.at > LATE_APPENDS_MS;
    // Again when it is applied: a reader may have received an entry between the first event and its renaming.
    if (changed || (isApplied && !wasApplied)) bus.publish({ type: 'chats-changed' });
    return isApplied ? head.offset : undefined;
  }

  /** Erases the messages of the account in the log above an offset and in the store. @returns whether there were any */
  private async eraseEach(erasure: AccountErasure, above: number, signal?: AbortSignal): Promise<boolean> {
    const { log, store } = this.deps;
    const { actorId } = erasure;
    let changed = false;
    for (let before = Infinity; before > above + 1 && !signal?.aborted;) {
      const page = await log.readBack(before, LOG_PAGE);
      for (const chat of page) {
        if (chat.authorId !== actorId || chat.offset <= above) continue;
        await this.eraseOfAccount(chat, erasure);
        changed = true;
      }
      before = page.at(-1)?.offset ?? 0;
    }
    while (!signal?.aborted) {
      const page = await store.byAuthor(actorId, Number.MAX_SAFE_INTEGER, 0, PAGE);
      if (page.length === 0) break;
      for (const chat of page) await this.eraseOfAccount(chat, erasure);
      changed = true;
    }
    return changed;
  }

  private async eraseOfAccount(chat: Chat, { pseudonym, texts }: AccountErasure): Promise<void> {
    const { log, store, rooms } = this.deps;
    if (texts === 'erase' && !chat.hidden) {
      await this.erase(chat.offset);
      this.announce(chat);
    }
    const { anonymous } = await rooms.require(chat.room);
    const to: Authorship = { authorId: pseudonym, author: anonymous ? chat.author : DELETED_AUTHOR };
    // Last, because an interrupted erasure finds the message again by its author.
    await log.rename(chat.offset, to);
    await store.rename(chat.offset, to);
  }

  private async erase(offset: number): Promise<void> {
    await this.deps.log.erase(offset);
    await this.deps.store.erase(offset);
  }

  private announce({ room, id, offset }: Chat): void {
    this.deps.bus.publish({ type: 'chat-hidden', room, chatId: id, offset });
  }
}
