import { usePage } from '../state/page';
import { useStore } from '../state/use-store';
import { ROOM_WORDS, type RoomWords } from '../words/rooms';

/** What making, joining and looking after a room says, in the reader's language. */
export const useRoomWords = (): RoomWords => ROOM_WORDS[useStore(usePage().settings.locale)];
