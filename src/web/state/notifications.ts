import { withDeadline } from '../../util/deadline';
import { PushKeyDocument, SubscribePushDocument, UnsubscribePushDocument } from '../generated/graphql';
import type { BrowserStorage } from './browser-storage';
import { hasServiceWorker } from './installation';
import type { Session } from './session';
import { createStore } from './store';

const ROOMS = 'jungle-buzz.notified-rooms';
const READY_MS = 10_000;

/** Notifications of letters in this browser. */
export class Notifications {
  /** Ids of the rooms whose letters this browser is notified of. */
  readonly rooms = createStore<readonly string[]>([]);
  /** Key of the server; null where the browser or the server cannot notify. */
  readonly key = createStore<string | null>(null);

  constructor(
    private readonly session: Session,
    private readonly storage: BrowserStorage,
  ) {
    if (!hasServiceWorker() || !('PushManager' in globalThis) || !('Notification' in globalThis)) return;
    this.rooms.set(JSON.parse(storage.getItem(ROOMS) ?? '[]') as string[]);
  }

  /** Asks the server once whether it can notify. */
  async load(): Promise<void> {
    if (this.key.get() !== null || !hasServiceWorker() || !('PushManager' in globalThis) || !('Notification' in globalThis))
      return;
    this.key.set((await this.session.run(PushKeyDocument, {}).catch(() => null))?.pushKey ?? null);
  }

  /** @returns false if the person or the browser does not allow it. @throws ApiError, or what the browser throws */
  async turnOn(room: string): Promise<boolean> {
    const key = this.key.get();
    if (key === null || (await Notification.requestPermission()) !== 'granted') return false;
    const { pushManager } = await withDeadline(navigator.serviceWorker.ready, READY_MS);
    const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    const { endpoint, keys = {} } = made.toJSON();
    const subscription = { endpoint: endpoint ?? '', p256dh: keys['p256dh'] ?? '', auth: keys['auth'] ?? '' };
    await this.session.run(SubscribePushDocument, { room, subscription });
    this.keep([...this.rooms.get().filter((other) => other !== room), room]);
    return true;
  }

  /** For all rooms. Does nothing where nothing was turned on. @throws ApiError */
  async turnOff(): Promise<void> {
    if (this.rooms.get().length === 0) return;
    this.keep([]);
    const { pushManager } = await withDeadline(navigator.serviceWorker.ready, READY_MS);
    const subscription = await pushManager.getSubscription();
    if (!subscription) return;
    await subscription.unsubscribe();
    await this.session.run(UnsubscribePushDocument, { endpoint: subscription.endpoint });
  }

  private keep(rooms: readonly string[]): void {
    this.rooms.set(rooms);
    if (rooms.length === 0) this.storage.removeItem(ROOMS);
    else this.storage.setItem(ROOMS, JSON.stringify(rooms));
  }
}
