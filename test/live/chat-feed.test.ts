import type { Chat } from '../../src/domain/chat';
import { unavailable, type DomainError } from '../../src/domain/errors';
import type { Position } from '../../src/domain/position';
import { ChatFeed } from '../../src/live/chat-feed';
import { RoomRings } from '../../src/live/room-rings';
import { silentLogger } from '../../src/ports/logger';
import { MemoryLog } from '../support/memory-log';
import { until } from '../support/until';

class Rig {
  readonly log = new MemoryLog();
  stored: Chat[] = [];
  storeReads = 0;
  storeUnavailable = false;
  feed!: ChatFeed;

  async start(replayMax = 10_000, ringBytes = 64 << 20): Promise<this> {
    this.feed = new ChatFeed({
      log: this.log,
      replayMax,
      logger: silentLogger,
      rings: new RoomRings(ringBytes),
      store: {
        byRoom: async (room, { after = 0, before = Infinity }, limit) => {
          this.storeReads++;
          await Promise.resolve();
          if (this.storeUnavailable) throw unavailable('The store is unavailable.');
          return this.stored
            .filter((chat) => chat.room === room && chat.offset > after && chat.offset < before)
            .reverse()
            .slice(0, limit);
        },
      },
    });
    await this.feed.start();
    return this;
  }

  /** As if a socket had subscribed in each of the rooms. */
  async follow(...rooms: string[]): Promise<void> {
    for (const room of rooms) await this.feed.follow(room);
  }

  /** Everything after the offset, read in steps as a replay does. */
  async all(offset: number, room = 'main', limit = 100): Promise<string[]> {
    const texts: string[] = [];
    for (let at: Position = { epoch: this.log.epoch, room, offset }; ;) {
      const chats = await this.feed.after(at, limit);
      if (chats.length === 0) return texts;
      texts.push(...chats.map(({ text }) => text));
      at = { ...at, offset: chats.at(-1)?.offset ?? 0 };
    }
  }

  /** The log's entries up to the offset now live in the store only. */
  trim(upTo: number): void {
    this.stored.push(...this.log.chats.filter(({ offset }) => offset <= upTo));
    this.log.forget(upTo);
  }
}

const texts = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, i) => `t${from + i}`);
const code = (error: unknown): string => (error as DomainError).code;

let rig: Rig;
beforeEach(() => {
  rig = new Rig();
});
afterEach(() => {
  rig.feed.stop();
});

describe('a replay', () => {
  it('is served from memory without a promise if the ring reaches back far enough', async () => {
    await rig.start();
    await rig.follow('main');
    rig.log.put('main', ...texts(1, 50));
    const { reads } = rig.log;
    expect(rig.feed.after({ epoch: 'e1', room: 'main', offset: 40 }, 100)).toHaveLength(9);
    expect(rig.log.reads).toBe(reads);
  });

  it('of many rooms after a start reads the log twice at most', async () => {
    const rooms = Array.from({ length: 50 }, (_, i) => `room${i}`);
    for (let i = 0; i < 500; i++) rig.log.put(rooms[i % 50] as string, `t${i}`);
    await rig.start();
    const replays = await Promise.all(rooms.map((room) => rig.all(0, room)));
    expect(replays).toEqual(rooms.map((_, room) => Array.from({ length: 10 }, (_unused, i) => `t${room + 50 * i}`)));
    expect(rig.log.reads).toBeLessThanOrEqual(2);
    expect(rig.storeReads).toBe(0);
  });

  it('continues from store to log to live messages without gaps or duplicates', async () => {
    rig.log.put('main', ...texts(1, 3_001));
    rig.trim(1_500);
    await rig.start();
    rig.log.put('main', ...texts(3_001, 3_100));
    expect(await rig.all(7)).toEqual(texts(8, 3_100));
    expect(rig.storeReads).toBe(1);
  });

  it('reads the store once for ten thousand readers that reconnect at once with different cursors', async () => {
    rig.log.put('main', ...texts(1, 5_001));
    rig.trim(5_000);
    await rig.start();
    const places = Array.from({ length: 10_000 }, (_, i) => 4_500 - ((i * 7919) % 50));
    const replays = await Promise.all(
      places.map(async (offset) => (await rig.feed.after({ epoch: 'e1', room: 'main', offset }, 1_000)).length),
    );
    expect(replays).toEqual(places.map((offset) => 5_000 - offset));
    expect(rig.storeReads).toBe(1);
  });

  it('returns the messages of its room only', async () => {
    for (let i = 0; i < 500; i++) rig.log.put(i % 3 === 0 ? 'quiet' : 'main', `t${i}`);
    rig.trim(250);
    await rig.start();
    expect(await rig.all(0, 'quiet')).toEqual(Array.from({ length: 167 }, (_, i) => `t${i * 3}`));
    expect(await rig.all(0, 'empty')).toEqual([]);
  });

  it.each([
    [10, 'filled'],
    [11, 'CURSOR_EXPIRED'],
  ])('of %i messages at a limit of 10 is %s', async (missed, outcome) => {
    rig.log.put('main', ...texts(0, 40));
    rig.trim(35);
    await rig.start(10);
    const answer = rig.all(40 - missed);
    if (outcome === 'filled') expect(await answer).toHaveLength(missed);
    else expect(await answer.catch(code)).toBe(outcome);
  });

  it('counts only the messages of its room against the replay limit', async () => {
    await rig.start(10);
    rig.log.put('main', 'first');
    for (let i = 0; i < 100; i++) rig.log.put('other', 'noise');
    rig.log.put('main', 'second');
    expect(await rig.all(1)).toEqual(['second']);
  });

  it.each([
    ['another epoch', { epoch: 'e0', room: 'main', offset: 1 }],
    ['a position beyond the head', { epoch: 'e1', room: 'main', offset: 4 }],
  ])('from %s is CURSOR_EXPIRED', async (_, position) => {
    await rig.start();
    rig.log.put('main', 'a', 'b', 'c');
    await expect(Promise.resolve(rig.feed.after(position, 10)).catch(code)).resolves.toBe('CURSOR_EXPIRED');
  });

  it('waits for the tail if the log has the position and the tail has not reached it', async () => {
    await rig.start();
    rig.log.held = [];
    rig.log.put('main', 'a', 'b');
    let answer: readonly Chat[] | undefined;
    const asked = Promise.resolve(rig.feed.after({ epoch: 'e1', room: 'main', offset: 2 }, 10)).then((chats) => (answer = chats));
    await new Promise(setImmediate);
    expect(answer).toBeUndefined();
    rig.log.release();
    expect(await asked).toEqual([]);
  });

  it('fails with UNAVAILABLE while the store is unavailable, and works from memory and log', async () => {
    rig.log.put('main', ...texts(0, 100));
    rig.trim(50);
    await rig.start();
    rig.storeUnavailable = true;
    expect(await rig.all(50)).toHaveLength(50);
    await expect(rig.all(49).catch(code)).resolves.toBe('UNAVAILABLE');
    rig.storeUnavailable = false;
    expect(await rig.all(49)).toHaveLength(51);
  });
});

