import { useEffect } from 'preact/hooks';
import { usePage, useWords } from '../state/page';
import type { View } from '../state/router';
import { useStore } from '../state/use-store';
import type { Words } from '../words/words';
import { useRoomTitle } from './room-title';

const NAMES: Readonly<Record<Exclude<View, 'wall'>, keyof Words>> = {
  mood: 'mood',
  letters: 'letters',
  me: 'me',
  reports: 'admin',
  admin: 'admin',
  reset: 'reset',
  join: 'join-room',
  'room-settings': 'room-settings',
  missing: 'page-gone-title',
};
const OF_A_ROOM: readonly View[] = ['wall', 'mood', 'letters', 'room-settings'];

/** The title of the tab: the place, its room, and the number of notes that came while the tab was hidden. */
export function useTitle(): void {
  const words = useWords();
  const { route, unread: unreadStore } = usePage();
  const { view, room } = useStore(route);
  const title = useRoomTitle(room);
  const unread = useStore(unreadStore);
  const place = view === 'wall' ? [] : [words[NAMES[view]]];
  const full = [...place, ...(OF_A_ROOM.includes(view) ? [title] : []), words.title].join(' · ');
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${full}` : full;
  }, [unread, full]);
}
