import type { Chat } from '../../domain/chat';
import type { LogPosition } from '../../domain/position';
import type { ChatLog } from '../../ports/chat-log';

const PAGE = 500;
/** Entries cached between calls, so that each is read from the log once. A longer backlog is read again by every call. */
const MAX_KEPT = 10_000;
const MAX_ATTEMPTS = 5;

/**
 * Entries above the committed offset, which the store may not hold yet. Each call reads only entries appended since the last one.
 * An entry may be stored although it is not committed; readers detect that by its offset.
 */
export class UnflushedTail {
  private kept: Chat[] = [];
  /** Position up to which `kept` is complete. */
  private position: LogPosition | undefined;
  private lastCall: Promise<unknown> = Promise.resolve();

  constructor(private readonly log: Pick<ChatLog, 'head' | 'read' | 'committed'>) {}

  /** Oldest first. */
  of(room: string): Promise<readonly Chat[]> {
    const result = this.lastCall.then(async () => (await this.all()).filter((chat) => chat.room === room));
    this.lastCall = result.catch(() => undefined);
    return result;
  }

  private async all(): Promise<readonly Chat[]> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const entries = await this.refresh();
      if (entries) return entries;
    }
    throw new Error('the log was trimmed or replaced during every attempt to read its tail');
  }

  /** Undefined, with the cache cleared, if the log was trimmed or replaced during the read. */
  private async refresh(): Promise<readonly Chat[] | undefined> {
    const committed = await this.log.committed();
    const head = await this.log.head();
    const known = this.position?.epoch === head.epoch && this.position.offset >= committed && this.position.offset <= head.offset;
    const entries = known ? this.kept.slice(firstAbove(this.kept, committed)) : [];
    let position: LogPosition =
      known && this.position ? this.position : { epoch: head.epoch, offset: Math.min(committed, head.offset) };
    while (position.offset < head.offset) {
      const page = await this.log.read(position, Math.min(PAGE, head.offset - position.offset));
      const last = page?.at(-1);
      if (!page || !last) {
        this.position = undefined;
        this.kept = [];
        return undefined;
      }
      for (const chat of page) entries.push(chat);
      position = { epoch: head.epoch, offset: last.offset };
    }
    const keep = entries.length <= MAX_KEPT;
    this.kept = keep ? entries : [];
    this.position = keep ? position : undefined;
    return entries;
  }
}

function firstAbove(chats: readonly Chat[], offset: number): number {
  let low = 0;
  for (let high = chats.length; low < high;) {
    const middle = (low + high) >> 1;
    if ((chats[middle]?.offset ?? Infinity) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
