import { hash } from 'node:crypto';
import { badInput } from './errors';
import { NO_EMOTION, type Emotion } from './emotion';
import { isBlank, normalizeText } from './text';

/** A message before it is appended to the log. */
export interface ChatDraft {
  /** Derived from author and clientMessageId (see `chatId`), so a repeated send has the same id in every process. */
  readonly id: string;
  readonly room: string;
  readonly authorId: string;
  /** Name shown to readers: the username or, in an anonymous room, the alias of the day. Fixed at append. */
  readonly author: string;
  readonly text: string;
  /** What the local model reads, in whole percents in the order of EMOTIONS. */
  readonly emotions: readonly number[];
  /** The strongest of `emotions`, or null if none is clearly present. */
  readonly dominant: Emotion | null;
  /** Model that read the emotions, with its correction (`scoredByOf`); absent for the first model, jungle-local-1. */
  readonly scoredBy?: number | undefined;
  /** What the author says they feel; null if they leave it to the model. */
  readonly feeling: Emotion | null;
  /** Id of the question that the message answers, or null. */
  readonly answers: string | null;
}

/** A message in the log. It never changes, except that its feeling may change and that it may be erased or lose its author. */
export interface Chat extends ChatDraft {
  readonly epoch: string;
  /** Position in the log, a positive integer. */
  readonly offset: number;
  /** Milliseconds since 1970, set by the log. Never below the sentAt of the entry before. */
  readonly sentAt: number;
  /** Number of changes of the feeling. Of two changes the one with the higher number is the later. */
  readonly revision: number;
  /** True for a tombstone: the message keeps id, room and offset; its text is empty. */
  readonly hidden: boolean;
}

/** Generations of the model have numbers below this. */
const GENERATIONS = 1_000;

/**
 * One number for both: 2 is jungle-local-2, 7002 the same with its seventh correction.
 * @param correction version of the correction; 0 without one
 */
export const scoredByOf = (generation: number, correction: number): number => generation + GENERATIONS * correction;

/**
 * Generation of the model that read the emotions of a message. Scores of different generations are not comparable. Corrections of one
 * generation are small and do not change that.
 */
export const generationOf = ({ scoredBy = 1 }: Pick<ChatDraft, 'scoredBy'>): number => scoredBy % GENERATIONS;

/** The newer fields of messages that versions without these fields stored. */
export const NOTHING_SAID: Pick<Chat, 'feeling' | 'answers' | 'revision'> = { feeling: null, answers: null, revision: 0 };

export type FeelingChange = Pick<Chat, 'feeling' | 'revision'>;

/** @returns the same message if it is erased, or has this or a later change */
export const withFeeling = (chat: Chat, { feeling, revision }: FeelingChange): Chat =>
  chat.hidden || chat.revision >= revision ? chat : { ...chat, feeling, revision };

/** The emotion to show for a message: what its author says, else what the model reads. */
export const shownEmotion = ({ feeling, dominant }: Pick<ChatDraft, 'feeling' | 'dominant'>): Emotion | null =>
  feeling ?? dominant;

/** The author of a message and the name shown. */
export type Authorship = Pick<ChatDraft, 'authorId' | 'author'>;

/** The tombstone of a message. It keeps id, author, room and position but neither text, emotions and feeling nor what it answers. */
export const toTombstone = (chat: Chat): Chat => ({
  ...chat,
  text: '',
  emotions: chat.emotions.map(() => 0),
  dominant: null,
  feeling: null,
  answers: null,
  hidden: true,
});

/** Stands for an entry of the log that cannot be decoded. It keeps its position, so that readers go on behind it, and has no room. */
export function undecodable({
  offset,
  epoch,
  id = `undecodable-${epoch}-${offset}`,
  sentAt = 0,
}: Pick<Chat, 'offset' | 'epoch'> & { readonly id?: string | undefined; readonly sentAt?: number }): Chat {
  const empty = { ...{ room: '', authorId: '', author: '', text: '', emotions: NO_EMOTION }, dominant: null, ...NOTHING_SAID };
  return { ...empty, id, epoch, offset, sentAt: Number.isFinite(sentAt) ? sentAt : 0, hidden: true };
}

/** Messages of partitions have no common order but their times. Those of a room stay in their order. */
export const newestFirst = (a: Pick<Chat, 'sentAt' | 'offset'>, b: Pick<Chat, 'sentAt' | 'offset'>): number =>
  b.sentAt - a.sentAt || b.offset - a.offset;

export const isUndecodable = ({ room }: Pick<Chat, 'room'>): boolean => room === '';

export const MAX_TEXT_CODE_POINTS = 1000;
export const MAX_CLIENT_MESSAGE_ID_BYTES = 128;

/** 128 bits of SHA-256 over author and clientMessageId in base64url. The separator NUL cannot occur in a user id. */
export const chatId = (authorId: string, clientMessageId: string): string =>
  hash('sha256', `${authorId}\0${clientMessageId}`, 'buffer').subarray(0, 16).toString('base64url');

const CONTROL_BUT_NEWLINE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;

/**
 * Normalises to NFC and LF line ends, and trims.
 * @throws DomainError BAD_USER_INPUT for text that is blank, longer than 1,000 code points, ill-formed or has control characters
 */
export function parseText(raw: string): string {
  if (!raw.isWellFormed()) throw badInput('text', 'text is not well-formed Unicode.');
  const text = normalizeText(raw);
  if (CONTROL_BUT_NEWLINE.test(text)) throw badInput('text', 'text may not contain control characters other than a line break.');
  if (isBlank(text)) throw badInput('text', 'text is empty.');
  if (codePoints(text) > MAX_TEXT_CODE_POINTS) throw badInput('text', `text is longer than ${MAX_TEXT_CODE_POINTS} characters.`);
  return text;
}

/** @throws DomainError BAD_USER_INPUT */
export function parseClientMessageId(raw: string): string {
  if (raw === '' || !raw.isWellFormed() || Buffer.byteLength(raw) > MAX_CLIENT_MESSAGE_ID_BYTES) {
    throw badInput('clientMessageId', `clientMessageId must be 1 to ${MAX_CLIENT_MESSAGE_ID_BYTES} bytes of text.`);
  }
  return raw;
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
