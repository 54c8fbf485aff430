import type { Chat } from '../../domain/chat';
import { unavailable } from '../../domain/errors';
import type { LogPosition } from '../../domain/position';
import type { RoomTailListener } from '../../ports/chat-log';
import type { Mark, RoomMessage } from './log-messages';

const READ_MAX = 1_000;
/** Messages that may wait while others are read from the log. If more come, they are read from the log too. */
const WAITING_MAX = 10_000;
/** Before the log has an epoch. */
const NO_EPOCH: LogPosition = { epoch: 'none', offset: 0 };

export interface TailReaderOptions {
  readonly listener: Pick<RoomTailListener, 'entries' | 'epoch'>;
  readonly isFollowed: (room: string) => boolean;
  /** Entries after the position; undefined if some of them have been trimmed. */
  readonly read: (from: LogPosition, limit: number) => Promise<readonly Chat[] | undefined>;
  /** Whether the log was found whole in the run of Redis that the mark names. */
  readonly isWhole: (mark: Mark) => boolean;
  readonly onSeen: (entry: Pick<Chat, 'epoch' | 'offset' | 'id'>) => void;
  /** The log may not be whole any more. */
  readonly onLost: () => void;
  /** Entries are missing: a mark is needed to read them. */
  readonly onBehind: () => void;
  /** Every entry of the followed rooms up to the mark was delivered. */
  readonly onReached: (mark: Mark) => void;
  readonly onFailed: (mark: Mark, error: unknown) => void;
}

/** Delivers what arrives on the channels in the order of the log, and reads from the log what did not arrive. */
export class TailReader {
  /** Every entry of the followed rooms up to here was delivered. */
  private position: LogPosition | undefined;
  /** Entries are missing: messages are dropped, and the next mark makes the reader read them. */
  private isBehind = false;
  /** What arrives while entries are being read from the log; undefined otherwise. */
  private waiting: (Mark | RoomMessage)[] | undefined;
  private hasOverflown = false;

  constructor(private readonly options: TailReaderOptions) {}

  /** The position of the first mark, or one before every epoch if there was none. */
  begin(): LogPosition {
    return (this.position ??= NO_EPOCH);
  }

  /** Messages may have been lost: the next mark makes the reader read the log. */
  miss(): void {
    this.isBehind = true;
  }

  receive(arrived: Mark | RoomMessage): void {
    if (this.waiting) this.wait(this.waiting, arrived);
    else if ('token' in arrived) this.takeMark(arrived);
    else this.takeMessage(arrived);
  }

  private wait(waiting: (Mark | RoomMessage)[], arrived: Mark | RoomMessage): void {
    if (waiting.length >= WAITING_MAX) {
      this.waiting = waiting.filter((one) => 'token' in one);
      this.hasOverflown = true;
    }
    this.waiting?.push(arrived);
  }

  private takeMessage({ epoch, gap, chats }: RoomMessage): void {
    if (this.isBehind || !this.position) return;
    if (epoch !== this.position.epoch || gap > this.position.offset) this.fallBehind();
    else this.deliver(chats);
  }

  private takeMark(mark: Mark): void {
    const { isWhole, onLost, onFailed } = this.options;
    const { head } = mark;
    if (this.position === undefined && isWhole(mark)) this.position = head;
    const { epoch, offset } = this.begin();
    const isBack = head.epoch === epoch && head.offset < offset;
    if (!isWhole(mark) || isBack) {
      onLost();
      onFailed(mark, unavailable('The message log is being checked.', 1));
    } else if (head.epoch === epoch && !this.isBehind && mark.gap <= offset) this.reach(mark);
    else void this.readUpTo(mark);
  }

  private fallBehind(): void {
    this.miss();
    this.options.onBehind();
  }

  private reach(mark: Mark): void {
    this.position = mark.head;
    this.options.onSeen({ ...mark.head, id: mark.id });
    this.options.onReached(mark);
  }

  private async readUpTo(mark: Mark): Promise<void> {
    this.waiting = [];
    this.isBehind = false;
    try {
      await this.readEntries(mark);
      this.reach(mark);
    } catch (error) {
      this.isBehind = true;
      this.options.onFailed(mark, error);
    }
    const arrived = this.waiting;
    this.waiting = undefined;
    if (this.hasOverflown) {
      this.hasOverflown = false;
      this.fallBehind();
    }
    for (const one of arrived) this.receive(one);
  }

  private async readEntries({ head, start }: Mark): Promise<void> {
    if (this.position?.epoch !== head.epoch) this.beginAt({ epoch: head.epoch, offset: start });
    for (let at = this.begin(); at.offset < head.offset; at = this.begin()) {
      // Not beyond the mark: a room whose mark waits is not followed yet, and would miss what is read here.
      const chats = await this.options.read(at, Math.min(READ_MAX, head.offset - at.offset));
      if (chats) this.deliver(chats);
      else this.beginAt(head);
    }
  }

  private deliver(chats: readonly Chat[]): void {
    const { listener, isFollowed, onSeen } = this.options;
    const { offset: reached } = this.begin();
    const last = chats.at(-1);
    if (!last || last.offset <= reached) return;
    this.position = { epoch: last.epoch, offset: last.offset };
    onSeen(last);
    const fresh = chats.filter(({ offset, room }) => offset > reached && isFollowed(room));
    if (fresh.length > 0) listener.entries(fresh);
  }

  private beginAt(position: LogPosition): void {
    this.position = position;
    this.options.listener.epoch(position);
  }
}
