import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { LiveState } from '../../client';
import type { Emotion } from '../generated/graphql';
import { DICTIONARIES, type Words } from '../words/words';
import type { Changes, Refusal } from './changes';
import type { Notice } from './connection-notice';
import type { Installation } from './installation';
import type { Marks } from './marks';
import type { Notifications } from './notifications';
import type { OfflineNotes } from './offline-notes';
import type { Outbox } from './outbox';
import type { ReadLetters } from './read-letters';
import type { RoomInfo } from './room-about';
import type { RoomFeed } from './room-feed';
import type { Question } from './room-question';
import type { Route } from './router';
import type { Session } from './session';
import type { Settings } from './settings';
import type { Store } from './store';
import type { TextDrafts } from './text-drafts';
import type { Note } from './timeline';
import { useStore } from './use-store';

export interface AccountForm {
  /** `claim` gives the account of a guest a name and a password. */
  readonly form: 'log-in' | 'sign-up' | 'claim' | 'forgot';
  /** What the person wanted to do when the form opened by itself. */
  readonly why?: 'write' | 'room' | 'join' | 'report' | 'empathy';
  /** Does what the person wanted, once they are logged in. */
  readonly after?: () => void;
}

/** What is done about a room: inviting people to it, or leaving it. */
export interface RoomForm {
  readonly about: 'invite' | 'leave';
  readonly room: string;
  /** The invitation that is shown. Without one, one is made. */
  readonly invite?: { readonly code: string; readonly url: string; readonly expiresAt: string };
}

/** The dialog that is open. A note opens its menu. */
export type Dialog = AccountForm | RoomForm | 'room' | Note | null;
export type { RoomInfo };

/** The state that the parts of the page share. */
export interface Page {
  readonly settings: Settings;
  readonly session: Session;
  /** Whether people may enter as guests. */
  readonly guests: boolean;
  readonly outbox: Outbox;
  readonly texts: TextDrafts;
  /** The question that the note in the composer answers. */
  readonly answering: Store<Question | null>;
  /** The feeling chosen for the note in the composer. */
  readonly feeling: Store<Emotion | null>;
  readonly marks: Marks;
  readonly changes: Changes;
  /** A change that the server refused, for a few seconds. */
  readonly refused: Store<Refusal | null>;
  readonly letters: ReadLetters;
  readonly offlineNotes: OfflineNotes;
  readonly notifications: Notifications;
  readonly installation: Installation;
  readonly route: Store<Route>;
  /** Id of the current entry of the browser's history. */
  readonly entry: Store<string>;
  readonly go: (route: Route) => void;
  readonly connection: Store<LiveState>;
  readonly notice: Store<Notice | null>;
  readonly rooms: Store<readonly RoomInfo[]>;
  readonly feed: Store<RoomFeed>;
  readonly dialog: Store<Dialog>;
  /** Asks a reader to sign up, or to log in where this browser had an account before, and then goes on with `after`. */
  readonly askForAccount: (why: AccountForm['why'], after: () => void) => void;
  /** The token of the link for a new password that opened the page. */
  readonly resetToken: Store<string | null>;
  readonly isAdmin: Store<boolean>;
  readonly isModerator: Store<boolean>;
  /** Notes that came while the tab was hidden. */
  readonly unread: Store<number>;
  readonly loadRooms: () => Promise<void>;
  readonly logOut: (everywhere: boolean) => Promise<void>;
}

// Set by main before anything is rendered.
export const PageContext = createContext<Page>(undefined as unknown as Page);
export const usePage = (): Page => useContext(PageContext);
export function useWords(): Words {
  return DICTIONARIES[useStore(usePage().settings.locale)];
}
