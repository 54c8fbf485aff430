import { MAIN_ROOM, titleIn } from '../../domain/room-title';
import { RoomTitleDocument } from '../generated/graphql';
import { usePage } from '../state/page';
import { useStore } from '../state/use-store';
import { useQuery } from './use-query';

/** What a room is called. Rooms that are not listed are asked for; until the answer the address stands in. */
export function useRoomTitle(room: string): string {
  const { session, rooms, feed, settings } = usePage();
  const locale = useStore(settings.locale);
  const open = useStore(useStore(feed).about.info);
  const list = useStore(rooms);
  const listed = list.find(({ id }) => id === room)?.title;
  const isUnlisted = room !== MAIN_ROOM && listed === undefined && list.length > 0;
  const query = useQuery(
    async () => (isUnlisted ? (await session.run(RoomTitleDocument, { room })).room : null),
    [room, isUnlisted],
  );
  // What is open hears of its changes.
  const known = open?.id === room ? open.title : (listed ?? (query.data?.id === room ? query.data.title : ''));
  return titleIn({ id: room, title: known }, locale) || room;
}
