import type { AccountSettings } from '../accounts/account-settings';
import type { Chat } from '../domain/chat';
import { EMOTIONS } from '../domain/emotion';
import { MAX_PAGE_SIZE, parsePage } from '../domain/page';
import type { Viewer } from '../domain/user';
import type { History } from '../flow/history';

/** Of MAX_PAGE_SIZE messages each: what one answer holds. */
const READS_PER_PAGE = 10;
const PAGE_SIZE = READS_PER_PAGE * MAX_PAGE_SIZE;

const iso = (ms: number): string => new Date(ms).toISOString();

/**
 * Ready for JSON: account and log-ins on every page, and one page of the messages; neither reports nor mutes.
 * @throws DomainError BAD_USER_INPUT, UNAUTHENTICATED, UNAVAILABLE
 */
export async function exportData(
  care: AccountSettings,
  history: History,
  viewer: Viewer,
  page: number,
): Promise<Record<string, unknown>> {
  const first = (parsePage(page) - 1) * READS_PER_PAGE + 1;
  const { username, email, joinedAt } = await care.user(viewer);
  const sessions = await care.sessions(viewer);
  const messages: Chat[] = [];
  let hasMore = true;
  for (let read = first; hasMore && read < first + READS_PER_PAGE; read++) {
    const slice = await history.ownLog(viewer.userId, read, MAX_PAGE_SIZE);
    messages.push(...slice.items);
    hasMore = slice.hasMore;
  }
  return {
    account: { id: viewer.userId, username, email, joinedAt: iso(joinedAt) },
    sessions: sessions.map(({ id, createdAt, expiresAt }) => ({ id, createdAt: iso(createdAt), expiresAt: iso(expiresAt) })),
    messages: messages.map(({ id, room, author, text, sentAt, hidden, emotions }) => ({
      ...{ id, room, author, text, sentAt: iso(sentAt), hidden },
      emotions: Object.fromEntries(EMOTIONS.map((emotion, i) => [emotion, emotions[i] ?? 0])),
    })),
    page,
    pageSize: PAGE_SIZE,
    hasMore,
  };
}
