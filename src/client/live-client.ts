import { Reconnector } from './reconnector';
import { RoomSubscription } from './room-subscription';
import { SimpleSubscription } from './simple-subscription';
import type { LiveClient, LiveOptions, LiveState } from './types';

interface ManagedSubscription {
  /** Subscribes. @param caughtUp called once everything missed has arrived */
  connected(connection: Reconnector, caughtUp: () => void): void;
  disconnected(): void;
  close(): void;
}

/** Connects, and reconnects until `close`. */
export function connectLive(options: LiveOptions): LiveClient {
  const subscriptions = new Set<ManagedSubscription>();
  const catchingUp = new Set<ManagedSubscription>();
  let state: LiveState = 'connecting';
  let connected = false;

  const setState = (next: LiveState): void => {
    if (state === next) return;
    state = next;
    options.onState?.(next);
  };
  const updateState = (): void => {
    if (connected) setState(catchingUp.size > 0 ? 'catching-up' : 'live');
  };
  const start = (subscription: ManagedSubscription): void => {
    catchingUp.add(subscription);
    subscription.connected(connection, () => {
      catchingUp.delete(subscription);
      updateState();
    });
  };

  const connection = new Reconnector(options, {
    connected: () => {
      connected = true;
      for (const subscription of subscriptions) start(subscription);
      updateState();
    },
    disconnected: () => {
      connected = false;
      catchingUp.clear();
      for (const subscription of subscriptions) subscription.disconnected();
      setState('offline');
    },
  });
  const add = (subscription: ManagedSubscription): (() => void) => {
    subscriptions.add(subscription);
    if (connected) {
      start(subscription);
      updateState();
    }
    return () => {
      if (!subscriptions.delete(subscription)) return;
      catchingUp.delete(subscription);
      subscription.close();
      updateState();
    };
  };

  return {
    get state() {
      return state;
    },
    watchRoom: (watch) => add(new RoomSubscription(watch)),
    watch: (watch) => add(new SimpleSubscription(watch)),
    reconnect: () => {
      connection.reconnect();
    },
    close: () => {
      for (const subscription of subscriptions) subscription.close();
      subscriptions.clear();
      connection.close();
      connected = false;
      setState('offline');
    },
  };
}
