import { newestFirst, type Chat } from '../../domain/chat';

/** Inclusive. */
export interface OffsetRun {
  readonly first: number;
  readonly last: number;
}

/** The `count` newest of lists that are each newest first, by sentAt and then by offset. Reads from each list only what it needs. */
export function newestOf(runs: readonly Iterator<Chat, undefined>[], count: number): Chat[] {
  const heads = runs.map((rest) => ({ rest, chat: rest.next().value }));
  const newest: Chat[] = [];
  while (newest.length < count) {
    let first: (typeof heads)[number] | undefined;
    for (const head of heads) if (head.chat && (!first?.chat || newestFirst(head.chat, first.chat) < 0)) first = head;
    if (!first?.chat) break;
    newest.push(first.chat);
    first.chat = first.rest.next().value;
  }
  return newest;
}

/** What ranges that do not overlap leave out of all offsets. */
export function gapsBetween(ranges: readonly OffsetRun[]): OffsetRun[] {
  const gaps: OffsetRun[] = [];
  let next = 1;
  for (const { first, last } of ranges.toSorted((a, b) => a.first - b.first)) {
    if (first > last) continue;
    if (first > next) gaps.push({ first: next, last: first - 1 });
    next = last + 1;
  }
  return next < Number.MAX_SAFE_INTEGER ? [...gaps, { first: next, last: Number.MAX_SAFE_INTEGER - 1 }] : gaps;
}
