import { setTimeout as delay } from 'node:timers/promises';
import { seen, type Seen } from './history';
import { ask, type Api } from './load';

const RETRY_MS = 500;
const TRIES = 30;

interface Page {
  readonly chats: {
    readonly edges: readonly { readonly node: { id: string; text: string; cursor: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

const QUERY = `query ($room: ID!, $after: ChatCursor) {
  chats(room: $room, first: 100, after: $after) { edges { node { id text cursor } } pageInfo { hasNextPage endCursor } }
}`;

/** All messages of a room, oldest first. @throws the last error if reading fails 30 times */
export async function readHistory(room: string, pick: () => Api): Promise<Seen[]> {
  const all: Seen[] = [];
  let failures = 0;
  for (let after: string | null = null; ;) {
    try {
      const { chats }: Page = await ask<Page>(pick(), QUERY, { room, after });
      all.push(...chats.edges.map(({ node }) => seen(node, room)));
      after = chats.pageInfo.endCursor;
      if (!chats.pageInfo.hasNextPage) return all.reverse();
    } catch (error) {
      if (++failures > TRIES) throw error;
      await delay(RETRY_MS);
    }
  }
}
