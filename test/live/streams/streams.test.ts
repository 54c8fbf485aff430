import type { Insight } from '../../../src/domain/insight';
import { TYPING_MS } from '../../../src/live/streams/activity-stream';
import { LiveRig, type RawClient } from '../../support/live-rig';
import { until } from '../../support/until';

let rig: LiveRig;
beforeEach(async () => {
  rig = await LiveRig.start({
    authenticate: (authorization) =>
      authorization === undefined
        ? null
        : { sessionId: authorization, userId: authorization, username: authorization, expiresAt: Infinity },
  });
});
afterEach(() => rig.stop());

const ACTIVITY = 'subscription { roomActivity { kind author online } }';
interface Seen {
  kind: string;
  author: string | null;
  online: number;
}
const seen = (client: RawClient): Seen[] => client.data<{ roomActivity: Seen }>().map(({ roomActivity }) => roomActivity);
const typing = (author: string, typing: boolean): void => {
  rig.bus.publish({ type: 'typing', room: 'main', memberId: author, author, typing });
};

describe('roomActivity', () => {
  it('publishes JOINED and LEFT once per session, with the number of members online', async () => {
    const watcher = await rig.connect();
    await watcher.subscribe('w', ACTIVITY);
    await until(() => seen(watcher).length === 1);
    const phone = await rig.connect({ authorization: 'mina' });
    await phone.subscribe('a');
    await phone.subscribe('b', ACTIVITY);
    const laptop = await rig.connect({ authorization: 'mina' });
    await laptop.subscribe('a');
    await until(() => seen(watcher).length === 2);
    phone.ws.close();
    await until(() => rig.server.socketCount === 2);
    const anonymous = await rig.connect();
    await anonymous.subscribe('a');
    await until(() => seen(watcher).length === 3);
    laptop.ws.close();
    await until(() => seen(watcher).length === 4);
    expect(seen(watcher)).toEqual([
      { kind: 'JOINED', author: null, online: 1 },
      { kind: 'JOINED', author: 'mina@main', online: 2 },
      { kind: 'JOINED', author: null, online: 3 },
      { kind: 'LEFT', author: 'mina@main', online: 2 },
    ]);
  });

  it('does not count subscribers of moodChanged as members', async () => {
    const reader = await rig.connect();
    await reader.subscribe('m', 'subscription { moodChanged { valence } }');
    expect(await rig.presence.online('main')).toBe(0);
  });

  it('publishes TYPING once, and STOPPED_TYPING on request or after 5 s', async () => {
    const watcher = await rig.connect();
    await watcher.subscribe('w', ACTIVITY);
    await until(() => seen(watcher).length === 1);
    typing('mina', true);
    await until(() => seen(watcher).length === 2);
    typing('mina', true);
    typing('mina', false);
    await until(() => seen(watcher).length === 3);
    typing('mina', false);
    typing('jun', true);
    await until(() => seen(watcher).length === 4);
    expect(TYPING_MS).toBe(5_000);
    await until(() => seen(watcher).length === 5);
    expect(seen(watcher).map(({ kind, author }) => `${author} ${kind}`)).toEqual([
      'null JOINED',
      'mina TYPING',
      'mina STOPPED_TYPING',
      'jun TYPING',
      'jun STOPPED_TYPING',
    ]);
  });

  it('publishes at most five events a second, the newest of each author', async () => {
    const watcher = await rig.connect();
    await watcher.subscribe('w', ACTIVITY);
    await until(() => seen(watcher).length === 1);
    for (let i = 0; i < 100; i++) {
      typing('mina', i % 2 === 0);
      for (let j = 0; j < 10; j++) typing(`other${j}`, i % 2 === 0);
    }
    typing('mina', true);
    await until(() => seen(watcher).some(({ author, kind }) => author === 'mina' && kind === 'TYPING'));
    await until(() => rig.hub.groupCount === 1 && seen(watcher).length >= 6);
    // The first at once, and of the rest no more than a second's worth.
    expect(seen(watcher).length).toBeLessThanOrEqual(7);
  });
});

