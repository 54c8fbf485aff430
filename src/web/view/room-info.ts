import { usePage, type RoomInfo } from '../state/page';
import type { RoomFeed } from '../state/room-feed';
import { useStore } from '../state/use-store';

/** What is known of the room: of listed ones at once, of others when it is loaded. */
export function useRoomInfo(feed: RoomFeed): RoomInfo | undefined {
  const listed = useStore(usePage().rooms).find(({ id }) => id === feed.room);
  return useStore(feed.about.info) ?? listed;
}
