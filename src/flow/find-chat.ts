import type { Chat } from '../domain/chat';
import { DomainError, isUnavailable } from '../domain/errors';
import { isId } from '../domain/id';
import type { ChatLog, LogLookup } from '../ports/chat-log';
import type { ChatStore } from '../ports/chat-store';

/** The current state of a message in the log or in the store. @param id any text @throws DomainError UNAVAILABLE */
export async function findChat(
  log: Pick<ChatLog, 'find'>,
  store: Pick<ChatStore, 'byId'>,
  id: string,
): Promise<Chat | undefined> {
  if (!isId(id)) return undefined;
  const found = await lookUp(log, store, id);
  // The log may forget ids after a while. A message with an id that it does not know may still be stored.
  return found.state === 'present' ? found.chat : store.byId(id);
}

export const noSuchMessage = (): DomainError => new DomainError('NOT_FOUND', 'There is no such message.');

/** As findChat. @throws DomainError NOT_FOUND, UNAVAILABLE */
export async function requireChat(...args: Parameters<typeof findChat>): Promise<Chat> {
  const chat = await findChat(...args);
  if (!chat) throw noSuchMessage();
  return chat;
}

/** In all partitions. While one is unavailable, the store says which one may have the message, if it is in the store. */
async function lookUp(log: Pick<ChatLog, 'find'>, store: Pick<ChatStore, 'byId'>, id: string): Promise<LogLookup> {
  try {
    return await log.find(id);
  } catch (error) {
    const stored = isUnavailable(error) ? await store.byId(id) : undefined;
    if (!stored) throw error;
    return log.find(id, stored.room);
  }
}

/** The current states of messages by id; unknown ids are left out. @param ids any texts @throws DomainError UNAVAILABLE */
export async function findChats(
  log: Pick<ChatLog, 'find'>,
  store: Pick<ChatStore, 'byIds'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Chat>> {
  const chats = new Map<string, Chat>();
  const possible = [...new Set(ids)].filter(isId);
  const byId = async (id: string): Promise<Chat | undefined> => (await store.byIds([id]))[0];
  const found = await Promise.all(possible.map((id) => lookUp(log, { byId }, id)));
  for (const lookup of found) if (lookup.state === 'present') chats.set(lookup.chat.id, lookup.chat);
  const rest = possible.filter((id) => !chats.has(id));
  for (const chat of rest.length > 0 ? await store.byIds(rest) : []) chats.set(chat.id, chat);
  return chats;
}
