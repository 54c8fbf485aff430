import type { LiveState } from '../../client';
import { createStore, type Store } from './store';

export type Notice = 'offline' | 'catching-up' | 'back';

/** Shorter interruptions are not reported. */
const OFFLINE_MS = 300;
const CATCHING_UP_MS = 1_500;
const BACK_MS = 2_500;

/** What to say about the connection; null while nothing is wrong. */
export function connectionNotice(connection: Store<LiveState>): Store<Notice | null> {
  const notice = createStore<Notice | null>(null);
  let wasLive = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (next: Notice | null, ms: number): void => {
    timer = setTimeout(() => notice.set(next), ms);
  };
  connection.subscribe(() => {
    clearTimeout(timer);
    const state = connection.get();
    if (state === 'live') {
      wasLive = true;
      if (notice.get() === null) return;
      notice.set('back');
      later(null, BACK_MS);
    } else if (state === 'offline') {
      later('offline', OFFLINE_MS);
    } else if (wasLive) {
      // Before the first connection nothing was missed.
      later('catching-up', CATCHING_UP_MS);
    }
  });
  return notice;
}
