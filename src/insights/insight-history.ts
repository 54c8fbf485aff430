import { badInput } from '../domain/errors';
import type { Insight } from '../domain/insight';
import { parsePageSize } from '../domain/page';
import type { InsightStore } from '../ports/insight-store';

export interface InsightPage {
  readonly edges: readonly { readonly cursor: string; readonly insight: Insight }[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

/** Pages of scheduled insights, newest first. A cursor is the room and the end of a window in base64url. */
export class InsightHistory {
  constructor(private readonly store: Pick<InsightStore, 'byId' | 'latest' | 'page'>) {}

  async latest(room: string): Promise<Insight | null> {
    return (await this.store.latest(room)) ?? null;
  }

  async byId(id: string): Promise<Insight | null> {
    return (await this.store.byId(id)) ?? null;
  }

  /** @throws DomainError BAD_USER_INPUT for a size beyond 1..100 or a cursor that was not given out for this room */
  async page(room: string, first: number, after?: string | null): Promise<InsightPage> {
    const size = parsePageSize(first, 'first');
    const before = after === undefined || after === null ? undefined : decode(room, after);
    const found = await this.store.page(room, before, size + 1);
    const edges = found.slice(0, size).map((insight) => ({ cursor: encode(room, insight.window.end), insight }));
    return { edges, hasNextPage: found.length > size, endCursor: edges.at(-1)?.cursor ?? null };
  }
}

const encode = (room: string, windowEnd: number): string => Buffer.from(`i1.${room}.${windowEnd}`).toString('base64url');

function decode(room: string, cursor: string): number {
  const [, digits] = /\.(\d{1,16})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  const windowEnd = Number(digits);
  if (digits === undefined || encode(room, windowEnd) !== cursor) throw badInput('after', 'after is not a cursor of this list.');
  return windowEnd;
}
