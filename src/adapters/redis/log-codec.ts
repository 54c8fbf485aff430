import { hide, type Chat, type ChatDraft } from '../../domain/chat';
import { EMOTIONS } from '../../domain/emotion';

/** room, authorId, author, text, emotions, place of the dominant one in EMOTIONS (-1 for none). */
type Content = readonly [string, string, string, string, readonly number[], number];
/** id, epoch, sentAt, content of an erased entry. */
type Tomb = readonly [string, string, number, string];

/** As XRANGE and XREAD answer: `<offset>-0` and names with values. */
export type StreamEntry = readonly [string, readonly string[]];

export const encodeContent = ({ room, authorId, author, text, emotions, dominant }: ChatDraft): string =>
  JSON.stringify([room, authorId, author, text, emotions, dominant === null ? -1 : EMOTIONS.indexOf(dominant)] satisfies Content);

/** The append script writes the names in this order, always. */
export function decodeEntry([place, [, id = '', , epoch = '', , sentAt, , content = '']]: StreamEntry): Chat {
  return decode(Number.parseInt(place, 10), id, epoch, Number(sentAt), content, false);
}

export function encodeTomb(chat: Chat): string {
  const hidden = hide(chat);
  return JSON.stringify([chat.id, chat.epoch, chat.sentAt, encodeContent(hidden)] satisfies Tomb);
}

export function decodeTomb(offset: number, text: string): Chat {
  const [id, epoch, sentAt, content] = JSON.parse(text) as Tomb;
  return decode(offset, id, epoch, sentAt, content, true);
}

function decode(offset: number, id: string, epoch: string, sentAt: number, content: string, hidden: boolean): Chat {
  const [room, authorId, author, text, emotions, dominant] = JSON.parse(content) as Content;
  return { id, room, authorId, author, text, emotions, dominant: EMOTIONS[dominant] ?? null, epoch, offset, sentAt, hidden };
}
