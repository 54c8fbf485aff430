import { Phrase } from '../view/phrase';
import { useRoomTitle } from '../view/room-title';

/** The heading of a place that belongs to a room. */
export const PlaceHead = ({ name, room }: { name: string; room: string }) => (
  <header>
    <h1>{name}</h1>
    <p class="quiet" dir="auto">
      <Phrase>{useRoomTitle(room)}</Phrase>
    </p>
  </header>
);