describe('moodChanged', () => {
  it('publishes the mood when messages change it, at most once a second', async () => {
    const reader = await rig.connect();
    await reader.subscribe('m', 'subscription { moodChanged { messageCount } }');
    for (let count = 1; count <= 30; count++) {
      rig.mood = { ...rig.mood, messageCount: count };
      rig.log.put('main', 'x');
    }
    const counts = (): number[] =>
      reader.data<{ moodChanged: { messageCount: number } }>().map(({ moodChanged }) => moodChanged.messageCount);
    await until(() => counts().includes(30));
    expect(counts().length).toBeLessThanOrEqual(2);
    rig.log.put('main', 'changes nothing');
    rig.log.put('other', 'elsewhere');
    rig.mood = { ...rig.mood, messageCount: 31 };
    rig.log.put('main', 'x');
    await until(() => counts().includes(31));
    expect(counts().filter((count) => count === 30)).toHaveLength(1);
  });
});

describe('insightReady', () => {
  const insight: Insight = {
    ...{ id: 'main:1', room: 'main', window: { start: 0, end: 1 }, createdAt: 2, letter: 'dear', locale: 'en', topics: [] },
    ...{ messageCount: 0, participantCount: 0, scheduled: true, source: 'LOCAL', model: 'm' },
    mood: { room: 'main', window: { start: 0, end: 1 }, messageCount: 0, scores: [], dominant: null, valence: 0, saidShare: 0 },
  };

  it('publishes a scheduled insight, and not one that an administrator requested', async () => {
    const reader = await rig.connect();
    await reader.subscribe('i', 'subscription { insightReady { id letter } }');
    rig.insight = { ...insight, id: 'by hand', scheduled: false };
    rig.bus.publish({ type: 'insight', room: 'main', insightId: 'by hand' });
    await new Promise(setImmediate);
    rig.insight = insight;
    rig.bus.publish({ type: 'insight', room: 'other', insightId: 'x' });
    rig.bus.publish({ type: 'insight', room: 'main', insightId: 'main:1' });
    await until(() => reader.of('next').length === 1);
    expect(reader.data()).toEqual([{ insightReady: { id: 'main:1', letter: 'dear' } }]);
  });
});

describe('roomChanged', () => {
  const question = { id: 'q1', room: 'main', text: '오늘 뭐 먹었어요?', askedAt: 0 };
  const states = (reader: RawClient) =>
    reader
      .data<{ roomChanged: { slowModeSeconds: number; question: { text: string } | null } }>()
      .map(({ roomChanged }) => [roomChanged.slowModeSeconds, roomChanged.question?.text ?? null]);
  const change = (state: Partial<typeof rig.state>) => {
    rig.state = { ...rig.state, ...state };
    rig.bus.publish({ type: 'room-changed', room: 'main' });
  };

  it('publishes the state of a room after its settings, its question or its letter change, and nothing if it is the same', async () => {
    const reader = await rig.connect();
    await reader.subscribe('r', 'subscription { roomChanged { slowModeSeconds question { text } } }');
    change({ question });
    await until(() => states(reader).length === 1);
    // The store of a clustered engine and the mutation both announce one change.
    change({ question });
    rig.bus.publish({ type: 'room-changed', room: 'other' });
    change({ room: { ...rig.state.room, settings: { ...rig.state.room.settings, slowModeSeconds: 9 } } });
    await until(() => states(reader).length === 2);
    rig.state = { ...rig.state, question: { ...question, id: 'main:1', text: '어제는요?' } };
    rig.bus.publish({ type: 'insight', room: 'main', insightId: 'main:1' });
    await until(() => states(reader).length === 3);
    expect(states(reader)).toEqual([
      [0, '오늘 뭐 먹었어요?'],
      [9, '오늘 뭐 먹었어요?'],
      [9, '어제는요?'],
    ]);
  });

  it('publishes the newest state last when changes follow each other quickly', async () => {
    const reader = await rig.connect();
    await reader.subscribe('r', 'subscription { roomChanged { slowModeSeconds question { text } } }');
    for (let i = 1; i <= 50; i++) change({ question: { ...question, text: `question ${i}` } });
    await until(() => states(reader).at(-1)?.[1] === 'question 50');
    expect(states(reader).length).toBeLessThanOrEqual(3);
  });
});
