import { MAIN_ROOM } from '../../domain/room-title';
import { unmask } from '../generated/fragment-masking';
import { MyRoomsDocument, RoomFieldsFragmentDoc, RoomsDocument } from '../generated/graphql';
import type { RoomInfo } from './room-about';
import type { Session } from './session';

/** Everyone's wall, then the person's own rooms, then the other public ones in the order of the server. @throws ApiError */
export async function findRooms(session: Session): Promise<readonly RoomInfo[]> {
  const [listed, own] = await Promise.all([
    session.run(RoomsDocument, {}).then(({ rooms }) => unmask(RoomFieldsFragmentDoc, rooms)),
    session.login.get() ? session.run(MyRoomsDocument, {}).then(({ myRooms }) => unmask(RoomFieldsFragmentDoc, myRooms)) : [],
  ]);
  const open = own.filter(({ archived }) => !archived);
  const main = listed.filter(({ id }) => id === MAIN_ROOM);
  return [...new Map([...main, ...open, ...listed, ...own].map((room) => [room.id, room])).values()];
}
