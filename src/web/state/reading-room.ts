import { connectLive, type LiveState } from '../../client';
import { ApiError, ask } from '../api';
import { unmask } from '../generated/fragment-masking';
import {
  ActivityDocument,
  ChangedDocument,
  QuestionFieldsFragmentDoc,
  RecentDocument,
  ReadRoomChangesDocument,
  ReadRoomDocument,
  WatchRoomDocument,
  NoteFieldsFragmentDoc,
  type ReadRoomChangesSubscription,
  type RecentQuery,
  type ScreenState,
} from '../generated/graphql';
import type { Endpoints } from '../endpoints';
import { ErasedNotes } from './erased-notes';
import type { Question } from './room-question';
import { createStore } from './store';
import type { Note } from './timeline';

export interface ReadingRoomOptions {
  readonly room: string;
  readonly endpoints: Endpoints;
  /** The token of a screen of a private room; null for a room that anybody reads. */
  readonly token: string | null;
  /** A screen is nobody who is in the room. */
  readonly isScreen: boolean;
  /** The newest notes that are kept, at most 100. */
  readonly keep: number;
}

/** Codes after which the room cannot be read, however often it is tried. */
const GONE: ReadonlySet<string> = new Set(['NOT_FOUND', 'BAD_USER_INPUT', 'UNAUTHENTICATED']);

/** One room as somebody without an account reads it, until `close`. It reconnects for ever. */
export class ReadingRoom {
  /** Oldest first, without erased ones; null until they are loaded. */
  readonly notes = createStore<readonly Note[] | null>(null);
  /** Empty until it is loaded. */
  readonly title = createStore('');
  readonly question = createStore<Question | null>(null);
  readonly online = createStore<number | null>(null);
  readonly connection = createStore<LiveState>('connecting');
  readonly missing = createStore(false);
  /** What the room's hosts want screens to show. With PAUSE new notes are left out, and loaded when it ends. */
  readonly screen = createStore<ScreenState>('SHOW');
  readonly close: () => void;
  private readonly erased = new ErasedNotes();

  constructor(private readonly options: ReadingRoomOptions) {
    const { room, endpoints } = options;
    const live = connectLive({
      url: endpoints.ws,
      accessToken: () => options.token,
      isScreen: options.isScreen,
      onState: (state) => {
        this.connection.set(state);
        if (state === 'live') void this.loadRoom();
      },
    });
    live.watchRoom({
      room,
      query: WatchRoomDocument,
      load: () => this.load(),
      onLoaded: (notes) => this.show(unmask(NoteFieldsFragmentDoc, notes)),
      onChats: (notes) => {
        if (!this.isPaused()) this.show([...(this.notes.get() ?? []), ...unmask(NoteFieldsFragmentDoc, notes)]);
      },
      changes: ChangedDocument,
      onChanged: (notes) => this.change(unmask(NoteFieldsFragmentDoc, notes)),
      onError: () => this.missing.set(true),
    });
    live.watch({
      query: ActivityDocument,
      variables: { room },
      onData: ({ roomActivity }) => this.online.set(roomActivity.online),
    });
    live.watch({
      query: ReadRoomChangesDocument,
      variables: { room },
      onData: ({ roomChanged }) => this.describe(roomChanged),
    });
    this.screen.subscribe(() => {
      // If it fails, the next connection loads again.
      if (!this.isPaused()) void this.load().catch(() => undefined);
    });
    const reconnect = (): void => {
      if (live.state === 'offline') live.reconnect();
    };
    addEventListener('online', reconnect);
    // Without this, a socket notices up to twenty seconds later.
    const lose = (): void => live.reconnect();
    addEventListener('offline', lose);
    // A connection that broke unnoticed while the device slept.
    const wake = (): void => {
      if (!document.hidden) reconnect();
    };
    document.addEventListener('visibilitychange', wake);
    this.close = () => {
      removeEventListener('online', reconnect);
      removeEventListener('offline', lose);
      document.removeEventListener('visibilitychange', wake);
      live.close();
    };
  }

  /** Called at the start and after each reconnect. Then notes that are no longer among the newest are no longer shown. */
  private async load(): Promise<RecentQuery['recentChats']> {
    const before = new Set(this.notes.get()?.map(({ id }) => id));
    try {
      const { room, keep, token } = this.options;
      const { recentChats } = await ask(this.options.endpoints.http, RecentDocument, { room, first: keep }, token);
      const loaded = unmask(NoteFieldsFragmentDoc, recentChats.items);
      const ids = new Set(loaded.map(({ id }) => id));
      const arrived = this.notes.get()?.filter(({ id }) => !ids.has(id) && !before.has(id));
      if (arrived) {
        this.erased.remember(loaded);
        this.show(this.isPaused() ? loaded.filter(({ id }) => before.has(id)) : [...loaded, ...arrived]);
      }
      return recentChats;
    } catch (error) {
      if (error instanceof ApiError && GONE.has(error.code)) this.missing.set(true);
      throw error;
    }
  }

  /** If it fails, what is shown stays. */
  private async loadRoom(): Promise<void> {
    try {
      const { room } = await ask(this.options.endpoints.http, ReadRoomDocument, { room: this.options.room }, this.options.token);
      this.missing.set(room === null || room === undefined);
      if (!room) return;
      this.describe(room);
      this.online.set(this.online.get() ?? room.online);
    } catch {
      // The next connection loads it again.
    }
  }

  private describe({ title, question, screen }: Omit<ReadRoomChangesSubscription['roomChanged'], '__typename'>): void {
    this.title.set(title);
    this.question.set(unmask(QuestionFieldsFragmentDoc, question) ?? null);
    this.screen.set(screen);
  }

  private isPaused(): boolean {
    return this.screen.get() === 'PAUSE';
  }

  private show(notes: readonly Note[]): void {
    const shown = this.erased.applyTo(notes).filter(({ hidden }) => !hidden);
    this.notes.set(shown.slice(-this.options.keep));
  }

  private change(notes: readonly Note[]): void {
    this.erased.remember(notes);
    const byId = new Map(notes.map((note) => [note.id, note]));
    const shown = this.notes.get() ?? [];
    if (shown.some(({ id }) => byId.has(id))) this.show(shown.map((note) => byId.get(note.id) ?? note));
  }
}
