import type { Authorship, Chat } from '../domain/chat';
import { auditId, type Erasure } from '../domain/moderation';
import type { Bus } from '../ports/bus';
import type { ChatLog } from '../ports/chat-log';
import type { ChatStore } from '../ports/chat-store';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { ModerationStore } from '../ports/moderation-store';
import { findChat } from './find-chat';
import { MergedReader } from './merged-reader';
import type { Rooms } from './rooms';

export interface ErasuresDeps {
  readonly log: ChatLog;
  readonly store: ChatStore;
  readonly moderation: ModerationStore;
  readonly rooms: Pick<Rooms, 'require'>;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly logger: Logger;
  /** 0: messages are kept for ever. */
  readonly retentionDays: number;
}

const PAGE = 100;
const DAY_MS = 86_400_000;
/** So long after the end of a log-in a request that began before it may still append. */
const LATE_APPENDS_MS = 10_000;
/** No username has brackets, so nobody can be called this. */
export const DELETED_AUTHOR = '(deleted)';

/**
 * Makes messages into tombstones, in the log, in the store and, by the bus, in every memory. A batch that was read before may
 * still be on its way into the store; so what is to be erased is remembered durably first, and only forgotten when the writer has
 * come past it. Everything here may be done twice, by any process at the same time.
 */
export class Erasures {
  private readonly reader: MergedReader;

  constructor(private readonly deps: ErasuresDeps) {
    this.reader = new MergedReader(deps.log, deps.store);
  }

  /** Resolves when no reader sees it any more. */
  async begin(erasure: Erasure): Promise<void> {
    await this.deps.moderation.beginErasure(erasure);
    await this.work(erasure);
  }

  /** Goes on with all that is not done: called every few seconds. */
  async run(): Promise<void> {
    for (const erasure of await this.deps.moderation.pendingErasures(PAGE)) {
      // One that fails does not hold up the others.
      await this.work(erasure).catch((err: unknown) => {
        this.deps.logger.warn({ err, erasure: erasure.id }, 'an erasure failed; it is tried again');
      });
    }
  }

  /** Erases what is older than the installation keeps. */
  async retain(): Promise<void> {
    const { store, moderation, bus, clock, retentionDays } = this.deps;
    if (retentionDays === 0) return;
    const limit = clock.now() - retentionDays * DAY_MS;
    let erased = 0;
    let from = await moderation.retentionOffset();
    for (;;) {
      const page = await store.inOrder(from, PAGE);
      const old = page.filter(({ sentAt }) => sentAt < limit);
      for (const chat of old) if (!chat.hidden) await this.erase(chat.offset);
      erased += old.length;
      from = old.at(-1)?.offset ?? from;
      if (old.length > 0) await moderation.setRetentionOffset(from);
      if (old.length < PAGE) break;
    }
    if (erased === 0) return;
    bus.publish({ type: 'chats-changed' });
    await moderation.addAuditEntry({
      id: auditId(clock.now(), `retention.${from}`),
      at: clock.now(),
      actorId: '',
      actor: '',
      action: 'RETENTION',
      subject: '',
      details: `${erased} messages older than ${retentionDays} days`,
    });
  }

  private async work(erasure: Erasure): Promise<void> {
    const done = erasure.kind === 'chat' ? await this.eraseChat(erasure.chatId) : await this.eraseAccount(erasure);
    if (done) await this.deps.moderation.endErasure(erasure.id);
  }

  private async eraseChat(chatId: string): Promise<boolean> {
    const { log, store } = this.deps;
    const chat = await findChat(log, store, chatId);
    if (!chat) return true;
    const final = (await log.committed()) >= chat.offset;
    await this.erase(chat.offset);
    this.tell(chat);
    return final;
  }

  private async eraseAccount(erasure: Erasure & { kind: 'account' }): Promise<boolean> {
    const { log, bus, clock } = this.deps;
    const head = await log.head();
    const committed = await log.committed();
    let changed = false;
    for (;;) {
      const { items } = await this.reader.byAuthor(erasure.actorId, 0, PAGE);
      if (items.length === 0) break;
      for (const chat of items) await this.forget(chat, erasure);
      changed = true;
    }
    if (changed) bus.publish({ type: 'chats-changed' });
    return committed >= head.offset && clock.now() - erasure.at > LATE_APPENDS_MS;
  }

  private async forget(chat: Chat, { actorId, pseudonym, texts }: Erasure & { kind: 'account' }): Promise<void> {
    const { log, store, rooms } = this.deps;
    if (texts === 'erase' && !chat.hidden) {
      await this.erase(chat.offset);
      this.tell(chat);
    }
    // Last, because it is by its author that a message is found again.
    const to: Authorship = {
      authorId: pseudonym,
      author: (await rooms.require(chat.room)).anonymous ? chat.author : DELETED_AUTHOR,
    };
    if (chat.authorId !== actorId) return;
    await log.rename(chat.offset, to);
    await store.rename(chat.offset, to);
  }

  private async erase(offset: number): Promise<void> {
    await this.deps.log.erase(offset);
    await this.deps.store.erase(offset);
  }

  private tell({ room, id, offset }: Chat): void {
    this.deps.bus.publish({ type: 'chat-hidden', room, chatId: id, offset });
  }
}
