import { usePage } from '../state/page';
import { useStore } from '../state/use-store';

/** Whether the person looks after the room that is open: its hosts do, and unless it is private the moderators of the wall. */
export function useModerates(): boolean {
  const { feed, isModerator } = usePage();
  const { about } = useStore(feed);
  const role = useStore(about.role);
  const info = useStore(about.info);
  const moderates = useStore(isModerator);
  return role === 'HOST' || (moderates && info?.visibility !== 'PRIVATE');
}
