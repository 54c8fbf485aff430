import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Chat } from '../../domain/chat';
import type { LogPosition } from '../../domain/position';
import type { Tail, TailListener } from '../../ports/chat-log';
import type { Logger } from '../../ports/logger';
import { Listeners } from '../../util/listeners';
import { decodeEntry, type StreamEntry } from './log-codec';

const READ_MAX = 1_000;
/** How long Redis waits for an entry before it replies with none: a quiet process notices within this time that the log was lost. */
const BLOCK_MS = 1_000;
const RETRY_MS = 100;
/** Pause after a read with entries, so that the next one has several. The batch writer, which follows the stream, waits longer anyway. */
const GATHER_MS = 50;

/** The newest position, and the offset before the first entry of its epoch. */
export interface LogState {
  readonly head: LogPosition;
  readonly start: number;
}

export interface LogTailOptions {
  /** A connection of its own: XREAD blocks it. */
  readonly reader: Redis;
  readonly stream: string;
  /** Undefined while the log has no epoch. */
  readonly readState: () => Promise<LogState | undefined>;
  /** Entries after the position, tombstones included; undefined if some of them have been trimmed. */
  readonly read: (from: LogPosition, limit: number) => Promise<readonly Chat[] | undefined>;
  readonly onSeen: (chat: Chat) => void;
  /** The log ends below what was seen, or does not exist. */
  readonly onLost: () => void;
  readonly logger: Logger;
}

/** Where a tail begins while the log has no epoch. */
const NO_EPOCH: LogPosition = { epoch: 'none', offset: 0 };

/** Follows the stream once for all listeners of the process. */
export class LogTail {
  /** Called with the chats after the position before, or without chats when an epoch begins at the position. */
  private readonly listeners: Listeners<[position: LogPosition, chats?: readonly Chat[]]>;
  private position = NO_EPOCH;
  private running: Promise<void> | undefined;
  private closed = false;
  private lastReadAt = performance.now();

  constructor(private readonly options: LogTailOptions) {
    this.listeners = new Listeners((err) => {
      options.logger.error({ err, offset: this.position.offset }, 'a listener of the log failed');
    });
  }

  async tail(listener: TailListener): Promise<Tail> {
    const head = (await this.options.readState())?.head ?? NO_EPOCH;
    // No await from here on: the listener gets what the loop delivers next.
    if (!this.running) this.position = head;
    const from = this.position.epoch !== head.epoch || this.position.offset > head.offset ? this.position : head;
    let seenUpTo = from.offset;
    const stop = this.listeners.add((position, chats) => {
      if (chats) {
        const fresh = seenUpTo >= position.offset ? [] : chats.filter(({ offset }) => offset > seenUpTo);
        if (fresh.length > 0) listener.entries(fresh);
      } else {
        seenUpTo = position.offset;
        listener.epoch(position);
      }
    });
    if (!this.running) this.lastReadAt = performance.now();
    this.running ??= this.run();
    return { from, stop };
  }

  /** Milliseconds since the stream was last read up to its end or to a full page; 0 without listeners. */
  get ageMs(): number {
    return this.running ? performance.now() - this.lastReadAt : 0;
  }

  /** The connection must be closed first, which ends the read under way. */
  async close(): Promise<void> {
    this.closed = true;
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.closed && this.listeners.size > 0) {
      try {
        await this.step();
        this.lastReadAt = performance.now();
      } catch (err) {
        this.options.logger.debug({ err }, 'the tail of the log could not be read; retrying');
        await delay(RETRY_MS);
      }
    }
    this.running = undefined;
  }

  private async step(): Promise<void> {
    const { reader, stream } = this.options;
    const reply = await reader.xread('COUNT', READ_MAX, 'BLOCK', BLOCK_MS, 'STREAMS', stream, `${this.position.offset}-0`);
    const entries = ((reply?.[0]?.[1] ?? []) as StreamEntry[]).map((entry) => decodeEntry(entry, this.position.epoch));
    if (entries.length === 0 || entries.some(({ epoch }) => epoch !== this.position.epoch)) await this.compareWithState();
    else await this.take(entries);
  }

  /** After a read without entries, or with entries of another epoch. */
  private async compareWithState(): Promise<void> {
    const state = await this.options.readState();
    if (!state) {
      this.options.onLost();
      return;
    }
    const { head, start } = state;
    if (head.epoch !== this.position.epoch) this.beginAt({ epoch: head.epoch, offset: start });
    else if (head.offset < this.position.offset) this.options.onLost();
    // The newest entries were erased before this process read them: the stream does not hold them any more.
    else if (head.offset > this.position.offset) this.goOn(await this.options.read(this.position, READ_MAX), head.offset);
  }

  private async take(entries: readonly Chat[]): Promise<void> {
    const isWhole = entries.every(({ offset }, i) => offset === this.position.offset + 1 + i);
    // A gap is an erased entry, or entries were trimmed before this process read them.
    const chats = isWhole ? entries : await this.options.read(this.position, READ_MAX);
    this.goOn(chats, (entries[0]?.offset ?? 1) - 1);
    await delay(GATHER_MS);
  }

  /** @param chats undefined if they have been trimmed: then the tail begins anew behind `offset` */
  private goOn(chats: readonly Chat[] | undefined, offset: number): void {
    if (chats) this.deliver(chats);
    else this.beginAt({ epoch: this.position.epoch, offset });
  }

  private deliver(chats: readonly Chat[]): void {
    const last = chats.at(-1);
    if (!last) return;
    this.position = { epoch: last.epoch, offset: last.offset };
    this.options.onSeen(last);
    this.listeners.call(this.position, chats);
  }

  private beginAt(position: LogPosition): void {
    this.position = position;
    this.listeners.call(position);
  }
}
