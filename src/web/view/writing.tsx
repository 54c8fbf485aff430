import { usePage, useWords } from '../state/page';
import type { RoomFeed } from '../state/room-feed';
import { useStore } from '../state/use-store';
import { Composer } from './composer';
import { Icon } from './icons';
import { useRoomInfo } from './room-info';

/** Where notes are written, or why the person cannot write here. */
export function Writing({ feed }: { feed: RoomFeed }) {
  const words = useWords();
  const { session, dialog } = usePage();
  const login = useStore(session.login);
  const room = useRoomInfo(feed);
  if (room?.archived) {
    return (
      <p class="closed" role="status">
        <Icon name="lock" /> {words['archived-room']}
      </p>
    );
  }
  if (login?.isGuest && room && !room.guestsMayWrite) {
    return (
      <p class="closed">
        {words['guests-read']}{' '}
        <button type="button" class="link" onClick={() => dialog.set({ form: 'claim' })}>
          {words.claim}
        </button>
      </p>
    );
  }
  return <Composer feed={feed} />;
}
