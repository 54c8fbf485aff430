import type { Chat, ChatDraft } from '../../domain/chat';
import { EMOTIONS } from '../../domain/emotion';

/** room, authorId, author, text, emotions, place of the dominant one in EMOTIONS (-1 for none). */
type Content = readonly [string, string, string, string, readonly number[], number];
/** id, epoch, sentAt and content of an entry that was changed, and whether it is hidden (0 or 1; left out by older versions: 1). */
type Changed = readonly [string, string, number, string, number?];

/** As XRANGE and XREAD answer: `<offset>-0` and names with values. */
export type StreamEntry = readonly [string, readonly string[]];

export const encodeContent = ({ room, authorId, author, text, emotions, dominant }: ChatDraft): string =>
  JSON.stringify([room, authorId, author, text, emotions, dominant === null ? -1 : EMOTIONS.indexOf(dominant)] satisfies Content);

/** The append script writes the names in this order, always. */
export function decodeEntry([place, [, id = '', , epoch = '', , sentAt, , content = '']]: StreamEntry): Chat {
  return decode(Number.parseInt(place, 10), id, epoch, Number(sentAt), content, false);
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
