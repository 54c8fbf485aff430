import { useRef } from 'preact/hooks';
import { MAIN_ROOM } from '../../domain/room-title';
import { usePage, useWords } from '../state/page';
import type { RoomFeed } from '../state/room-feed';
import { useStore } from '../state/use-store';
import { Icon } from './icons';
import { Link } from './link';
import { useClosing } from './use-closing';

/** What the reader can do about the room: invite people, leave it, or look after it. */
export function RoomMenu({ feed }: { feed: RoomFeed }) {
  const words = useWords();
  const { dialog } = usePage();
  const { room } = feed;
  const role = useStore(feed.about.role);
  const info = useStore(feed.about.info);
  const menu = useRef<HTMLDetailsElement>(null);
  useClosing(menu);
  const open = (about: 'invite' | 'leave') => () => {
    if (menu.current) menu.current.open = false;
    menu.current?.querySelector('summary')?.focus();
    dialog.set({ about, room });
  };
  const invites = role === 'HOST' || (info !== null && info.visibility !== 'PRIVATE');
  return (
    <details class="settings room-menu" ref={menu}>
      <summary aria-label={words['room-menu']} title={words['room-menu']}>
        <Icon name="more" />
      </summary>
      <div>
        {invites && (
          <button type="button" class="plain" onClick={open('invite')}>
            <Icon name="invite" /> {words.invite}
          </button>
        )}
        {role === 'HOST' && (
          <Link to={{ view: 'room-settings', room }}>
            <Icon name="tools" /> {words['room-settings']}
          </Link>
        )}
        {role !== null && room !== MAIN_ROOM && (
          <button type="button" class="plain" onClick={open('leave')}>
            <Icon name="leave" /> {words['leave-room']}
          </button>
        )}
      </div>
    </details>
  );
}
