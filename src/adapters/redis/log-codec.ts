import { undecodable, type Chat, type ChatDraft } from '../../domain/chat';
import { EMOTIONS, type Emotion } from '../../domain/emotion';

/**
 * room, authorId, author, text, emotions, index of the dominant one in EMOTIONS (-1 for none), then what older versions do not
 * write: index of the feeling (-1 for none), answers, revision and, from the second generation of the model on, its number.
 */
type Content = readonly [string, string, string, string, readonly number[], number, number?, (string | null)?, number?, number?];
/** id, epoch, sentAt, content, and 1 if the entry is hidden, else 0 (older versions wrote hidden entries only, without the 1). */
type Changed = readonly [string, string, number, string, number?];

/** An entry as XRANGE and XREAD return it: `<offset>-0`, then names and values in turn. */
export type StreamEntry = readonly [string, readonly string[]];

const indexOf = (emotion: Emotion | null): number => (emotion === null ? -1 : EMOTIONS.indexOf(emotion));

export function encodeContent({ revision = 0, ...chat }: ChatDraft & Partial<Pick<Chat, 'revision'>>): string {
  const { room, authorId, author, text, emotions, dominant, feeling, answers, scoredBy } = chat;
  const content: Content = [room, authorId, author, text, emotions, indexOf(dominant), indexOf(feeling), answers];
  return JSON.stringify(
    scoredBy === undefined ? (revision ? [...content, revision] : content) : [...content, revision, scoredBy],
  );
}

/**
 * The append script always writes the names in this order.
 * @param epoch for an entry that does not name its own
 * @param base of the partition's band; 0: the offset stays as it is in Redis
 * @returns an undecodable entry (see domain/chat) instead of throwing
 */
export function decodeEntry([entryId, [, id, , ownEpoch, , sentAt, , content]]: StreamEntry, epoch = '', base = 0): Chat {
  const offset = Number.parseInt(entryId, 10) + base;
  return decode({ offset, id, epoch: ownEpoch ?? epoch, sentAt: Number(sentAt), content, hidden: false });
}

export const encodeChanged = (chat: Chat): string =>
  JSON.stringify([chat.id, chat.epoch, chat.sentAt, encodeContent(chat), chat.hidden ? 1 : 0] satisfies Changed);

/** @returns an undecodable entry (see domain/chat) instead of throwing */
export function decodeChanged(offset: number, text: string, epoch = ''): Chat {
  try {
    const [id, ownEpoch, sentAt, content, hidden = 1] = JSON.parse(text) as Changed;
    return decode({ offset, id, epoch: ownEpoch, sentAt, content, hidden: hidden === 1 });
  } catch {
    return undecodable({ offset, epoch });
  }
}

interface Encoded extends Pick<Chat, 'offset' | 'epoch' | 'hidden' | 'sentAt'> {
  readonly id: string | undefined;
  readonly content: string | undefined;
}

function decode({ offset, id, epoch, sentAt, content, hidden }: Encoded): Chat {
  try {
    const [room, authorId, author, text, emotions, dominant, feeling = -1, answers = null, revision = 0, scoredBy] = JSON.parse(
      content ?? '',
    ) as Content;
    const isValid = [id, room, authorId, author, text].every((field) => typeof field === 'string') && Array.isArray(emotions);
    if (!isValid || !id || !Number.isFinite(sentAt)) return undecodable({ offset, epoch, id, sentAt });
    const said = { feeling: EMOTIONS[feeling] ?? null, answers, revision };
    return {
      id,
      room,
      authorId,
      author,
      text,
      emotions,
      dominant: EMOTIONS[dominant] ?? null,
      ...said,
      ...(scoredBy !== undefined && { scoredBy }),
      epoch,
      offset,
      sentAt,
      hidden,
    };
  } catch {
    return undecodable({ offset, epoch, id, sentAt });
  }
}
