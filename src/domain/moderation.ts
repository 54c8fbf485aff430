import { badInput } from './errors';
import { normalizeText } from './text';

export interface Report {
  readonly chatId: string;
  readonly room: string;
  readonly reporterId: string;
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Whether the reporter shows a message of a PRIVATE room to the moderators. */
  readonly toModerators?: true;
}

/** The account may not send messages until the given time. */
export interface Mute {
  readonly userId: string;
  /** Absent: in all rooms. */
  readonly room?: string;
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

export type AuditAction =
  | 'REPORT_CHAT'
  | 'DISMISS_REPORTS'
  | 'HIDE_CHAT'
  | 'MUTE_AUTHOR'
  | 'UNMUTE_AUTHOR'
  | 'UPDATE_ROOM'
  | 'ASK_QUESTION'
  | 'DELETE_ROOM'
  | 'DELETE_ACCOUNT'
  | 'CREATE_PASSWORD_RESET'
  | 'RETENTION';

/** One action of a moderator, an account or the service. */
export interface AuditEntry {
  /** Sorts by time. See `auditId`. */
  readonly id: string;
  readonly at: number;
  readonly actorId: string;
  /** Username of the actor at that time; empty for the service itself. */
  readonly actor: string;
  readonly action: AuditAction;
  /** Id of the chat or room concerned; otherwise empty. */
  readonly subject: string;
  /** Room that the action belongs to; undefined for an action of no room, and in entries of older versions. */
  readonly room?: string;
  /** The reason given or the new value. */
  readonly details: string;
}

/**
 * The same work has the same id, so recording it again changes nothing.
 * @param at milliseconds since 1970
 */
export const auditId = (at: number, work: string): string => `${String(at).padStart(15, '0')}.${work}`;

/** A recorded intent to erase a message, an account or a room. An interrupted erasure is repeated from the start, so it is always completed. */
export type Erasure = {
  readonly id: string;
  readonly at: number;
  readonly actorId: string;
  readonly actor: string;
} & (
  | { readonly kind: 'chat'; readonly chatId: string; readonly reason: string }
  /** The id of such an erasure is `room.` and the id of the room. */
  | { readonly kind: 'room'; readonly room: string }
  /** `pseudonym` replaces the id of the account on its messages. */
  | { readonly kind: 'account'; readonly pseudonym: string; readonly texts: 'erase' | 'keep' }
);

const MAX_REASON_CODE_POINTS = 500;

/** @throws DomainError BAD_USER_INPUT */
export function parseReason(raw: string): string {
  const reason = normalizeText(raw);
  if (!raw.isWellFormed() || reason === '' || [...reason].length > MAX_REASON_CODE_POINTS || /\p{Cc}/u.test(reason)) {
    throw badInput('reason', `reason must be 1 to ${MAX_REASON_CODE_POINTS} characters on one line.`);
  }
  return reason;
}
