import type { Chat } from '../domain/chat';
import type { Position } from '../domain/position';
import type { ChatFeed } from './chat-feed';
import { Batch } from './delivery/batch';
import type { Group, Member } from './delivery/group';

const CHATS_PER_STEP = 256;
const BYTES_PER_STEP = 256 * 1024;

/** All payloads kept for replays, over all groups, in bytes. */
const CACHE_BYTES = 32 << 20;

/**
 * Payloads of old chats, so that many who come back to one group at once cost one execution per chat. It is emptied when it is
 * full: what is still wanted is soon back.
 */
export class PayloadCache {
  private byGroup = new WeakMap<Group, { payloads: Map<number, Buffer>; last?: { key: string; batch: Batch } }>();
  private bytes = 0;

  /** The chats' payloads as one batch, cut where it gets too big. A promise where something had to wait for a resolver. */
  batchOf(group: Group, chats: readonly Chat[]): Batch | Promise<void> {
    let entry = this.byGroup.get(group);
    if (!entry) this.byGroup.set(group, (entry = { payloads: new Map() }));
    const { payloads } = entry;
    const missing = chats.filter(({ offset }) => !payloads.has(offset));
    const made = missing.map((chat) => group.payloadOf(chat));
    const keep = (settled: readonly Buffer[]): void => {
      settled.forEach((payload, i) => {
        payloads.set((missing[i] as Chat).offset, payload);
        this.bytes += payload.length;
      });
    };
    if (!made.every((payload) => Buffer.isBuffer(payload))) return Promise.all(made).then(keep);
    keep(made);
    // Those who were cut off together ask for the same stretch, and then share its frames too.
    const key = `${chats[0]?.offset}-${chats.at(-1)?.offset}`;
    if (entry.last?.key !== key) entry.last = { key, batch: this.cut(chats.map(({ offset }) => payloads.get(offset) as Buffer)) };
    const { batch } = entry.last;
    if (this.bytes > CACHE_BYTES) {
      this.clear();
    }
    return batch;
  }

  clear(): void {
    this.byGroup = new WeakMap();
    this.bytes = 0;
  }

  private cut(payloads: readonly Buffer[]): Batch {
    let bytes = 0;
    const enough = payloads.findIndex((payload) => (bytes += payload.length) > BYTES_PER_STEP);
    return new Batch(enough < 0 ? payloads : payloads.slice(0, Math.max(1, enough)));
  }
}

export interface ReplayDeps {
  readonly feed: ChatFeed;
  readonly cache: PayloadCache;
  /** Runs it soon, between deliveries, without holding up the event loop. */
  readonly soon: (step: () => void) => void;
  /** Called where the gap cannot be filled. */
  readonly refused: () => void;
}

/**
 * Brings a member of newChat up to date, step by step at the pace of its socket, and then calls `join`, in the same turn in
 * which the feed said that there is nothing more: so nothing falls between replay and live, and nothing comes twice.
 */
export function replay(member: Member, from: Position, join: () => void, deps: ReplayDeps): void {
  const { parked, group, connection } = member;
  let at = from;
  const again = (): void => {
    deps.soon(step);
  };
  const isBehind = (): boolean => !connection.wire.idle;
  const fail = (error: unknown): void => {
    if (!parked.over) deps.refused();
    parked.fail(error);
  };
  const send = (chats: readonly Chat[]): void => {
    if (parked.over) return;
    // Other replays share the socket: together they send at its pace too.
    if (isBehind()) {
      connection.wire.onceIdle(again);
      return;
    }
    const batch = deps.cache.batchOf(group, chats);
    if (batch instanceof Promise) {
      batch
        .then(() => {
          send(chats);
        })
        .catch(fail);
      return;
    }
    connection.wire.send(batch, 0, member.id);
    at = { ...at, offset: (chats[batch.length - 1] as Chat).offset };
    if (isBehind()) connection.wire.onceIdle(again);
    else again();
  };
  const step = (): void => {
    if (parked.over) return;
    try {
      const chats = deps.feed.after(at, CHATS_PER_STEP);
      if (!(chats instanceof Promise)) {
        if (chats.length === 0) join();
        else send(chats);
        return;
      }
      // "Nothing more" counts only in the turn in which it is said: by now the listeners may have seen more.
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
