import type { Chat, ChatDraft } from '../../domain/chat';
import { EMOTIONS } from '../../domain/emotion';

/** room, authorId, author, text, emotions, index of the dominant one in EMOTIONS (-1 for none). */
type Content = readonly [string, string, string, string, readonly number[], number];
/** id, epoch, sentAt, content, and 1 if the entry is hidden, else 0 (older versions wrote hidden entries only, without the 1). */
type Changed = readonly [string, string, number, string, number?];

/** An entry as XRANGE and XREAD return it: `<offset>-0`, then names and values in turn. */
export type StreamEntry = readonly [string, readonly string[]];

export const encodeContent = ({ room, authorId, author, text, emotions, dominant }: ChatDraft): string =>
  JSON.stringify([room, authorId, author, text, emotions, dominant === null ? -1 : EMOTIONS.indexOf(dominant)] satisfies Content);

/** The append script always writes the names in this order. */
export function decodeEntry([entryId, [, id = '', , epoch = '', , sentAt, , content = '']]: StreamEntry): Chat {
  return decode(Number.parseInt(entryId, 10), id, epoch, Number(sentAt), content, false);
}

export const encodeChanged = (chat: Chat): string =>
  JSON.stringify([chat.id, chat.epoch, chat.sentAt, encodeContent(chat), chat.hidden ? 1 : 0] satisfies Changed);

export function decodeChanged(offset: number, text: string): Chat {
  const [id, epoch, sentAt, content, hidden = 1] = JSON.parse(text) as Changed;
  return decode(offset, id, epoch, sentAt, content, hidden === 1);
}

function decode(offset: number, id: string, epoch: string, sentAt: number, content: string, hidden: boolean): Chat {
  const [room, authorId, author, text, emotions, dominant] = JSON.parse(content) as Content;
  return { id, room, authorId, author, text, emotions, dominant: EMOTIONS[dominant] ?? null, epoch, offset, sentAt, hidden };
}