describe('memory', () => {
  it('is limited over all rooms, and evicted messages are read again from the log', async () => {
    await rig.start(10_000, 200_000);
    await rig.follow('a', 'b', 'c');
    for (let i = 0; i < 300; i++) for (const room of ['a', 'b', 'c']) rig.log.put(room, `${room}${i}`);
    const held = (room: string): boolean => Array.isArray(rig.feed.after({ epoch: 'e1', room, offset: 800 }, 1));
    expect(held('c')).toBe(true);
    expect(held('a')).toBe(false);
    expect(await rig.all(0, 'a')).toHaveLength(300);
  });

  it('is not used for a gap that exceeds the limit: the replay fails with CURSOR_EXPIRED', async () => {
    rig.log.put('main', ...texts(0, 1_000));
    rig.trim(1_000);
    await rig.start(10_000, 100_000);
    await expect(rig.all(0).catch(code)).resolves.toBe('CURSOR_EXPIRED');
  });
});

describe('a new epoch', () => {
  it('notifies the listeners and makes earlier cursors invalid', async () => {
    await rig.start();
    await rig.follow('main');
    rig.log.put('main', 'old');
    let epochs = 0;
    const received: string[] = [];
    rig.feed.onChats((_, chats) => received.push(...chats.map(({ text }) => text)));
    rig.feed.onEpoch(() => epochs++);
    rig.log.recreate('e2');
    rig.log.put('main', 'new');
    expect({ epochs, received }).toEqual({ epochs: 1, received: ['new'] });
    await expect(Promise.resolve(rig.feed.after({ epoch: 'e1', room: 'main', offset: 0 }, 10)).catch(code)).resolves.toBe(
      'CURSOR_EXPIRED',
    );
    expect(await rig.all(rig.log.start)).toEqual(['new']);
  });
});

describe('head', () => {
  it('shares reads, but never returns one that began before the call', async () => {
    await rig.start();
    const answers: (() => void)[] = [];
    let reads = 0;
    const read = rig.log.head.bind(rig.log);
    rig.log.head = async () => {
      reads++;
      const place = await read();
      await new Promise<void>((resolve) => answers.push(resolve));
      return place;
    };
    const first = rig.feed.head();
    await until(() => answers.length === 1);
    rig.log.put('main', 'in between');
    const later = [rig.feed.head(), rig.feed.head()];
    answers.shift()?.();
    await until(() => answers.length === 1);
    answers.shift()?.();
    expect((await first).offset).toBe(0);
    expect((await Promise.all(later)).map(({ offset }) => offset)).toEqual([1, 1]);
    expect(reads).toBe(2);
  });
});

