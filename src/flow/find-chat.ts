import type { Chat } from '../domain/chat';
import { isId } from '../domain/id';
import type { ChatLog } from '../ports/chat-log';
import type { ChatStore } from '../ports/chat-store';

/** The current state of a message in the log or in the store. @param id any text @throws DomainError UNAVAILABLE */
export async function findChat(
  log: Pick<ChatLog, 'find'>,
  store: Pick<ChatStore, 'byId'>,
  id: string,
): Promise<Chat | undefined> {
  if (!isId(id)) return undefined;
  const found = await log.find(id);
  // The log may forget ids after a while. A message with an id that it does not know may still be stored.
  return found.state === 'present' ? found.chat : store.byId(id);
}
