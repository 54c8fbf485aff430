import type { LiveClient } from '../../client';
import { ApiError, codeOf, RETRYABLE } from '../api';
import { unmask, type FragmentType } from '../generated/fragment-masking';
import {
  ActivityDocument,
  AuthorNameDocument,
  ChangedDocument,
  LastHourDocument,
  LatestLetterDocument,
  MoodNowDocument,
  NewerDocument,
  NewLetterDocument,
  NotesBetweenDocument,
  OlderDocument,
  RecentDocument,
  NoteFieldsFragmentDoc,
  WatchRoomDocument,
  type ActivitySubscription,
  type MoodFieldsFragmentDoc,
  type RecentQuery,
} from '../generated/graphql';
import { ErasedNotes } from './erased-notes';
import { RoomAbout } from './room-about';
import { RoomQuestion } from './room-question';
import type { Session } from './session';
import { createStore } from './store';
import {
  atNewest,
  EMPTY,
  reachesNewest,
  readingAbove,
  withChanged,
  withLoaded,
  withNew,
  withNewer,
  withOlder,
  type Note,
} from './timeline';
import { Writers } from './writers';

export interface RoomFeedDeps {
  readonly room: string;
  readonly live: LiveClient;
  readonly session: Session;
  readonly onNew: (notes: readonly Note[]) => void;
  /** Notes were loaded, at the start, from further up or down, or again after a break. */
  readonly onLoaded: (notes: readonly Note[]) => void;
  /** The notes that this browser has kept of the room. They are shown while there is no network. */
  readonly kept: () => Promise<readonly Note[]>;
  /** A letter came while the page was open. */
  readonly onLetter: (id: string) => void;
}

const FIRST_LOAD = 50;
/** Notes that arrive within this time are shown together, so that a busy wall does not flicker. */
const GROUP_MS = 100;
/** A typing event this soon after the reader typed is the reader's own, whose alias is not known before the first note. */
const ECHO_MS = 1_000;
const RETRY_MS = 5_000;

/** The live state of one room, until `close`. */
export class RoomFeed {
  readonly room: string;
  readonly timeline = createStore(EMPTY);
  readonly online = createStore<number | null>(null);
  private readonly writers = new Writers();
  readonly typing = this.writers.names;
  readonly mood = createStore<FragmentType<typeof MoodFieldsFragmentDoc> | null>(null);
  /** Why the room cannot be read any more: there is none for this person, or they could read it until now. */
  readonly ended = createStore<'gone' | 'left' | null>(null);
  readonly about: RoomAbout;
  readonly question: RoomQuestion;
  /** The name that the reader's own notes show today, once it is known. */
  readonly authorName = createStore<string | null>(null);
  private readonly undo: (() => void)[];
  private first: Promise<RecentQuery['recentChats']> | null;
  private shownFirst: readonly Note[] | null = null;
  private queue: Note[] = [];
  private readonly erased = new ErasedNotes();
  private again: ReturnType<typeof setTimeout> | undefined;
  private group: ReturnType<typeof setTimeout> | undefined;
  private loading = false;
  private ownTypingAt = -ECHO_MS;
  private closed = false;
  /** What is shown was kept by this browser and not compared with the server. */
  private offline = false;

