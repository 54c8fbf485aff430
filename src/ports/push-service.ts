import type { PushTarget } from './push-store';

export interface PushMessage {
  /** Encrypted for the browser. */
  readonly payload: string;
  /** Of several messages with one topic that wait for a browser, it gets the last one. At most 32 characters of base64url. */
  readonly topic: string;
  /** Seconds for which the push service keeps the message for a browser that is not connected. */
  readonly ttlSeconds: number;
}

/** The push services of browsers (RFC 8030). */
export interface PushService {
  /**
   * @returns 'accepted' when the push service has taken the message over, 'gone' if it no longer knows the endpoint
   * @throws if the attempt failed and can be repeated later
   */
  send(target: PushTarget, message: PushMessage): Promise<'accepted' | 'gone'>;
}
