import type { Chat } from '../../domain/chat';
import { EMOTIONS } from '../../domain/emotion';

/**
 * A chat as it is stored under its offset: id, room, authorId, author, text, emotions, place of the dominant one in EMOTIONS
 * (-1 for none), epoch, sentAt, hidden (0 or 1).
 */
export type ChatTuple = readonly [string, string, string, string, string, readonly number[], number, string, number, number];

export const chatToTuple = (chat: Chat): ChatTuple => [
  chat.id,
  chat.room,
  chat.authorId,
  chat.author,
  chat.text,
  chat.emotions,
  chat.dominant === null ? -1 : EMOTIONS.indexOf(chat.dominant),
  chat.epoch,
  chat.sentAt,
  chat.hidden ? 1 : 0,
];

export function chatFromTuple(offset: number, tuple: ChatTuple): Chat {
  const [id, room, authorId, author, text, emotions, dominant, epoch, sentAt, hidden] = tuple;
  return {
    id,
    room,
    authorId,
    author,
    text,
    emotions,
    dominant: EMOTIONS[dominant] ?? null,
    epoch,
    offset,
    sentAt,
    hidden: hidden === 1,
  };
}
