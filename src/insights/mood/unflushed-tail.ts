import type { Chat } from '../../domain/chat';
import type { LogPosition } from '../../domain/position';
import type { ChatLog } from '../../ports/chat-log';

const PAGE = 500;
/** Entries kept between calls, so that each is read from the log once. A longer backlog is read anew by every call. */
const MAX_KEPT = 10_000;
const MAX_ATTEMPTS = 5;

/**
 * What the log holds and the store may not hold yet: every entry above the committed offset. Reads only what came since the
 * last call. An entry may be in the store already when it is returned (stored, but not committed); readers tell by its offset.
 */
export class UnflushedTail {
  private kept: Chat[] = [];
  /** The place up to which `kept` is complete. */
  private place: LogPosition | undefined;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly log: Pick<ChatLog, 'head' | 'read' | 'committed'>) {}

  /** Oldest first. */
  of(room: string): Promise<readonly Chat[]> {
    const result = this.turn.then(async () => (await this.all()).filter((chat) => chat.room === room));
    this.turn = result.catch(() => undefined);
    return result;
  }

  private async all(): Promise<readonly Chat[]> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const entries = await this.refresh();
      if (entries) return entries;
    }
    throw new Error('the log was trimmed or replaced during every attempt to read its tail');
  }

  /** Undefined, and everything forgotten, if the log moved away meanwhile. */
  private async refresh(): Promise<readonly Chat[] | undefined> {
    const committed = await this.log.committed();
    const head = await this.log.head();
    const known = this.place?.epoch === head.epoch && this.place.offset >= committed && this.place.offset <= head.offset;
    const entries = known ? this.kept.slice(firstAbove(this.kept, committed)) : [];
    let place: LogPosition = known && this.place ? this.place : { epoch: head.epoch, offset: Math.min(committed, head.offset) };
    while (place.offset < head.offset) {
      const page = await this.log.read(place, Math.min(PAGE, head.offset - place.offset));
      const last = page?.at(-1);
      if (!page || !last) {
        this.place = undefined;
        this.kept = [];
        return undefined;
      }
      for (const chat of page) entries.push(chat);
      place = { epoch: head.epoch, offset: last.offset };
    }
    const keep = entries.length <= MAX_KEPT;
    this.kept = keep ? entries : [];
    this.place = keep ? place : undefined;
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
