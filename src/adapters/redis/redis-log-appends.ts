import type { Redis } from 'ioredis';
import type { Chat, ChatDraft } from '../../domain/chat';
import { unavailable, withStored } from '../../domain/errors';
import type { OffsetBand } from '../../domain/partition';
import type { Appended } from '../../ports/chat-log';
import type { ChatStore } from '../../ports/chat-store';
import type { Logger } from '../../ports/logger';
import { Batches } from '../../util/batches';
import { orUnavailable } from './connect';
import { encodeContent } from './log-codec';
import type { LogHealth } from './log-health';
import type { LogKeys } from './log-keys';
import { Script } from './script';

const APPEND = new Script('append');
/** Appends that may wait for their call: some megabytes. */
const WAITING_MAX = 10_000;
const DUPLICATE: Appended = { duplicate: true };

export interface RedisLogAppendsOptions {
  readonly redis: Redis;
  readonly number: number;
  readonly band: OffsetBand;
  readonly keys: LogKeys;
  /** Prefix of the channels of rooms. */
  readonly roomPrefix: string;
  readonly health: LogHealth;
  readonly store: Pick<ChatStore, 'byId'>;
  readonly logger: Logger;
  /** Entries that may wait for the store; `add` refuses more. */
  readonly maxBacklog: number;
}

/** Appends to one partition. Drafts that come while a call is under way share the next one. */
export class RedisLogAppends {
  private readonly batches = new Batches<ChatDraft, Appended | 'full'>((drafts) => this.send(drafts));
  private isClosed = false;
  private isFailing = false;

  constructor(private readonly options: RedisLogAppendsOptions) {}

  /** As ChatLog.append. */
  async add(draft: ChatDraft): Promise<Appended> {
    try {
      if (this.isClosed) throw unavailable('The message log is closed.');
      if (this.batches.waiting >= WAITING_MAX) throw unavailable('Too many messages wait for the log.', 1);
      const outcome = await this.batches.add(draft);
      if (outcome === 'full') throw unavailable('Too many messages wait to be stored.');
      return outcome;
    } catch (error) {
      throw withStored(error, 'no');
    }
  }

  /** Refuses new appends and waits for those under way. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.batches.idle();
  }

  private async send(drafts: readonly ChatDraft[]): Promise<readonly (Appended | 'full')[]> {
    const { redis, keys, health, store, maxBacklog, roomPrefix, band } = this.options;
    const { epoch, run } = health.mustBeWhole();
    const stored = health.idsAreIncomplete ? await Promise.all(drafts.map(({ id }) => store.byId(id))) : [];
    const fresh = drafts.filter((_, i) => stored[i] === undefined);
    if (fresh.length === 0) return drafts.map(() => DUPLICATE);
    const entries = fresh.flatMap((draft) => [draft.id, draft.room, encodeContent(draft)]);
    const args = [epoch, run, maxBacklog, keys.idPrefix, roomPrefix, ...entries];
    const reply = await orUnavailable(this.logOutcome(APPEND.run(redis, [keys.state, keys.entries], args))).catch(
      (error: unknown) => {
        throw withStored(error, mayHaveRun(error) ? 'unknown' : 'no');
      },
    );
    const [status, sentAt, ...offsets] = reply as [string, number, ...number[]];
    if (status !== 'ok') {
      health.invalidate();
      throw unavailable('The message log is being checked.', 1);
    }
    let next = 0;
    return drafts.map((draft, i) => {
      if (stored[i] !== undefined) return DUPLICATE;
      const local = offsets[next++] ?? 0;
      if (local === 0) return DUPLICATE;
      if (local < 0) return 'full';
      const offset = local + band.base;
      const chat: Chat = { ...draft, epoch, offset, sentAt, revision: 0, hidden: false };
      health.observe(chat);
      return { duplicate: false, chat };
    });
  }

  /** Logs once when appends begin to fail, and once when they succeed again. */
  private async logOutcome<T>(append: Promise<T>): Promise<T> {
    const { logger, number: partition } = this.options;
    try {
      const reply = await append;
      if (this.isFailing) logger.info({ partition }, 'appends to the message log succeed again');
      this.isFailing = false;
      return reply;
    } catch (err) {
      if (!this.isFailing) logger.error({ err, partition }, 'appends to the message log fail; refusing messages');
      this.isFailing = true;
      throw err;
    }
  }
}

/**
 * Whether Redis may have executed a command that failed. It did not if it answered with an error, or if the connection was down and
 * the command was not sent.
 */
function mayHaveRun(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && cause.name !== 'ReplyError' && !cause.message.includes("isn't writeable");
}
