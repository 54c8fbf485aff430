import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Chat } from '../../domain/chat';
import type { LogPosition } from '../../domain/position';
import type { Tail, TailListener } from '../../ports/chat-log';
import type { Logger } from '../../ports/logger';
import { decodeEntry, type StreamEntry } from './log-codec';

const READ_MAX = 1_000;
/** How long Redis holds an empty answer back: how soon a quiet process notices that the log was lost. */
const BLOCK_MS = 1_000;
const RETRY_MS = 100;

export interface LogTailOptions {
  /** A connection of its own: XREAD blocks it. */
  readonly reader: Redis;
  readonly stream: string;
  /** The newest place, with where its epoch began; undefined while there is no epoch. */
  readonly state: () => Promise<{ readonly head: LogPosition; readonly start: number } | undefined>;
  /** Entries after the place, tombstones included; undefined if they have been trimmed. */
  readonly read: (from: LogPosition, limit: number) => Promise<readonly Chat[] | undefined>;
  readonly onSeen: (chat: Chat) => void;
  /** The log ends below what was seen, or is not there. */
  readonly onLost: () => void;
  readonly logger: Logger;
}

interface Listening {
  readonly listener: TailListener;
  /** It has seen everything up to here. */
  after: number;
}

/** What a tail begins with while the log has no epoch yet. */
const NOWHERE: LogPosition = { epoch: 'none', offset: 0 };

/** Follows the stream once for all listeners of the process. */
export class LogTail {
  private readonly listening = new Set<Listening>();
  private place = NOWHERE;
  private running: Promise<void> | undefined;
  private closed = false;

  constructor(private readonly options: LogTailOptions) {}

  async tail(listener: TailListener): Promise<Tail> {
    const head = (await this.options.state())?.head ?? NOWHERE;
    // No await from here on: what the loop delivers next, this listener gets.
    if (!this.running) this.place = head;
    const from = this.place.epoch !== head.epoch || this.place.offset > head.offset ? this.place : head;
    const entry: Listening = { listener, after: from.offset };
    this.listening.add(entry);
    this.running ??= this.run();
    return {
      from,
      stop: () => {
        this.listening.delete(entry);
      },
    };
  }

  /** The connection must be closed first: it ends the read that is under way. */
  async close(): Promise<void> {
    this.closed = true;
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.closed && this.listening.size > 0) {
      try {
        await this.step();
      } catch (err) {
        this.options.logger.debug({ err }, 'the tail of the log could not be read; trying again');
        await delay(RETRY_MS);
      }
    }
    this.running = undefined;
  }

  private async step(): Promise<void> {
    const { reader, stream } = this.options;
    const reply = await reader.xread('COUNT', READ_MAX, 'BLOCK', BLOCK_MS, 'STREAMS', stream, `${this.place.offset}-0`);
    const entries = ((reply?.[0]?.[1] ?? []) as StreamEntry[]).map(decodeEntry);
    if (entries.length === 0 || entries.some(({ epoch }) => epoch !== this.place.epoch)) await this.compare();
    else await this.take(entries);
  }

  /** Nothing came, or something of another epoch. */
  private async compare(): Promise<void> {
    const state = await this.options.state();
    if (!state) {
      this.options.onLost();
      return;
    }
    const { head, start } = state;
    if (head.epoch !== this.place.epoch) this.beginAt({ epoch: head.epoch, offset: start });
    else if (head.offset < this.place.offset) this.options.onLost();
    // The newest entries were erased while this process was away: the stream does not hold them, and will not tell of them.
    else if (head.offset > this.place.offset) this.catchUp(await this.options.read(this.place, READ_MAX), head.offset);
  }

  private async take(entries: readonly Chat[]): Promise<void> {
    const whole = entries.every(({ offset }, i) => offset === this.place.offset + 1 + i);
    // A hole is an erased entry, or the log was trimmed while this process was away.
    const chats = whole ? entries : await this.options.read(this.place, READ_MAX);
    this.catchUp(chats, (entries[0]?.offset ?? 1) - 1);
  }

  /** @param chats undefined if they have been trimmed: then it goes on behind `offset` */
  private catchUp(chats: readonly Chat[] | undefined, offset: number): void {
    if (chats) this.deliver(chats);
    else this.beginAt({ epoch: this.place.epoch, offset });
  }

  private deliver(chats: readonly Chat[]): void {
    const last = chats.at(-1);
    if (!last) return;
    this.place = { epoch: last.epoch, offset: last.offset };
    this.options.onSeen(last);
    this.tellAll((entry) => {
      const fresh = entry.after >= last.offset ? [] : chats.filter(({ offset }) => offset > entry.after);
      if (fresh.length > 0) entry.listener.entries(fresh);
    });
  }

  private beginAt(place: LogPosition): void {
    this.place = place;
    this.tellAll((entry) => {
      entry.after = place.offset;
      entry.listener.epoch(place);
    });
  }

  private tellAll(tell: (entry: Listening) => void): void {
    for (const entry of [...this.listening]) {
      if (!this.listening.has(entry)) continue;
      try {
        tell(entry);
      } catch (err) {
        this.options.logger.error({ err, offset: this.place.offset }, 'a listener of the log failed');
      }
    }
  }
}
