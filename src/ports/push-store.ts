import type { Locale } from '../domain/locale';

/** What a browser hands out for sending notifications to it. */
export interface PushTarget {
  /** URL at the push service of the browser. */
  readonly endpoint: string;
  /** Public key of the browser, in base64url. */
  readonly p256dh: string;
  /** Shared secret of the browser, in base64url. */
  readonly auth: string;
}

/** A browser that is notified of letters. It belongs to one account. */
export interface PushSubscription extends PushTarget {
  readonly userId: string;
  readonly locale: Locale;
  /** Ids of the rooms whose letters it is notified of. */
  readonly rooms: readonly string[];
  /** Letters up to this end of a window are dealt with, in milliseconds since 1970. The windows of all rooms end at the same times. */
  readonly doneUntil: number;
  /** Time of the last notification that was accepted, in milliseconds since 1970; 0 before the first. */
  readonly sentAt: number;
  /** Time of the next attempt after one that failed, in milliseconds since 1970. */
  readonly dueAt: number;
  /** Attempts that failed since the last one that was accepted. */
  readonly failures: number;
}

/** The key pair of VAPID (RFC 8292), in base64url. */
export interface VapidKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

export type PushProgress = Partial<Pick<PushSubscription, 'doneUntil' | 'sentAt' | 'dueAt' | 'failures'>>;

/**
 * Browsers that are notified of letters. All changes are durable when resolved.
 * @throws DomainError UNAVAILABLE from any method while the store is unreachable
 */
export interface PushStore {
  /** The keys of the installation. The first call stores the given ones; all calls of all processes return the same ones. */
  vapidKeys(made: VapidKeys): Promise<VapidKeys>;
  /**
   * Adds a room to the endpoint and replaces its keys and its language. An endpoint of another account, and one that is new, gets this
   * room alone and this account, and is done until `now`.
   */
  subscribe(
    target: PushTarget,
    subscriber: { readonly userId: string; readonly locale: Locale },
    room: string,
    now: number,
  ): Promise<void>;
  /** @returns false, and removes nothing, if the account does not have the endpoint */
  unsubscribe(userId: string, endpoint: string): Promise<boolean>;
  /** Removes the endpoint, whoever has it: the push service does not know it any more. */
  forget(endpoint: string): Promise<void>;
  /** Removes a room from all endpoints of the account; without a room removes all its endpoints. */
  removeOf(userId: string, room?: string): Promise<void>;
  /** Removes a room from all endpoints. An endpoint without a room is removed. */
  removeRoom(room: string): Promise<void>;
  /** Ids of the rooms with an endpoint, without duplicates. */
  rooms(): Promise<readonly string[]>;
  /** Endpoints with the room that are not done until `windowEnd` and due at `now`, at most `limit`. */
  pending(room: string, windowEnd: number, now: number, limit: number): Promise<readonly PushSubscription[]>;
  /** The earliest dueAt of an endpoint with the room that is not done until `windowEnd`. */
  nextDue(room: string, windowEnd: number): Promise<number | undefined>;
  /** Changes what is given. Does nothing if the endpoint was removed or belongs to another account. */
  settle(endpoint: string, userId: string, progress: PushProgress): Promise<void>;
}
