import { InProcessBus } from '../../../src/adapters/in-process/bus';
import type { Mood } from '../../../src/domain/insight';
import type { ChatFeeds } from '../../../src/live/chat-feeds';
import type { LiveHub } from '../../../src/live/hub';
import { MoodStream } from '../../../src/live/streams/mood-stream';
import type { BusEvent } from '../../../src/ports/bus';
import { silentLogger } from '../../../src/ports/logger';
import { until } from '../../support/until';

const moodWith = (messageCount: number): Mood => ({
  ...{ room: 'main', window: { start: 0, end: 1 }, messageCount, scores: [], dominant: null, valence: 0, saidShare: 0 },
});

test('reads the mood of a room once at a time, so that a slow read cannot publish an older mood last', async () => {
  const reads: ((mood: Mood) => void)[] = [];
  const published: number[] = [];
  let notify: (room: string) => void = () => undefined;
  const feed = { onChats: (listener: typeof notify) => ((notify = listener), () => undefined) } as unknown as ChatFeeds;
  const hub = {
    hasSubscribers: () => true,
    roomsOf: () => ['main'],
    publish: (_topic: string, _room: string, mood: Mood) => published.push(mood.messageCount),
  } as unknown as LiveHub;
  const readMood = () => new Promise<Mood>((resolve) => reads.push(resolve));
  const bus = new InProcessBus(silentLogger);
  const stream = new MoodStream({ hub, feed, bus, readMood, logger: silentLogger });
  notify('main');
  // Longer than the pause between two reads of a room.
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  notify('main');
  expect(reads).toHaveLength(1);
  reads[0]?.(moodWith(1));
  await until(() => reads.length === 2, 'the mood is read again');
  reads[1]?.(moodWith(2));
  await until(() => published.length === 2, 'the second mood is published');
  expect(published).toEqual([1, 2]);
  stream.stop();
});

test.each<BusEvent>([
  { type: 'chat-hidden', room: 'main', chatId: 'id-1', offset: 1 },
  { type: 'chat-changed', room: 'main', chatId: 'id-1', feeling: { offset: 1, feeling: 'HOPE', revision: 1 } },
  { type: 'chats-changed' },
])('reads the mood again after $type', async (event) => {
  const published: Mood[] = [];
  const hub = {
    hasSubscribers: () => true,
    roomsOf: () => ['main'],
    publish: (_topic: string, _room: string, mood: Mood) => published.push(mood),
  } as unknown as LiveHub;
  const bus = new InProcessBus(silentLogger);
  const feed = { onChats: () => () => undefined } as unknown as ChatFeeds;
  const stream = new MoodStream({ hub, feed, bus, readMood: () => Promise.resolve(moodWith(1)), logger: silentLogger });
  bus.publish(event);
  await until(() => published.length === 1, 'the mood is published');
  stream.stop();
});
