import type { Authorship, Chat } from '../domain/chat';
import type { Erasure } from '../domain/moderation';
import type { Bus } from '../ports/bus';
import type { ChatLog } from '../ports/chat-log';
import type { ChatStore } from '../ports/chat-store';
import type { Clock } from '../ports/clock';
import type { EmpathyStore } from '../ports/empathy-store';
import type { RoomStore } from '../ports/room-store';

export interface RoomErasureDeps {
  readonly log: Pick<ChatLog, 'of' | 'erase' | 'rename'>;
  readonly store: Pick<ChatStore, 'byRoom' | 'erase' | 'rename'>;
  readonly rooms: Pick<RoomStore, 'remove'>;
  readonly empathies: Pick<EmpathyStore, 'removeNote'>;
  /** Stores that hold something else of the room. */
  readonly records: readonly { removeRoom(room: string): Promise<void> }[];
  readonly bus: Pick<Bus, 'publish'>;
  readonly clock: Clock;
}

type Deletion = Erasure & { readonly kind: 'room' };

const PAGE = 100;
const LOG_PAGE = 500;
/** A request that found the room before it was removed may append, and the insight job may store a letter, for this long. */
const LATE_WRITES_MS = 10_000;
/** Whose the tombstones of deleted rooms are. No account has this id, and no room shows the name. */
const NOBODY: Authorship = { authorId: 'deleted-room', author: '' };

/**
 * Erases a deleted room and everything in it. Offsets have no gaps, so messages become tombstones that name nobody. Every step is
 * idempotent and may run in several processes at once.
 */
export class RoomErasure {
  /** Rooms of which all messages up to an offset are erased. */
  private readonly erasedUpTo = new Map<string, number>();

  constructor(private readonly deps: RoomErasureDeps) {}

  /** @returns false if it has to be repeated @throws DomainError UNAVAILABLE */
  async erase({ room, at }: Deletion, signal?: AbortSignal): Promise<boolean> {
    const { log, rooms, bus, clock, records } = this.deps;
    // First, so that nobody reads or writes the room any more.
    await rooms.remove(room);
    bus.publish({ type: 'room-changed', room });
    const head = await log.of(room).head();
    const committed = await log.of(room).committed();
    const changed = await this.eraseChats(room, signal);
    if (signal?.aborted) return false;
    this.erasedUpTo.set(room, committed);
    await Promise.all(records.map((store) => store.removeRoom(room)));
    const isDone = committed >= head.offset && clock.now() - at > LATE_WRITES_MS;
    if (changed || isDone) bus.publish({ type: 'chats-changed' });
    if (isDone) this.erasedUpTo.delete(room);
    return isDone;
  }

  /** @returns whether there were any */
  private async eraseChats(room: string, signal?: AbortSignal): Promise<boolean> {
    const { log, store } = this.deps;
    const above = this.erasedUpTo.get(room) ?? 0;
    let changed = false;
    const eraseAll = async (chats: readonly Chat[], eraseOne: (chat: Chat) => Promise<void>): Promise<void> => {
      const left = chats.filter((chat) => chat.room === room && chat.offset > above && !isErased(chat));
      await Promise.all(left.map(eraseOne));
      changed ||= left.length > 0;
    };
    for (let before = Infinity; before > above + 1 && !signal?.aborted;) {
      const page = await log.of(room).readBack(before, LOG_PAGE);
      await eraseAll(page, (chat) => this.eraseChat(chat, log));
      before = page.at(-1)?.offset ?? 0;
    }
    for (let after = above; !signal?.aborted;) {
      const page = await store.byRoom(room, { after }, PAGE, 'oldest-first');
      await eraseAll(page, (chat) => this.eraseChat(chat, store));
      const last = page.at(-1);
      if (!last) break;
      after = last.offset;
    }
    return changed;
  }

  private async eraseChat({ id, offset }: Chat, from: Pick<ChatLog, 'erase' | 'rename'>): Promise<void> {
    await this.deps.empathies.removeNote(id);
    await from.erase(offset);
    // Last, because an erased message is recognised by it.
    await from.rename(offset, NOBODY);
  }
}

const isErased = ({ hidden, authorId }: Chat): boolean => hidden && authorId === NOBODY.authorId;
