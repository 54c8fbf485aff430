import { badInput, DomainError } from './errors';
import { isBlank, normalizeText } from './text';

export interface Room {
  readonly id: string;
  readonly title: string;
  readonly anonymous: boolean;
  /** Language of the aliases in an anonymous room. */
  readonly aliasLocale: 'ko' | 'en';
  readonly createdAt: number;
  readonly settings: RoomSettings;
  /** Increases with each change of title and settings, from 0 (absent), so that a reader can tell the newer of two copies. */
  readonly version?: number;
}

/** Treatment of listed words: OFF ignores them, MASK replaces them by asterisks, REFUSE refuses the message. */
export type WordFilterMode = 'OFF' | 'MASK' | 'REFUSE';

/** PUBLIC: listed, anybody reads. UNLISTED: whoever knows the address reads. PRIVATE: members alone; to others it does not exist. */
export type Visibility = 'PUBLIC' | 'UNLISTED' | 'PRIVATE';

/** What the screen of a room shows: its notes, the notes of the moment of pausing, or nothing. */
export type ScreenState = 'SHOW' | 'PAUSE' | 'BLANK';

/** Settings of a room that its hosts and moderators may change. */
export interface RoomSettings {
  readonly wordFilter: WordFilterMode;
  /** Seconds that an author has to wait between two messages in the room; 0 turns slow mode off. */
  readonly slowModeSeconds: number;
  readonly visibility: Visibility;
  /** An archived room is read, but no longer written to. */
  readonly archived: boolean;
  readonly guestsMayWrite: boolean;
  /** Whether a language model outside may write the letter of a PRIVATE room. */
  readonly letterByModel: boolean;
  /** Words that the hosts do not want, besides the built-in list. */
  readonly ownWords: readonly string[];
  readonly screen: ScreenState;
  /** Key of the link that shows a PRIVATE room on a screen; null before the first. */
  readonly screenKey: string | null;
  /** Whether the room was ever PRIVATE. Such a room with a message never becomes readable for others. */
  readonly everPrivate: boolean;
  /** Id of the account that created the room, until it is stored as the first host. */
  readonly founder: string | null;
}

/** Whether everybody may learn that the room exists. */
export const isPublic = ({ settings }: Pick<Room, 'settings'>): boolean => settings.visibility === 'PUBLIC';

/** What may change of a room. */
export type RoomChanges = Partial<RoomSettings> & { readonly title?: string };

export const DEFAULT_ROOM_SETTINGS: RoomSettings = {
  wordFilter: 'OFF',
  slowModeSeconds: 0,
  visibility: 'PUBLIC',
  archived: false,
  guestsMayWrite: true,
  letterByModel: false,
  ownWords: [],
  screen: 'SHOW',
  screenKey: null,
  everPrivate: false,
  founder: null,
};
export const MAX_SLOW_MODE_SECONDS = 3600;

const MAX_TITLE_CODE_POINTS = 80;
export const MAX_OWN_WORDS = 200;
const MAX_OWN_WORD_CODE_POINTS = 40;

export const noSuchRoom = (): DomainError => new DomainError('NOT_FOUND', 'There is no such room.', { field: 'room' });

export const isRoomId = (raw: string): boolean => /^[a-z0-9-]{1,40}$/.test(raw);

/** @throws DomainError BAD_USER_INPUT */
export function parseRoomId(raw: string): string {
  if (!isRoomId(raw)) throw badInput('id', "id must be 1 to 40 of a-z, 0-9 and '-'.");
  return raw;
}

/** @throws DomainError BAD_USER_INPUT */
export function parseTitle(raw: string): string {
  const title = normalizeText(raw);
  if (!raw.isWellFormed() || title === '' || [...title].length > MAX_TITLE_CODE_POINTS || /\p{C}/u.test(title)) {
    throw badInput('title', `title must be 1 to ${MAX_TITLE_CODE_POINTS} visible characters on one line.`);
  }
  return title;
}

/** @returns the words in the form that is compared, each once @throws DomainError BAD_USER_INPUT */
export function parseOwnWords(raw: readonly string[]): readonly string[] {
  if (raw.length > MAX_OWN_WORDS) throw badInput('ownWords', `ownWords may have at most ${MAX_OWN_WORDS} entries.`);
  const words = raw.map((word) => normalizeText(word).replaceAll(/\s+/gu, ' ').toLowerCase());
  const isPossible = (word: string): boolean =>
    word.isWellFormed() && !isBlank(word) && [...word].length <= MAX_OWN_WORD_CODE_POINTS && !/\p{Cc}/u.test(word);
  if (words.every(isPossible)) return [...new Set(words)];
  throw badInput('ownWords', `Each of ownWords must be 1 to ${MAX_OWN_WORD_CODE_POINTS} characters on one line.`);
}
