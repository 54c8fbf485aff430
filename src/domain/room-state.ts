import type { Question } from './question';
import type { Room } from './room';

/** What open pages need to know of a room; the same for every reader. */
export interface RoomState {
  readonly room: Room;
  readonly question: Question | null;
}
