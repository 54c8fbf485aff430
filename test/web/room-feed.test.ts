import type { LiveClient } from '../../src/client';
import { RoomFeed } from '../../src/web/state/room-feed';
import type { Session } from '../../src/web/state/session';
import { createStore } from '../../src/web/state/store';
import type { Note } from '../../src/web/state/timeline';
import { until } from '../support/until';

const noteOf = (id: string, text: string, hidden = false): Note => ({
  id,
  author: 'a',
  text,
  sentAt: '2026-01-01T00:00:00.000Z',
  cursor: id,
  empathies: [],
  hidden,
});

interface Stub {
  readonly feed: RoomFeed;
  /** Answers the first load. */
  readonly load: (notes: readonly Note[]) => void;
  /** Answers the newest request. */
  readonly answer: (data: unknown) => void;
  readonly newChats: (notes: readonly Note[]) => void;
  readonly chatChanged: (note: Note) => void;
  readonly texts: () => string[];
}

/** A feed whose server is the test. */
function feedOfStub(): Stub {
  const answers: ((data: unknown) => void)[] = [];
  let newChats: (notes: readonly Note[]) => void = () => undefined;
  const handlers: ((data: unknown) => void)[] = [];
  const live = {
    watchRoom: ({ onChats }: { onChats: (notes: readonly Note[]) => void }) => ((newChats = onChats), () => undefined),
    watch: ({ onData }: { onData: (data: unknown) => void }) => (handlers.push(onData), () => undefined),
  } as unknown as LiveClient;
  const session = {
    login: createStore(null),
    run: () => new Promise((resolve) => answers.push(resolve)),
  } as unknown as Session;
  const nothing = () => undefined;
  const feed = new RoomFeed({
    room: 'main',
    live,
    session,
    kept: () => Promise.resolve([]),
    onNew: nothing,
    onLoaded: nothing,
    onLetter: nothing,
  });
  return {
    feed,
    answer: (data) => answers.at(-1)?.(data),
    load: (items) => answers[0]?.({ recentChats: { items, cursor: 'c' } }),
    newChats: (notes) => newChats(notes),
    chatChanged: (note) => handlers[1]?.({ chatChanged: note }),
    texts: () => feed.timeline.get().shown.map(({ text }) => text),
  };
}

test('does not show the text of a note whose chatChanged arrives before its newChat', async () => {
  const { feed, load, newChats, chatChanged, texts } = feedOfStub();
  load([]);
  await until(() => feed.timeline.get().loaded);
  chatChanged(noteOf('n1', '', true));
  newChats([noteOf('n1', 'should be gone'), noteOf('n2', 'stays')]);
  await until(() => texts().length === 2);
  expect(texts()).toEqual(['', 'stays']);
  feed.close();
});

test('does not show the text of a note that was erased while the page was loading', async () => {
  const { feed, load, chatChanged, texts } = feedOfStub();
  chatChanged(noteOf('n1', '', true));
  load([noteOf('n1', 'should be gone')]);
  await until(() => texts().length === 1);
  expect(texts()).toEqual(['']);
  feed.close();
});

test('shows a change that arrives before its note is shown', async () => {
  const { feed, load, newChats, chatChanged, texts } = feedOfStub();
  load([]);
  await until(() => feed.timeline.get().loaded);
  newChats([noteOf('n1', 'before')]);
  chatChanged(noteOf('n1', 'after'));
  await until(() => texts().length === 1);
  expect(texts()).toEqual(['after']);
  feed.close();
});

test('replaces all notes that it keeps by what they are after a break', async () => {
  const { feed, load, answer, texts } = feedOfStub();
  load([noteOf('n1', 'one'), noteOf('n2', 'two'), noteOf('n3', 'three')]);
  await until(() => feed.timeline.get().loaded);
  const refreshed = feed.refresh();
  const edges = (...notes: Note[]) => ({ edges: notes.map((node) => ({ node })) });
  answer({
    first: noteOf('n1', '', true),
    newer: edges(noteOf('n2', 'two now')),
    older: edges(noteOf('n2', 'two now')),
    last: noteOf('n3', 'three now'),
  });
  await refreshed;
  expect(texts()).toEqual(['', 'two now', 'three now']);
  feed.close();
});
