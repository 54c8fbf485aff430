import type { LiveClient } from '../../src/client';
import { RoomFeed } from '../../src/web/state/room-feed';
import type { Session } from '../../src/web/state/session';
import type { Note } from '../../src/web/state/timeline';
import { until } from '../support/until';

const noteOf = (id: string, text: string): Note => ({ id, author: 'a', text, sentAt: '2026-01-01T00:00:00.000Z', cursor: id });

interface Stub {
  readonly feed: RoomFeed;
  /** Answers the first load. */
  readonly load: (notes: readonly Note[]) => void;
  readonly newChats: (notes: readonly Note[]) => void;
  readonly chatHidden: (note: Note) => void;
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
  const session = { run: () => new Promise((resolve) => answers.push(resolve)) } as unknown as Session;
  const feed = new RoomFeed({ room: 'main', live, session, onNew: () => undefined, onLetter: () => undefined });
  return {
    feed,
    load: (items) => answers[0]?.({ recentChats: { items, cursor: 'c' } }),
    newChats: (notes) => newChats(notes),
    chatHidden: (note) => handlers[1]?.({ chatHidden: note }),
    texts: () => feed.timeline.get().shown.map(({ text }) => text),
  };
}

test('does not show the text of a note whose chatHidden arrives before its newChat', async () => {
  const { feed, load, newChats, chatHidden, texts } = feedOfStub();
  load([]);
  await until(() => feed.timeline.get().loaded);
  chatHidden(noteOf('n1', ''));
  newChats([noteOf('n1', 'should be gone'), noteOf('n2', 'stays')]);
  await until(() => texts().length === 2);
  expect(texts()).toEqual(['', 'stays']);
  feed.close();
});

test('does not show the text of a note that was erased while the page was loading', async () => {
  const { feed, load, chatHidden, texts } = feedOfStub();
  chatHidden(noteOf('n1', ''));
  load([noteOf('n1', 'should be gone')]);
  await until(() => texts().length === 1);
  expect(texts()).toEqual(['']);
  feed.close();
});
