import { LRUCache } from 'lru-cache';
import { toTombstone, withFeeling, type Chat, type FeelingChange } from '../domain/chat';

/** Offsets of erased chats that are kept, the most recent ones. */
const ERASED_MAX = 100_000;
/** Changes of feelings that are kept, the most recent ones. */
const FEELINGS_MAX = 10_000;

/**
 * Changes of chats by offset. An announcement may arrive before the tail delivers the chat, or while an older copy is being read, and
 * the log may come back with older copies after a crash: so they are applied to every chat that enters a ring.
 */
export class AnnouncedChanges {
  private readonly erased = new LRUCache<number, true>({ max: ERASED_MAX });
  private readonly feelings = new LRUCache<number, FeelingChange>({ max: FEELINGS_MAX });

  erase(offset: number): void {
    this.erased.set(offset, true);
  }

  /** An earlier change than the one that is known is ignored. */
  setFeeling(offset: number, { feeling, revision }: FeelingChange): void {
    if ((this.feelings.get(offset)?.revision ?? 0) < revision) this.feelings.set(offset, { feeling, revision });
  }

  /** @returns the chats with all changes */
  applyTo(chats: readonly Chat[]): readonly Chat[] {
    if (this.erased.size === 0 && this.feelings.size === 0) return chats;
    return chats.map((chat) => {
      if (!chat.hidden && this.erased.has(chat.offset)) return toTombstone(chat);
      const change = this.feelings.get(chat.offset);
      return change ? withFeeling(chat, change) : chat;
    });
  }
}
