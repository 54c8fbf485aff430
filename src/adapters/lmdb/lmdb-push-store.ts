import { createHash } from 'node:crypto';
import type { Locale } from '../../domain/locale';
import type { PushProgress, PushStore, PushSubscription, PushTarget, VapidKeys } from '../../ports/push-store';
import type { Environment } from './environment';
import type { KeySet, Table } from './table';

export interface LmdbPushStoreOptions {
  readonly env: Environment;
  /** By hash of the endpoint. */
  readonly subscriptions: Table<PushSubscription, string>;
  /** User and hash of the endpoint. */
  readonly byUser: KeySet<[string, string]>;
  /** Room, doneUntil and hash of the endpoint. */
  readonly byRoom: KeySet<[string, number, string]>;
  /** One record under KEYS. */
  readonly keys: Table<VapidKeys, string>;
}

const KEYS = 'vapid';

/** Endpoints can be longer than a key of LMDB. */
const hashOf = (endpoint: string): string => createHash('sha256').update(endpoint).digest('base64url');

export class LmdbPushStore implements PushStore {
  constructor(private readonly options: LmdbPushStoreOptions) {}

  vapidKeys(made: VapidKeys): Promise<VapidKeys> {
    const { env, keys } = this.options;
    return env.write(() => {
      const stored = keys.get(KEYS);
      if (!stored) keys.put(KEYS, made);
      return stored ?? made;
    });
  }

  subscribe(
    target: PushTarget,
    { userId, locale }: { userId: string; locale: Locale },
    room: string,
    now: number,
  ): Promise<void> {
    const { env, subscriptions } = this.options;
    return env.write(() => {
      const found = subscriptions.get(hashOf(target.endpoint));
      const known = found?.userId === userId ? found : undefined;
      if (found) this.removeNow(found);
      const fresh = { rooms: [], doneUntil: now, sentAt: 0, dueAt: 0, failures: 0 };
      const { rooms, ...rest } = known ?? fresh;
      const kept = rooms.filter((other) => other !== room);
      this.putNow({ ...rest, ...target, userId, locale, rooms: [...kept, room] });
    });
  }

  unsubscribe(userId: string, endpoint: string): Promise<boolean> {
    return this.options.env.write(() => {
      const found = this.options.subscriptions.get(hashOf(endpoint));
      if (found?.userId !== userId) return false;
      this.removeNow(found);
      return true;
    });
  }

  forget(endpoint: string): Promise<void> {
    return this.options.env.write(() => {
      const found = this.options.subscriptions.get(hashOf(endpoint));
      if (found) this.removeNow(found);
    });
  }

  removeOf(userId: string, room?: string): Promise<void> {
    const { env, byUser } = this.options;
    return env.write(() => {
      for (const [, hash] of byUser.keys({ start: [userId, ''], end: [userId, '\uffff'] })) this.leaveNow(hash, room);
    });
  }

  removeRoom(room: string): Promise<void> {
    const { env, byRoom } = this.options;
    return env.write(() => {
      for (const [, , hash] of byRoom.keys({ start: [room, 0, ''], end: [room, Infinity, ''] })) this.leaveNow(hash, room);
    });
  }

  rooms(): Promise<readonly string[]> {
    const { env, byRoom } = this.options;
    return env.read(() => {
      const rooms: string[] = [];
      const after = (room: string | undefined) =>
        byRoom.keys({ ...(room !== undefined && { start: [room, Infinity, ''] }), limit: 1 });
      for (let [key] = after(undefined); key; [key] = after(key[0])) rooms.push(key[0]);
      return rooms;
    });
  }

  pending(room: string, windowEnd: number, now: number, limit: number): Promise<readonly PushSubscription[]> {
    return this.options.env.read(() => {
      const found: PushSubscription[] = [];
      for (const subscription of this.undone(room, windowEnd)) {
        if (found.length === limit) break;
        if (subscription.dueAt <= now) found.push(subscription);
      }
      return found;
    });
  }

  nextDue(room: string, windowEnd: number): Promise<number | undefined> {
    return this.options.env.read(() => {
      let next: number | undefined;
      for (const { dueAt } of this.undone(room, windowEnd)) next = Math.min(next ?? dueAt, dueAt);
      return next;
    });
  }

  settle(endpoint: string, userId: string, progress: PushProgress): Promise<void> {
    return this.options.env.write(() => {
      const found = this.options.subscriptions.get(hashOf(endpoint));
      if (found?.userId !== userId) return;
      this.removeNow(found);
      this.putNow({ ...found, ...progress });
    });
  }

  private *undone(room: string, windowEnd: number): Generator<PushSubscription> {
    for (const [, , hash] of this.options.byRoom.keys({ start: [room, 0, ''], end: [room, windowEnd, ''] })) {
      const subscription = this.options.subscriptions.getIntact(hash);
      if (subscription) yield subscription;
    }
  }

  /** @param room undefined: all rooms */
  private leaveNow(hash: string, room: string | undefined): void {
    const found = this.options.subscriptions.get(hash);
    if (!found) return;
    this.removeNow(found);
    const rooms = room === undefined ? [] : found.rooms.filter((other) => other !== room);
    if (rooms.length > 0) this.putNow({ ...found, rooms });
  }

  private putNow(subscription: PushSubscription): void {
    const hash = hashOf(subscription.endpoint);
    this.options.subscriptions.put(hash, subscription);
    this.options.byUser.add([subscription.userId, hash]);
    for (const room of subscription.rooms) this.options.byRoom.add([room, subscription.doneUntil, hash]);
  }

  private removeNow(subscription: PushSubscription): void {
    const hash = hashOf(subscription.endpoint);
    this.options.subscriptions.remove(hash);
    this.options.byUser.remove([subscription.userId, hash]);
    for (const room of subscription.rooms) this.options.byRoom.remove([room, subscription.doneUntil, hash]);
  }
}
