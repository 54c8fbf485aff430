import type { Chat } from '../domain/chat';
import type { ChatLog } from '../ports/chat-log';
import type { ChatStore } from '../ports/chat-store';

/** The message as it is now, wherever it is. @throws DomainError UNAVAILABLE */
export async function findChat(
  log: Pick<ChatLog, 'find'>,
  store: Pick<ChatStore, 'byId'>,
  id: string,
): Promise<Chat | undefined> {
  const found = await log.find(id);
  // Clustered, the log forgets ids after a while: what it does not know may still be stored.
  return found.state === 'present' ? found.chat : store.byId(id);
}
