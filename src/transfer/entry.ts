import type { Chat } from '../domain/chat';
import type { Invite, Membership, Removal } from '../domain/membership';
import type { Insight } from '../domain/insight';
import type { Question } from '../domain/question';
import type { Room } from '../domain/room';
import type { Press } from '../ports/empathy-store';
import type { UserRecord } from '../ports/user-store';

/** Grows when entries change in a way that older code would misread. */
export const FORMAT_VERSION = 3;

/** The first line of an export. */
export interface Header {
  readonly kind: 'jungle-buzz';
  readonly version: number;
  /** Messages up to this offset are in the export. */
  readonly upTo: number;
  /** The epoch of the log at the export. Cursors may name it although no message is of it. */
  readonly epoch: string;
  /** Number of messages, for the progress bar. */
  readonly chats: number;
}

/**
 * One line of an export. Their order: header, rooms, removed rooms, users, memberships, removals, invites, chats (room by room, oldest
 * first), insights, questions, schedule, end. Users come with password hash and e-mail, so an export is as secret as the database.
 * Sessions are not exported.
 */
export type Entry =
  | Header
  | { readonly kind: 'room'; readonly room: Room }
  /** The id of a removed room stays taken. */
  | { readonly kind: 'removed-room'; readonly id: string }
  /** `user` is null where the account was deleted and its name stays reserved. */
  | { readonly kind: 'user'; readonly id: string; readonly usernameKey: string; readonly user: UserRecord | null }
  | { readonly kind: 'membership'; readonly membership: Membership }
  | { readonly kind: 'removal'; readonly removal: Removal }
  /** Open ones, with the uses that are left. */
  | { readonly kind: 'invite'; readonly invite: Invite }
  /** `presses` are the empathies of the message, left out where there are none. */
  | { readonly kind: 'chat'; readonly chat: Chat; readonly presses?: readonly Press[] }
  | { readonly kind: 'insight'; readonly insight: Insight }
  | { readonly kind: 'question'; readonly question: Question }
  | { readonly kind: 'schedule'; readonly doneUntil: number }
  | { readonly kind: 'end' };

export type EntryKind = Entry['kind'];

const KINDS: readonly EntryKind[] = [
  'jungle-buzz',
  'room',
  'removed-room',
  'user',
  'membership',
  'removal',
  'invite',
  'chat',
  'insight',
  'question',
  'schedule',
  'end',
];

/** Whether entries of one kind come before entries of the other in an export. */
export const isBefore = (kind: EntryKind, other: EntryKind): boolean => KINDS.indexOf(kind) < KINDS.indexOf(other);

/** @throws Error for a line that is not of an export, or of a newer format */
export function parseEntry(line: string): Entry {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Error('a line is not JSON: the file is no export, or is damaged');
  }
  const entry = value as Entry;
  if (typeof value !== 'object' || value === null || !KINDS.includes(entry.kind))
    throw new Error('a line is not of an export: choose a file that `export` wrote');
  if (entry.kind === 'jungle-buzz' && entry.version > FORMAT_VERSION) {
    throw new Error(`the export has format ${entry.version}, this version knows ${FORMAT_VERSION}: update first`);
  }
  return entry;
}