  constructor(private readonly deps: RoomFeedDeps) {
    const { live, room, session } = deps;
    this.room = room;
    this.about = new RoomAbout(room, session);
    // Loads while the socket connects, which shows the first notes several round trips sooner.
    this.first = this.load();
    void this.first.then(
      ({ items }) => this.showLoaded(unmask(NoteFieldsFragmentDoc, items)),
      // watchRoom loads again.
      (error: unknown) => void this.showKept(error),
    );
    this.undo = [
      live.watchRoom({
        room,
        query: WatchRoomDocument,
        load: () => {
          const first = this.first;
          this.first = null;
          return first ?? this.load();
        },
        onLoaded: (notes) => this.showLoaded(unmask(NoteFieldsFragmentDoc, notes)),
        onChats: (notes) => this.take(unmask(NoteFieldsFragmentDoc, notes)),
        onError: () => this.end(),
      }),
      live.watch({
        query: ActivityDocument,
        variables: { room },
        onData: ({ roomActivity }) => this.seeActivity(roomActivity),
      }),
      live.watch({
        query: ChangedDocument,
        variables: { room },
        onData: ({ chatChanged }) => this.change([unmask(NoteFieldsFragmentDoc, chatChanged)]),
      }),
      live.watch({
        query: MoodNowDocument,
        variables: { room },
        onData: ({ moodChanged }) => this.mood.set(moodChanged),
      }),
      live.watch({
        query: NewLetterDocument,
        variables: { room },
        onData: ({ insightReady }) => deps.onLetter(insightReady.id),
      }),
    ];
    this.question = new RoomQuestion(room, live, session, (state) => this.about.see(state));
    // The wall works without these.
    void this.about.load();
    void this.loadAuthorName();
    void session.run(LastHourDocument, { room }).then(
      ({ mood }) => this.mood.get() ?? this.mood.set(mood),
      () => undefined,
    );
    void session.run(LatestLetterDocument, { room }).then(
      ({ insight }) => insight && deps.onLetter(insight.id),
      () => undefined,
    );
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const undo of this.undo) undo();
    this.question.close();
    clearTimeout(this.group);
    clearTimeout(this.again);
    this.writers.close();
  }

  /** @throws ApiError; the timeline stays as it was */
  async loadOlder(): Promise<void> {
    const first = this.timeline.get().shown[0];
    if (!first || this.loading) return;
    await this.alone(async () => {
      const { chats } = await this.deps.session.run(OlderDocument, { room: this.deps.room, after: first.cursor });
      const notes = chats.edges.map(({ node }) => unmask(NoteFieldsFragmentDoc, node)).reverse();
      // The reader has gone back down meanwhile: the first note is another.
      if (this.timeline.get().shown[0]?.id !== first.id) return;
      this.timeline.set(withOlder(this.timeline.get(), this.erased.applyTo(notes), chats.pageInfo.hasNextPage));
      this.deps.onLoaded(notes);
    });
  }

  /** Loads what follows the last note that is shown. @throws ApiError */
  async loadNewer(): Promise<void> {
    const last = this.timeline.get().shown.at(-1);
    if (!last || this.loading) return;
    if (reachesNewest(this.timeline.get())) {
      this.toNewest();
      return;
    }
    await this.alone(async () => {
      const { chats } = await this.deps.session.run(NewerDocument, { room: this.deps.room, before: last.cursor });
      const notes = chats.edges.map(({ node }) => unmask(NoteFieldsFragmentDoc, node)).reverse();
      if (this.timeline.get().shown.at(-1)?.id !== last.id) return;
      this.timeline.set(withNewer(this.timeline.get(), this.erased.applyTo(notes)));
      this.deps.onLoaded(notes);
    });
  }

  toNewest(): void {
    this.timeline.set(atNewest(this.timeline.get()));
  }

  readAbove(): void {
    this.timeline.set(readingAbove(this.timeline.get()));
  }

  /** Notes as they are now. */
  change(notes: readonly Note[]): void {
    this.erased.remember(notes);
    const byId = new Map(notes.map((note) => [note.id, note]));
    this.queue = this.queue.map((note) => byId.get(note.id) ?? note);
    this.timeline.set(withChanged(this.timeline.get(), this.erased.applyTo(notes)));
  }

  /** After a break: loads all notes again that are kept, because changes meanwhile are not delivered. */
  async refresh(): Promise<void> {
    clearTimeout(this.again);
    void this.loadAuthorName();
    const { shown, newest, following } = this.timeline.get();
    try {
      for (const notes of following ? [shown] : [shown, newest]) await this.loadAgain(notes);
    } catch (error) {
      // If the cursors have expired, the room is loaded as a whole.
      if (RETRYABLE.has(codeOf(error)) && !this.closed) this.again = setTimeout(() => void this.refresh(), RETRY_MS);
    }
  }

  typedMyself(): void {
    this.ownTypingAt = performance.now();
  }

  /** After a login, because the name is that of the person, and after a break, because an alias is good for a day. */
  async loadAuthorName(): Promise<void> {
    const { room, session } = this.deps;
    const name = session.login.get() && (await session.run(AuthorNameDocument, { room }).catch(() => null))?.authorName;
    this.knowMyself(name ?? null);
  }

  /** Whether the notes come from the server. */
  get isCompared(): boolean {
    return this.timeline.get().loaded && !this.offline;
  }

  /** Sets the name that the reader's own notes show. */
  knowMyself(name: string | null): void {
    this.authorName.set(name);
    if (name !== null) this.writers.stop(name);
  }

  private showLoaded(notes: readonly Note[]): void {
    // The first notes are shown when they are loaded, and passed again when the socket is connected.
    if (this.closed || notes === this.shownFirst) return;
    this.shownFirst ??= notes;
    this.queue = [];
    const before = this.offline ? EMPTY : this.timeline.get();
    this.offline = false;
    this.timeline.set(withLoaded(before, this.erased.applyTo(notes), notes.length >= FIRST_LOAD));
    this.deps.onLoaded(notes);
  }

  private async showKept(error: unknown): Promise<void> {
    if (codeOf(error) !== 'OFFLINE') return;
    const notes = await this.deps.kept();
    if (this.closed || this.timeline.get().loaded || notes.length === 0) return;
    this.offline = true;
    this.timeline.set(withLoaded(EMPTY, notes, false));
  }

  private async loadAgain(notes: readonly Note[]): Promise<void> {
    const [first, last] = [notes[0], notes.at(-1)];
    if (!first || !last) return;
    const found = await this.deps.session.run(NotesBetweenDocument, {
      room: this.deps.room,
      first: first.id,
      afterFirst: first.cursor,
      last: last.id,
      afterLast: last.cursor,
      half: Math.max(1, Math.ceil(notes.length / 2)),
    });
    const pages = [...found.newer.edges, ...found.older.edges].map(({ node }) => node);
    const again = [found.first, found.last, ...pages].flatMap((note) => (note ? [unmask(NoteFieldsFragmentDoc, note)] : []));
    if (this.closed) return;
    this.change(again);
    this.deps.onLoaded(again);
  }

  /** Nothing of the room is read or kept any more. */
  private end(): void {
    if (this.closed) return;
    this.ended.set(this.timeline.get().loaded ? 'left' : 'gone');
    this.timeline.set(EMPTY);
    this.close();
  }

  private async load(): Promise<RecentQuery['recentChats']> {
    try {
      const { recentChats } = await this.deps.session.run(RecentDocument, { room: this.deps.room, first: FIRST_LOAD });
      return recentChats;
    } catch (error) {
      if (error instanceof ApiError && (error.code === 'NOT_FOUND' || error.code === 'BAD_USER_INPUT')) this.end();
      throw error;
    }
  }

  private async alone(work: () => Promise<void>): Promise<void> {
    this.loading = true;
    try {
      await work();
    } finally {
      this.loading = false;
    }
  }

  private take(notes: readonly Note[]): void {
    this.queue.push(...notes);
    this.group ??= setTimeout(() => this.show(), GROUP_MS);
  }

  private show(): void {
    this.group = undefined;
    const notes = this.erased.applyTo(this.queue);
    this.queue = [];
    if (this.closed || notes.length === 0) return;
    for (const { author } of notes) this.writers.stop(author);
    this.timeline.set(withNew(this.timeline.get(), notes));
    this.deps.onNew(notes);
  }

  private seeActivity({ kind, author, online }: ActivitySubscription['roomActivity']): void {
    this.online.set(online);
    if (author == null) return;
    if (kind !== 'TYPING') {
      this.writers.stop(author);
      return;
    }
    if (author === this.authorName.get() || performance.now() - this.ownTypingAt < ECHO_MS) return;
    this.writers.start(author);
  }
}
