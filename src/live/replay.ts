import type { Chat } from '../domain/chat';
import type { Position } from '../domain/position';
import type { ChatFeeds } from './chat-feeds';
import { Batch } from './delivery/batch';
import type { Group, Member } from './delivery/group';

/** Chats that a replay reads in one step. */
const CHATS_PER_STEP = 256;
/** Payloads that a replay writes in one step, in bytes. */
const BYTES_PER_STEP = 256 * 1024;

/** Limit of all cached payloads together, in bytes. */
const CACHE_BYTES = 32 << 20;

/**
 * Payloads of old chats by group. Many replays of one group after an outage then execute each chat once. The cache is cleared when
 * it is full, which is safe: payloads that are still needed are soon cached again.
 */
export class PayloadCache {
  private byGroup = new WeakMap<Group, { payloads: Map<number, Buffer>; last?: { key: string; batch: Batch } }>();
  private bytes = 0;

  /**
   * The chats' payloads as one batch, cut at BYTES_PER_STEP.
   * @returns a promise if a resolver was asynchronous; call again after it has resolved
   */
  batchOf(group: Group, chats: readonly Chat[]): Batch | Promise<void> {
    let entry = this.byGroup.get(group);
    if (!entry) this.byGroup.set(group, (entry = { payloads: new Map() }));
    const { payloads } = entry;
    const missing = chats.filter(({ offset }) => !payloads.has(offset));
    const results = missing.map((chat) => group.payloadOf(chat));
    const keep = (payloadsOfMissing: readonly Buffer[]): void => {
      payloadsOfMissing.forEach((payload, i) => {
        payloads.set((missing[i] as Chat).offset, payload);
        this.bytes += payload.length;
      });
    };
    if (!results.every((payload) => Buffer.isBuffer(payload))) return Promise.all(results).then(keep);
    keep(results);
    // Clients that were disconnected together ask for the same chats and can share the frames too.
    const key = `${chats[0]?.offset}-${chats.at(-1)?.offset}`;
    if (entry.last?.key !== key) entry.last = { key, batch: this.cut(chats.map(({ offset }) => payloads.get(offset) as Buffer)) };
    const { batch } = entry.last;
    if (this.bytes > CACHE_BYTES) this.clear();
    return batch;
  }

  clear(): void {
    this.byGroup = new WeakMap();
    this.bytes = 0;
  }

  private cut(payloads: readonly Buffer[]): Batch {
    let bytes = 0;
    const tooMany = payloads.findIndex((payload) => (bytes += payload.length) > BYTES_PER_STEP);
    return new Batch(tooMany < 0 ? payloads : payloads.slice(0, Math.max(1, tooMany)));
  }
}

export interface ReplayDeps {
  readonly feed: Pick<ChatFeeds, 'after'>;
  readonly cache: PayloadCache;
  /** Runs the step between deliveries, without blocking the event loop. */
  readonly schedule: (step: () => void) => void;
  /** Called when the replay fails. */
  readonly onFailure: () => void;
}

/**
 * Sends a member of newChat what it missed, in steps and at the pace of its connection, and then calls `join`. It does so in the
 * turn in which the feed returns no more chats, so the change from replay to live has no gap and no duplicate.
 */
export function replay(member: Member, from: Position, join: () => void, deps: ReplayDeps): void {
  const { handle, group, connection } = member;
  let at = from;
  const again = (): void => {
    deps.schedule(step);
  };
  const mustWait = (): boolean => !connection.queue.idle;
  const fail = (error: unknown): void => {
    if (!handle.ended) deps.onFailure();
    handle.fail(error);
  };
  const send = (chats: readonly Chat[]): void => {
    if (handle.ended) return;
    // Other replays of the same connection may have filled it meanwhile.
    if (mustWait()) {
      connection.queue.onceIdle(again);
      return;
    }
    const batch = deps.cache.batchOf(group, chats);
    if (batch instanceof Promise) {
      batch
        // Reads the chats again, because one of them may have been erased meanwhile.
        .then(again)
        .catch(fail);
      return;
    }
    connection.queue.send(batch, 0, member.id);
    at = { ...at, offset: (chats[batch.length - 1] as Chat).offset };
    if (mustWait()) connection.queue.onceIdle(again);
    else again();
  };
  const step = (): void => {
    if (handle.ended) return;
    try {
      const chats = deps.feed.after(at, CHATS_PER_STEP);
      if (!(chats instanceof Promise)) {
        if (chats.length === 0) join();
        else send(chats);
        return;
      }
      // An empty result counts only in the turn of the call: the listeners may have received more since then.
      chats
        .then((later) => {
          if (later.length === 0) again();
          else send(later);
        })
        .catch(fail);
    } catch (error) {
      fail(error);
    }
  };
  step();
}
