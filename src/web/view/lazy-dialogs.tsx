import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { usePage } from '../state/page';
import { reloadIfUpgraded } from './lazy';

/** A dialog whose code is loaded when it is opened first. */
function lazyDialog<P extends object>(load: () => Promise<{ readonly default: ComponentType<P> }>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return function LazyDialog(props: P) {
    const { dialog } = usePage();
    const [, show] = useState(false);
    useEffect(() => {
      if (loaded) return;
      load().then(
        ({ default: found }) => {
          loaded = found;
          show(true);
        },
        // The next click tries again.
        () => void reloadIfUpgraded().then(() => dialog.set(null)),
      );
    }, []);
    const Found = loaded;
    return Found ? <Found {...props} /> : null;
  };
}

/** The dialogs about rooms, with QR codes. */
export const RoomDialogs = lazyDialog(() => import('../pages/room/room-dialogs'));
/** The dialogs about notes and accounts. */
export const PageDialogs = lazyDialog(() => import('./page-dialogs'));

/** Loads the dialogs that people open on the wall, for the time without a network. */
export const preloadDialogs = (): void => void import('./page-dialogs').catch(() => undefined);
