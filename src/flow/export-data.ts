import type { Chat } from '../domain/chat';
import { EMOTIONS } from '../domain/emotion';
import { MAX_PAGE_SIZE, parsePage } from '../domain/page';
import type { User, Viewer } from '../domain/user';
import type { MembershipStore } from '../ports/membership-store';
import type { Session } from '../ports/session-store';
import type { History } from './history';

/** Reads of MAX_PAGE_SIZE messages each that fill one page. */
const READS_PER_PAGE = 10;
const PAGE_SIZE = READS_PER_PAGE * MAX_PAGE_SIZE;

export interface ExportDataDeps {
  /** @throws DomainError UNAUTHENTICATED if the account was deleted */
  readonly user: (viewer: Viewer) => Promise<User>;
  readonly sessions: (viewer: Viewer) => Promise<readonly Session[]>;
  readonly history: Pick<History, 'ownLog'>;
  readonly memberships: Pick<MembershipStore, 'ofUser'>;
}

const iso = (ms: number): string => new Date(ms).toISOString();

/**
 * The stored data of the viewer as JSON: the account, its active sessions and its memberships on every page, and one page of its messages. Reports
 * and mutes are not included.
 * @param page page of the messages, from 1
 * @throws DomainError BAD_USER_INPUT, UNAUTHENTICATED, UNAVAILABLE
 */
export async function exportData(
  { user, sessions, history, memberships }: ExportDataDeps,
  viewer: Viewer,
  page: number,
): Promise<Record<string, unknown>> {
  const first = (parsePage(page) - 1) * READS_PER_PAGE + 1;
  const { username, email, joinedAt } = await user(viewer);
  const active = await sessions(viewer);
  const messages: Chat[] = [];
  let hasMore = true;
  for (let read = first; hasMore && read < first + READS_PER_PAGE; read++) {
    const slice = await history.ownLog(viewer.userId, read, MAX_PAGE_SIZE);
    messages.push(...slice.items);
    hasMore = slice.hasMore;
  }
  return {
    account: { id: viewer.userId, username, email, joinedAt: iso(joinedAt) },
    sessions: active.map(({ id, createdAt, expiresAt }) => ({ id, createdAt: iso(createdAt), expiresAt: iso(expiresAt) })),
    memberships: (await memberships.ofUser(viewer.userId)).map(({ room, role, since }) => ({ room, role, since: iso(since) })),
    messages: messages.map(({ id, room, author, text, sentAt, hidden, emotions, feeling, answers }) => ({
      ...{ id, room, author, text, sentAt: iso(sentAt), hidden, feeling, answers },
      emotions: Object.fromEntries(EMOTIONS.map((emotion, i) => [emotion, emotions[i] ?? 0])),
    })),
    page,
    pageSize: PAGE_SIZE,
    hasMore,
  };
}