describe('an erased chat', () => {
  const at = (offset: number): Position => ({ epoch: 'e1', room: 'main', offset });

  it('shows its tombstone when the announcement overtakes the tail', async () => {
    await rig.start();
    await rig.follow('main');
    const received: string[] = [];
    rig.feed.onChats((_, chats) => received.push(...chats.map(({ text }) => text)));
    rig.log.held = [];
    rig.log.put('main', 'a secret', 'kept');
    rig.feed.erase('main', 1);
    rig.log.release();
    expect([received, await rig.all(0)]).toEqual([
      ['', 'kept'],
      ['', 'kept'],
    ]);
  });

  it('shows its tombstone when the announcement falls into a read of the log', async () => {
    rig.log.put('main', 'a secret', 'kept');
    const readBack = rig.log.readBack.bind(rig.log);
    rig.log.readBack = async (before, limit) => {
      const copies = await readBack(before, limit);
      rig.feed.erase('main', 1);
      return copies;
    };
    await rig.start();
    expect(await rig.all(0)).toEqual(['', 'kept']);
  });

  it('is replaced in the ring without dropping the others', async () => {
    await rig.start();
    await rig.follow('main');
    rig.log.put('main', 'a secret', 'kept');
    rig.feed.erase('main', 1);
    const { reads } = rig.log;
    expect(rig.feed.after(at(0), 10)).toMatchObject([{ text: '', hidden: true }, { text: 'kept' }]);
    expect(rig.log.reads).toBe(reads);
  });

  it('shows its tombstone when the log comes back with the text', async () => {
    await rig.start();
    rig.log.put('main', 'a secret', 'kept');
    rig.feed.erase('main', 1);
    rig.feed.invalidate();
    expect(await rig.all(0)).toEqual(['', 'kept']);
  });
});

describe('a changed feeling', () => {
  const hope = { offset: 1, feeling: 'HOPE', revision: 2 } as const;
  const feelings = async () => {
    const chats = await rig.feed.after({ epoch: 'e1', room: 'main', offset: 0 }, 10);
    return chats.map(({ feeling }) => feeling);
  };

  it('is shown by replays from the ring, and an earlier change does not undo it', async () => {
    await rig.start();
    rig.log.put('main', 'one', 'two');
    rig.feed.setFeeling('main', hope);
    rig.feed.setFeeling('main', { offset: 1, feeling: 'JOY', revision: 1 });
    expect(await feelings()).toEqual(['HOPE', null]);
  });

  it('is shown when the announcement overtakes the tail', async () => {
    await rig.start();
    await rig.follow('main');
    rig.log.held = [];
    rig.log.put('main', 'one', 'two');
    rig.feed.setFeeling('main', hope);
    rig.log.release();
    expect(await feelings()).toEqual(['HOPE', null]);
  });

  it('does not bring back an erased chat', async () => {
    await rig.start();
    rig.log.put('main', 'a secret');
    rig.feed.erase('main', 1);
    rig.feed.setFeeling('main', hope);
    expect(await feelings()).toEqual([null]);
  });
});

it('discards a read of the log that chats were changed during', async () => {
  rig.log.put('main', 'before');
  const readBack = rig.log.readBack.bind(rig.log);
  rig.log.readBack = async (before, limit) => {
    const copies = await readBack(before, limit);
    if (rig.log.chats[0]?.author !== '(deleted)') {
      await rig.log.rename(1, { authorId: 'p', author: '(deleted)' });
      rig.feed.invalidate();
    }
    return copies;
  };
  await rig.start();
  expect(await rig.feed.after({ epoch: 'e1', room: 'main', offset: 0 }, 10)).toMatchObject([{ author: '(deleted)' }]);
});

describe('following', () => {
  it('gives the listeners the messages of followed rooms alone', async () => {
    await rig.start();
    const received: string[] = [];
    rig.feed.onChats((room, chats) => received.push(...chats.map(({ text }) => `${room} ${text}`)));
    await rig.follow('main');
    rig.log.put('main', 'a');
    rig.log.put('other', 'b');
    rig.log.put('main', 'c');
    expect(received).toEqual(['main a', 'main c']);
  });

  it('ends for a room that was unused twice in a row, and a later replay of it has no gap', async () => {
    await rig.start();
    await rig.follow('main', 'other');
    const received: string[] = [];
    rig.feed.onChats((_, chats) => received.push(...chats.map(({ text }) => text)));
    rig.log.put('main', 'a');
    for (const used of [['other'], ['other', 'main'], ['other'], ['other']]) rig.feed.unfollowUnused(used);
    rig.log.put('main', 'b');
    rig.log.put('other', 'c');
    expect(received).toEqual(['a', 'c']);
    expect(await rig.all(0)).toEqual(['a', 'b']);
    rig.log.put('main', 'd');
    expect(received).toEqual(['a', 'c', 'd']);
    expect(await rig.all(0)).toEqual(['a', 'b', 'd']);
  });
});
