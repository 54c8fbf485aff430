import { ECDH } from 'node:crypto';
import { badInput, DomainError } from '../domain/errors';
import type { Locale } from '../domain/locale';
import { allowedBy, type PushHost } from '../domain/push-host';
import type { Viewer } from '../domain/user';
import type { Clock } from '../ports/clock';
import type { PushStore, PushTarget, VapidKeys } from '../ports/push-store';

export interface PushSubscriptionsDeps {
  readonly store: Pick<PushStore, 'subscribe' | 'unsubscribe'>;
  /** The keys of the installation; undefined where push is not set up. @throws DomainError UNAVAILABLE */
  readonly keys: (() => Promise<VapidKeys>) | undefined;
  readonly hosts: readonly PushHost[];
  /** @throws DomainError NOT_FOUND */
  readonly requireRoom: (room: string, viewer: Viewer) => Promise<unknown>;
  /** Counts a subscription. @throws DomainError RATE_LIMITED */
  readonly admit: (viewer: Viewer) => Promise<void>;
  readonly clock: Clock;
}

const MAX_ENDPOINT = 2_048;
/** An uncompressed point of the curve P-256. */
const P256DH_BYTES = 65;
const AUTH_BYTES = 16;

/** The browsers that people let be notified of letters. */
export class PushSubscriptions {
  constructor(private readonly deps: PushSubscriptionsDeps) {}

  /** The public key for browsers; null where push is not set up. @throws DomainError UNAVAILABLE */
  async publicKey(): Promise<string | null> {
    return (await this.deps.keys?.())?.publicKey ?? null;
  }

  /** @throws DomainError FORBIDDEN where push is not set up, BAD_USER_INPUT, NOT_FOUND, RATE_LIMITED, UNAVAILABLE */
  async subscribe(viewer: Viewer, locale: Locale, room: string, target: PushTarget): Promise<void> {
    const { store, keys, requireRoom, admit, clock } = this.deps;
    if (!keys) throw new DomainError('FORBIDDEN', 'Notifications are not set up here.');
    const checked = this.check(target);
    await requireRoom(room, viewer);
    await admit(viewer);
    await store.subscribe(checked, { userId: viewer.userId, locale }, room, clock.now());
  }

  /** @returns false if the account does not have the endpoint */
  unsubscribe({ userId }: Viewer, endpoint: string): Promise<boolean> {
    return this.deps.store.unsubscribe(userId, endpoint);
  }

  private check({ endpoint, p256dh, auth }: PushTarget): PushTarget {
    if (endpoint.length > MAX_ENDPOINT || !allowedBy(this.deps.hosts, endpoint)) {
      throw badInput('endpoint', 'endpoint must be an https URL of a known push service.');
    }
    if (!isPublicKey(bytesOf(p256dh))) throw badInput('p256dh', 'p256dh must be a public key of P-256 in base64url.');
    if (bytesOf(auth)?.length !== AUTH_BYTES) throw badInput('auth', `auth must be ${AUTH_BYTES} bytes in base64url.`);
    return { endpoint, p256dh, auth };
  }
}

function isPublicKey(bytes: Buffer | undefined): boolean {
  if (bytes?.length !== P256DH_BYTES) return false;
  try {
    ECDH.convertKey(bytes, 'prime256v1');
    return true;
  } catch {
    return false;
  }
}

const bytesOf = (base64url: string): Buffer | undefined =>
  /^[\w-]{1,200}={0,2}$/.test(base64url) ? Buffer.from(base64url, 'base64url') : undefined;
