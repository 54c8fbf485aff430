import { Link } from './link';
import { RoomFollower } from './room-follower';
import type { LiveClient, LiveOptions, LiveState } from './types';
import { Watcher } from './watcher';

/** What a link's ups and downs mean to whoever uses it. */
interface Follower {
  /** The connection is there: subscribe. @param settled called once everything missed has come */
  up(link: Link, settled: () => void): void;
  down(): void;
  close(): void;
}

/** Connects, and stays connected until `close`. */
export function connectLive(options: LiveOptions): LiveClient {
  const followers = new Set<Follower>();
  const behind = new Set<Follower>();
  let state: LiveState = 'connecting';
  let connected = false;

  const tell = (next: LiveState): void => {
    if (state === next) return;
    state = next;
    options.onState?.(next);
  };
  const judge = (): void => {
    if (connected) tell(behind.size > 0 ? 'catching-up' : 'live');
  };
  const start = (follower: Follower): void => {
    behind.add(follower);
    follower.up(link, () => {
      behind.delete(follower);
      judge();
    });
  };

  const link = new Link(options, {
    up: () => {
      connected = true;
      for (const follower of followers) start(follower);
      judge();
    },
    down: () => {
      connected = false;
      behind.clear();
      for (const follower of followers) follower.down();
      tell('offline');
    },
  });
  const add = (follower: Follower): (() => void) => {
    followers.add(follower);
    if (connected) {
      start(follower);
      judge();
    }
    return () => {
      if (!followers.delete(follower)) return;
      behind.delete(follower);
      follower.close();
      judge();
    };
  };

  return {
    get state() {
      return state;
    },
    watchRoom: (watch) => add(new RoomFollower(watch)),
    watch: (watch) => add(new Watcher(watch)),
    reconnect: () => {
      link.reconnect();
    },
    close: () => {
      for (const follower of followers) follower.close();
      followers.clear();
      link.close();
      connected = false;
      tell('offline');
    },
  };
}
