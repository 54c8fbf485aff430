import { toTombstone, type Chat } from '../../src/domain/chat';
import type { LogPosition } from '../../src/domain/position';
import type { Appended, ChatLog, RoomTail } from '../../src/ports/chat-log';
import { draft, NOON, offsets as offsetsOf } from './samples';
import { eachTest, type MakeSubject, type Subject } from './subject';

/** Of the samples. */
const ROOM = 'main';

export interface ChatLogSubject extends Subject<ChatLog> {
  /** The configured number of entries that may wait for the store; from 20 to 1,000. */
  readonly maxBacklog: number;
  /** Sets the clock that gives sentAt. Absent where the clock cannot be set. */
  readonly setClock?: (ms: number) => void;
  /**
   * Loses the log (entries, head, epoch) after the store has taken the first `stored` entries of the samples' room, and opens it again.
   * The offsets of `stored + maxBacklog` entries may have been given out before.
   */
  lose(stored: number): Promise<ChatLog>;
}

export function chatLogContract(name: string, make: MakeSubject<ChatLog, ChatLogSubject>): void {
  describe(`${name} as a ChatLog`, () => {
    const subject = eachTest(make);
    const log = () => subject().port;
    const partition = () => log().of(ROOM);
    /** The offset of the nth entry of the partition. */
    const nth = (n: number): number => partition().band.base + n;
    /** The offsets as if the partition began at 0. */
    const offsets = (chats: readonly Chat[] | undefined) => offsetsOf(chats)?.map((offset) => offset - nth(0));

    const appendAll = async (count: number, prefix = 'm'): Promise<Chat[]> => {
      const appended = await Promise.all(Array.from({ length: count }, (_, i) => log().append(draft(`${prefix}${i + 1}`))));
      return appended.map(stored);
    };
    const place = async (n: number): Promise<LogPosition> => ({ epoch: (await partition().head()).epoch, offset: nth(n) });

    test('the first entry has the first offset and all fields of its draft', async () => {
      const before = Date.now();
      const sent = draft('a', {
        dominant: null,
        text: '가'.repeat(999) + '🌿',
        feeling: 'WEARINESS',
        answers: 'main:1767225000000',
      });
      const chat = stored(await log().append(sent));
      const { epoch } = await partition().head();
      expect(chat).toEqual({
        ...sent,
        epoch,
        offset: nth(1),
        sentAt: chat.sentAt,
        revision: 0,
        hidden: false,
      });
      expect(epoch).toMatch(/^[A-Za-z0-9_-]+$/);
      if (!subject().setClock) expect(chat.sentAt).toBeGreaterThanOrEqual(before - 60_000);
      expect(await log().find('a')).toEqual({ state: 'present', chat });
    });

    test('concurrent appends get contiguous offsets in the order of the calls, and sentAt never decreases', async () => {
      const appended = await appendAll(20);
      expect(offsets(appended)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
      expect(appended.map(({ sentAt }) => sentAt)).toEqual(appended.map(({ sentAt }) => sentAt).sort((a, b) => a - b));
      expect(await partition().head()).toEqual(await place(20));
      expect(await partition().read(await place(0), 100)).toEqual(appended);
    });

    test('of several concurrent appends of one id, one is stored', async () => {
      const appended = await Promise.all(Array.from({ length: 10 }, () => log().append(draft('same'))));
      expect(appended.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
      expect(await log().append(draft('same', { text: 'another text' }))).toEqual({ duplicate: true });
      expect(await partition().head()).toEqual(await place(1));
      expect(stored(await log().append(draft('next'))).offset).toBe(nth(2));
    });

    test('an id stays known after its entry was trimmed', async () => {
      await appendAll(3);
      await partition().commit(nth(3), 1);
      await partition().trim(1, 0);
      expect(await log().find('m1')).toEqual({ state: 'trimmed' });
      expect(await log().find('m3')).toMatchObject({ state: 'present', chat: { offset: nth(3) } });
      expect(await log().find('never')).toEqual({ state: 'unknown' });
      expect(await log().append(draft('m1'))).toEqual({ duplicate: true });
    });

    test('sentAt is the time of the append, and does not decrease when the clock is set back', async () => {
      const { setClock } = subject();
      if (!setClock) return;
      setClock(NOON);
      expect(stored(await log().append(draft('a'))).sentAt).toBe(NOON);
      setClock(NOON - 5_000);
      expect(stored(await log().append(draft('b'))).sentAt).toBe(NOON);
      setClock(NOON + 1);
      expect(stored(await log().append(draft('c'))).sentAt).toBe(NOON + 1);
    });

    test('sentAt does not decrease after a restart when the last entry was trimmed', async () => {
      const { setClock } = subject();
      if (!setClock) return;
      setClock(NOON);
      await appendAll(1);
      await partition().commit(nth(1), 1);
      await partition().trim(0, NOON + 1);
      const reopened = await subject().reopen();
      setClock(NOON - 5_000);
      expect(stored(await reopened.append(draft('b')))).toMatchObject({ sentAt: NOON, offset: nth(2) });
    });

    test('every entry sent before the watermark is visible, and no later append gets a smaller time', async () => {
      const waiting = appendAll(5);
      const settled = await partition().watermark();
      const visible = (await partition().read(await place(0), 100)) ?? [];
      const appended = [...(await waiting), stored(await log().append(draft('later')))];
      for (const chat of appended) {
        if (!visible.some(({ offset }) => offset === chat.offset)) expect(chat.sentAt).toBeGreaterThanOrEqual(settled);
      }
    });

    test('the watermark does not decrease when the clock is set back', async () => {
      const { setClock } = subject();
      if (!setClock) return;
      setClock(NOON);
      expect(await partition().watermark()).toBe(NOON);
      setClock(NOON - 5_000);
      const reopened = await subject().reopen();
      expect(stored(await reopened.append(draft('a'))).sentAt).toBe(NOON);
      expect(await reopened.of(ROOM).watermark()).toBe(NOON);
    });

    describe('a tail of rooms', () => {
      let a: string, b: string, c: string;
      beforeEach(() => {
        // Rooms of one partition.
        const names = Array.from({ length: 100 }, (_, i) => `room-${i}`);
        [a = '', b = '', c = ''] = names.filter((name) => log().of(name) === partition());
      });

      const inRooms = async (count: number, rooms: readonly string[], prefix = 'r'): Promise<Chat[]> => {
        const sent = Array.from({ length: count }, (_, i) => draft(`${prefix}${i}`, { room: rooms[i % rooms.length] as string }));
        return (await Promise.all(sent.map((one) => log().append(one)))).map(stored);
      };

      test('delivers the entries of its rooms alone, once and in order, from the position at which a room was followed', async () => {
        await inRooms(2, [a, b], 'before');
        const follower = new RoomFollower();
        const tail = await follower.open(log());
        expect(tail.from).toEqual(await place(2));
        await inRooms(4, [a, b, c, a], 'unfollowed');
        await Promise.all([tail.follow(a), tail.follow(b), tail.follow(a)]);
        expect(follower.from).toEqual(new Map(await Promise.all([a, b].map(async (room) => [room, await place(6)] as const))));
        const appended = await inRooms(30, [a, b, c]);
        expect(await tail.head()).toEqual(await place(36));
        expect(follower.chats).toEqual(appended.filter(({ room }) => room !== c));
        tail.stop();
        await inRooms(3, [a], 'after');
        await partition().watermark();
        expect(follower.chats).toHaveLength(20);
      });

      test('has every entry up to its head when the head resolves', async () => {
        const follower = new RoomFollower();
        const tail = await follower.open(log());
        await tail.follow(a);
        for (let i = 1; i <= 5; i++) {
          await inRooms(3, [a], `round${i}-`);
          await tail.head();
          expect(follower.chats).toHaveLength(3 * i);
        }
        tail.stop();
      });

      test('delivers each entry after the position of a room that is followed while messages are sent', async () => {
        const followers = Array.from({ length: 5 }, () => new RoomFollower());
        const tails = await Promise.all(followers.map((follower) => follower.open(log())));
        const sending = inRooms(Math.min(200, subject().maxBacklog), [a, b]);
        for (const tail of tails) {
          await tail.follow(a);
          await tail.head();
        }
        const appended = await sending;
        await Promise.all(tails.map((tail) => tail.head()));
        for (const follower of followers) {
          const from = follower.from.get(a)?.offset ?? NaN;
          expect(follower.chats).toEqual(appended.filter(({ room, offset }) => room === a && offset > from));
        }
        for (const tail of tails) tail.stop();
      });

      test('delivers no entry of a room that it follows no more, and goes on when the room is followed again', async () => {
        const follower = new RoomFollower();
        const tail = await follower.open(log());
        await Promise.all([tail.follow(a), tail.follow(b)]);
        tail.unfollow(a);
        await inRooms(4, [a, b], 'first');
        await tail.follow(a);
        expect(follower.from.get(a)).toEqual(await place(4));
        await inRooms(4, [a, b], 'second');
        await tail.head();
        expect(offsets(follower.chats)).toEqual([2, 4, 5, 6, 7, 8]);
        tail.stop();
      });

      test('continues after entries were erased or renamed', async () => {
        const follower = new RoomFollower();
        const tail = await follower.open(log());
        await tail.follow(a);
        await inRooms(2, [a], 'first');
        await log().erase(nth(2));
        await log().rename(nth(1), { authorId: 'x', author: 'x' });
        await inRooms(2, [a], 'second');
        await tail.head();
        expect(offsets(follower.chats)).toEqual([1, 2, 3, 4]);
        tail.stop();
      });
    });

    test('read pages forward from a position, and is empty at the head', async () => {
      await appendAll(5);
      expect(offsets(await partition().read(await place(0), 2))).toEqual([1, 2]);
      expect(offsets(await partition().read(await place(2), 2))).toEqual([3, 4]);
      expect(offsets(await partition().read(await place(4), 2))).toEqual([5]);
      expect(await partition().read(await place(5), 2)).toEqual([]);
    });

    test('read refuses a position of another epoch or beyond the head', async () => {
      await appendAll(1);
      await expect(partition().read({ epoch: 'another', offset: nth(0) }, 1)).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
      await expect(partition().read(await place(2), 1)).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
    });

    test('readBack pages backward from an offset', async () => {
      await appendAll(5);
      expect(offsets(await partition().readBack(nth(6), 2))).toEqual([5, 4]);
      expect(offsets(await partition().readBack(Number.MAX_SAFE_INTEGER, 1))).toEqual([5]);
      expect(offsets(await partition().readBack(Infinity, 2))).toEqual([5, 4]);
      expect(offsets(await partition().readBack(nth(4), 10))).toEqual([3, 2, 1]);
      expect(await partition().readBack(nth(1), 10)).toEqual([]);
    });

    test('the committed offset starts below the first and never decreases', async () => {
      await appendAll(5);
      expect(await partition().committed()).toBe(nth(0));
      expect(await partition().commit(nth(3), 1)).toBe(true);
      expect(await partition().commit(nth(2), 1)).toBe(true);
      expect(await partition().committed()).toBe(nth(3));
      expect(await (await subject().reopen()).of(ROOM).committed()).toBe(nth(3));
    });

    test('a commit with an older fence is refused and changes nothing', async () => {
      await appendAll(5);
      expect(await partition().commit(nth(2), 7)).toBe(true);
      expect(await partition().commit(nth(4), 6)).toBe(false);
      expect(await partition().committed()).toBe(nth(2));
      expect(await partition().commit(nth(5), 7)).toBe(true);
      expect(await partition().committed()).toBe(nth(5));
    });

    test('trim removes committed entries beyond the newest `retain`, and no entry that is not committed', async () => {
      await appendAll(10);
      await partition().trim(0, Date.now() + 1e12);
      expect(offsets(await partition().readBack(nth(11), 100))).toHaveLength(10);
      await partition().commit(nth(6), 1);
      await partition().trim(8, 0);
      expect(offsets(await partition().readBack(nth(11), 100))).toEqual([10, 9, 8, 7, 6, 5, 4, 3]);
      await partition().trim(1, 0);
      expect(offsets(await partition().readBack(nth(11), 100))).toEqual([10, 9, 8, 7]);
    });

    test('trim removes committed entries older than a time, whatever `retain` is', async () => {
      const [first] = await appendAll(5);
      await partition().commit(nth(3), 1);
      await partition().trim(100, (first as Chat).sentAt - 1);
      expect(offsets(await partition().readBack(nth(6), 100))).toEqual([5, 4, 3, 2, 1]);
      await partition().trim(100, Date.now() + 1e12);
      expect(offsets(await partition().readBack(nth(6), 100))).toEqual([5, 4]);
    });

    test('read returns undefined for a range that was trimmed in part', async () => {
      await appendAll(5);
      await partition().commit(nth(3), 1);
      await partition().trim(2, 0);
      expect(await partition().read(await place(2), 10)).toBeUndefined();
      expect(await partition().read(await place(0), 10)).toBeUndefined();
      expect(offsets(await partition().read(await place(3), 10))).toEqual([4, 5]);
    });

    test('a log without entries keeps its head and continues its offsets', async () => {
      await appendAll(3);
      await partition().commit(nth(3), 1);
      await partition().trim(0, Date.now() + 1e12);
      expect(await partition().head()).toEqual(await place(3));
      expect(await partition().read(await place(3), 10)).toEqual([]);
      expect(await partition().read(await place(2), 10)).toBeUndefined();
      expect(stored(await log().append(draft('next'))).offset).toBe(nth(4));
    });

    test('an erased entry keeps its offset and loses its text', async () => {
      const [, second] = await appendAll(3);
      await log().erase(nth(2));
      await log().erase(nth(99));
      const read = (await partition().read(await place(0), 10)) ?? [];
      expect(offsets(read)).toEqual([1, 2, 3]);
      expect(read[1]).toEqual(toTombstone(second as Chat));
      expect(await log().find('m2')).toEqual({ state: 'present', chat: toTombstone(second as Chat) });
      expect(await log().append(draft('m2'))).toEqual({ duplicate: true });
    });

    test('the feeling of an entry is changed by the highest revision, in any order of the changes, unless it is erased', async () => {
      const [first, , third] = await appendAll(3);
      await log().setFeeling(nth(1), { feeling: 'HOPE', revision: 2 });
      await log().setFeeling(nth(1), { feeling: 'JOY', revision: 1 });
      await log().setFeeling(nth(2), { feeling: 'JOY', revision: 1 });
      await log().setFeeling(nth(2), { feeling: null, revision: 2 });
      await log().erase(nth(3));
      await log().setFeeling(nth(3), { feeling: 'JOY', revision: 1 });
      await log().setFeeling(nth(99), { feeling: 'JOY', revision: 1 });
      const changed = [{ ...first, feeling: 'HOPE', revision: 2 }, { feeling: null, revision: 2 }, toTombstone(third as Chat)];
      expect(await partition().read(await place(0), 10)).toMatchObject(changed);
      expect(await log().find('m1')).toMatchObject({ state: 'present', chat: changed[0] });
      await log().erase(nth(1));
      expect(await (await subject().reopen()).of(ROOM).readBack(nth(2), 1)).toMatchObject([
        { text: '', feeling: null, hidden: true },
      ]);
    });

    test('a renamed entry changes only its author, also when it is erased too', async () => {
      const [first, second, third] = await appendAll(3);
      const nobody = { authorId: 'gone-1', author: '고요한 고래' };
      await log().rename(nth(1), nobody);
      await log().rename(nth(2), nobody);
      await log().erase(nth(2));
      await log().erase(nth(3));
      await log().rename(nth(3), nobody);
      await log().rename(nth(99), nobody);
      const expected = [
        { ...(first as Chat), ...nobody },
        { ...toTombstone(second as Chat), ...nobody },
        { ...toTombstone(third as Chat), ...nobody },
      ];
      expect(await partition().read(await place(0), 10)).toEqual(expected);
      expect(await (await subject().reopen()).of(ROOM).readBack(nth(4), 10)).toEqual(expected.toReversed());
    });

    test('a concurrent rename and erasure both take effect', async () => {
      const [chat] = await appendAll(1);
      await Promise.all([
        ...['a', 'b', 'c'].map((authorId) => log().rename(nth(1), { authorId, author: 'nobody' })),
        log().erase(nth(1)),
        log().rename(nth(1), { authorId: 'd', author: 'nobody' }),
      ]);
      const [read] = (await partition().read(await place(0), 1)) ?? [];
      expect(read).toMatchObject({ id: chat?.id, hidden: true, text: '', author: 'nobody' });
    });

    test('an append beyond the backlog limit is refused with retryAfter, stores nothing, and succeeds after a commit', async () => {
      const { maxBacklog } = subject();
      await appendAll(maxBacklog);
      const refused = expect.objectContaining({ code: 'UNAVAILABLE', retryAfter: expect.any(Number) as number }) as unknown;
      await expect(log().append(draft('too-much'))).rejects.toEqual(refused);
      expect(await log().find('too-much')).toEqual({ state: 'unknown' });
      expect(await partition().head()).toEqual(await place(maxBacklog));
      await partition().commit(nth(1), 1);
      expect(stored(await log().append(draft('too-much'))).offset).toBe(nth(maxBacklog + 1));
    });

    test('concurrent appends do not exceed the backlog limit', async () => {
      const { maxBacklog } = subject();
      const results = await Promise.allSettled(
        Array.from({ length: maxBacklog + 30 }, (_, i) => log().append(draft(`burst-${i}`))),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(maxBacklog);
      expect(await partition().head()).toEqual(await place(maxBacklog));
    });

    test('all data survive a restart', async () => {
      const appended = await appendAll(5);
      await log().erase(nth(1));
      await partition().commit(nth(2), 4);
      const head = await partition().head();
      const reopened = await subject().reopen();
      expect(await reopened.of(ROOM).head()).toEqual(head);
      expect(await reopened.of(ROOM).read({ epoch: head.epoch, offset: nth(0) }, 10)).toEqual([
        toTombstone(appended[0] as Chat),
        ...appended.slice(1),
      ]);
      expect(await reopened.of(ROOM).committed()).toBe(nth(2));
      expect(await reopened.of(ROOM).commit(nth(5), 3)).toBe(false);
      expect(await reopened.append(draft('m3'))).toEqual({ duplicate: true });
      expect(stored(await reopened.append(draft('next'))).offset).toBe(nth(6));
    });

    test('a lost log begins a new epoch above every offset that was given out', async () => {
      const { maxBacklog } = subject();
      await appendAll(5);
      const old = await partition().head();
      const recreated = await subject().lose(3);
      const head = await recreated.of(ROOM).head();
      expect(head.epoch).not.toBe(old.epoch);
      expect(head.offset).toBeGreaterThanOrEqual(nth(3 + maxBacklog));
      await expect(recreated.of(ROOM).read(old, 1)).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
      expect(await recreated.of(ROOM).committed()).toBe(head.offset);
      const chat = stored(await recreated.append(draft('new')));
      expect(chat).toMatchObject({ epoch: head.epoch, offset: head.offset + 1 });
      expect(await recreated.of(ROOM).read(head, 10)).toEqual([chat]);
      expect(await recreated.of(ROOM).readBack(Number.MAX_SAFE_INTEGER, 10)).toEqual([chat]);
    });

    test('after a loss, stored ids stay known, and a lost message can be sent again', async () => {
      await appendAll(5);
      const recreated = await subject().lose(3);
      expect(await recreated.append(draft('m3'))).toEqual({ duplicate: true });
      const again = stored(await recreated.append(draft('m5')));
      expect(await recreated.find('m5')).toEqual({ state: 'present', chat: again });
    });
  });
}

/** Records what a tail of rooms delivers. */
class RoomFollower {
  readonly chats: Chat[] = [];
  readonly from = new Map<string, LogPosition>();

  open(log: ChatLog): Promise<RoomTail> {
    return log.of(ROOM).tailRooms({
      entries: (entries) => this.chats.push(...entries),
      epoch: fail,
      following: (room, from) => this.from.set(room, from),
    });
  }
}

const fail = (): void => {
  throw new Error('the epoch changed, which nothing here asked for');
};

function stored(appended: Appended): Chat {
  if (appended.duplicate) throw new Error('stored before');
  return appended.chat;
}
