import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { RoomForm } from '../state/page';
import { usePage } from '../state/page';
import { reloadIfUpgraded } from './lazy';

interface Props {
  readonly open: 'room' | RoomForm;
}

let loaded: ComponentType<Props> | undefined;

/** The dialogs about rooms, whose code, with QR codes, is loaded when one of them is opened. */
export function LazyRoomDialog(props: Props) {
  const { dialog } = usePage();
  const [, show] = useState(false);
  useEffect(() => {
    if (loaded) return;
    import('../pages/room/room-dialogs').then(
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
}
