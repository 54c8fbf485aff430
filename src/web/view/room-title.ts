import { RoomTitleDocument } from '../generated/graphql';
import { usePage, useWords } from '../state/page';
import { MAIN_ROOM } from '../state/router';
import { useStore } from '../state/use-store';
import { useQuery } from './use-query';

/** What a room is called. Rooms that are not listed are asked for; until the answer the address stands in. */
export function useRoomTitle(room: string): string {
  const words = useWords();
  const { session, rooms, feed } = usePage();
  const open = useStore(useStore(feed).about.info);
  const list = useStore(rooms);
  const listed = list.find(({ id }) => id === room)?.title;
  const isUnlisted = room !== MAIN_ROOM && listed === undefined && list.length > 0;
  const query = useQuery(
    async () => (isUnlisted ? (await session.run(RoomTitleDocument, { room })).room : null),
    [room, isUnlisted],
  );
  if (room === MAIN_ROOM) return words.main;
  // What is open hears of its changes.
  if (open?.id === room) return open.title;
  return listed ?? (query.data?.id === room ? query.data.title : room);
}
