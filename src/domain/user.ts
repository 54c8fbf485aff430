import { badInput } from './errors';

export interface User {
  readonly id: string;
  /** As entered, after NFKC and trimming. */
  readonly username: string;
  readonly email: string | null;
  readonly joinedAt: number;
  /** Made without a password by somebody who only tries the service. */
  readonly isGuest: boolean;
}

/** The user and session of a request or socket, according to its access token. */
export interface Viewer {
  readonly userId: string;
  readonly username: string;
  readonly sessionId: string;
  /** When the access token expires, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** Only for the screen of a private room: it reads this room while the key is that of the room's link, and does nothing else. */
  readonly screen?: { readonly room: string; readonly key: string };
}

export interface Name<T extends string = string> {
  /** Form to show. */
  readonly display: string;
  /** Form to compare: two names are the same if their keys are equal. */
  readonly key: T;
}

export const MAX_PASSWORD_BYTES = 72;
/** In UTF-16 code units. */
export const MAX_EMAIL_LENGTH = 254;

/** The form that a lookup compares: NFKC, trimmed, case-folded. Validates nothing. */
export const usernameKey = (raw: string): string => raw.normalize('NFKC').trim().toLowerCase();
export const emailKey = (raw: string): string => raw.normalize('NFC').trim().toLowerCase();

/** @returns U+ and at least four hexadecimal digits, for example U+0430 */
const codeOf = (letter: string): string => `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** @throws DomainError BAD_USER_INPUT */
export function parseUsername(raw: string): Name {
  const key = usernameKey(raw);
  if (!/^([a-z0-9_가-힣]{3,20}|[가-힣]{2})$/u.test(key)) {
    const foreign = /(?![a-z가-힣])\p{L}/u.exec(key)?.[0];
    const warning = foreign === undefined ? '' : ` ${codeOf(foreign)} is another letter, even if it looks like one of them.`;
    throw badInput(
      'username',
      `username must be 3 to 20 letters a-z, digits, '_' or Hangul syllables, or 2 Hangul syllables.${warning}`,
    );
  }
  return { display: raw.normalize('NFKC').trim(), key };
}

/**
 * The local part may hold every character that RFC 5321 allows without quotes, and those of other scripts (RFC 6531).
 * @throws DomainError BAD_USER_INPUT
 */
export function parseEmail(raw: string): Name {
  const display = raw.normalize('NFC').trim();
  if (
    !raw.isWellFormed() ||
    display.length > MAX_EMAIL_LENGTH ||
    !/^[^\s@<>"(),:;[\]\\\p{C}]{1,64}@[^\s@<>"'(),:;\p{C}.]+(\.[^\s@<>"'(),:;\p{C}.]+)+$/u.test(display)
  ) {
    throw badInput('email', 'email is not an e-mail address.');
  }
  return { display, key: emailKey(raw) };
}

/** The form that is hashed (RFC 8265, OpaqueString): NFC, and a plain space for every other space character. */
export const normalizePassword = (raw: string): string => raw.replace(/\p{Zs}/gu, ' ').normalize('NFC');

/**
 * Refuses more than 72 bytes, because bcrypt ignores the rest.
 * @returns the password in the form that is hashed
 * @throws DomainError BAD_USER_INPUT; the message never repeats the password
 */
export function parsePassword(raw: string, field = 'password'): string {
  const password = normalizePassword(raw);
  const bytes = Buffer.byteLength(password);
  if (!raw.isWellFormed() || raw.includes('\0')) throw badInput(field, `${field} contains characters that cannot be used.`);
  if (bytes < 8) throw badInput(field, `${field} is shorter than 8 bytes.`);
  if (bytes > MAX_PASSWORD_BYTES) throw badInput(field, `${field} is longer than ${MAX_PASSWORD_BYTES} bytes.`);
  if (!/\p{L}/u.test(password) || !/\p{Nd}/u.test(password)) throw badInput(field, `${field} needs a letter and a digit.`);
  return password;
}
