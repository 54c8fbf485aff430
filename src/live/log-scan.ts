import type { Chat } from '../domain/chat';
import type { LogPartition } from '../ports/chat-log';

/** Entries that one read of the log asks for. */
const STEP = 1_000;

export interface ScanQuery {
  readonly room: string;
  /** Reads back to this offset or further. */
  readonly target: number;
  /** Reads chats up to this offset. */
  readonly upTo: number;
  readonly max: number;
}

export interface Scanned {
  /** Newest first. */
  readonly older: Chat[];
  /** Offset from which on they are complete: the log ends there, the target is reached, or there are `max`. */
  readonly before: number;
}

interface Request extends ScanQuery {
  readonly older: Chat[];
  readonly resolve: (scanned: Scanned) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Reads a partition of the log backwards for some of its rooms. The entries of all its rooms are read, so rooms that are asked for
 * while a scan is under way share the next one: after an outage the readers of all rooms come back together.
 */
export class LogScan {
  private waiting: Request[] = [];
  private running: Promise<void> | undefined;

  constructor(private readonly log: Pick<LogPartition, 'readBack'>) {}

  /** @throws DomainError UNAVAILABLE */
  read(query: ScanQuery): Promise<Scanned> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ ...query, older: [], resolve, reject });
      this.running ??= this.run();
    });
  }

  private async run(): Promise<void> {
    // Those that ask in the same turn share the first scan.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const requests = this.waiting;
      this.waiting = [];
      try {
        await this.scan(requests);
      } catch (error) {
        for (const { reject } of requests) reject(error);
      }
    }
    this.running = undefined;
  }

  private async scan(requests: readonly Request[]): Promise<void> {
    let open = requests;
    let before = Math.max(...requests.map(({ upTo }) => upTo)) + 1;
    for (let logEnds = false; open.length > 0;) {
      const isDone = ({ target, upTo, older, max }: Request): boolean =>
        logEnds || Math.min(before - 1, upTo) <= target || older.length >= max;
      for (const request of open.filter(isDone)) {
        request.resolve({ older: request.older, before: Math.min(before, request.upTo + 1) });
      }
      open = open.filter((request) => !isDone(request));
      if (open.length === 0) return;
      const entries = await this.log.readBack(before, STEP);
      const byRoom = new Map<string, Request[]>();
      for (const request of open) byRoom.set(request.room, [...(byRoom.get(request.room) ?? []), request]);
      for (const chat of entries) {
        for (const { upTo, older } of byRoom.get(chat.room) ?? []) if (chat.offset <= upTo) older.push(chat);
      }
      before = entries.at(-1)?.offset ?? before;
      logEnds = entries.length < STEP;
    }
  }
}
