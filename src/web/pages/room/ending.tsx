import { MAIN_ROOM } from '../../../domain/room-title';
import { ArchiveRoomDocument, type RoomRulesFragment } from '../../generated/graphql';
import { usePage } from '../../state/page';
import { useRoomWords } from '../../view/use-room-words';
import { DeleteRoom } from './delete-room';
import { Outcome } from './outcome';
import { useSaving } from './use-saving';

/** Archives the room, or deletes it. */
export function Ending({ room, onChanged }: { room: RoomRulesFragment; onChanged: () => void }) {
  const words = useRoomWords();
  const { session, feed, loadRooms } = usePage();
  const saving = useSaving();
  const { id, archived } = room;
  if (id === MAIN_ROOM) return <p class="quiet">{words['main-public']}</p>;
  const archive = async () => {
    const work = () => session.run(ArchiveRoomDocument, { room: id, archived: !archived });
    if (!(await saving.run(work, archived ? words['unarchive-done'] : words['archive-done']))) return;
    onChanged();
    void feed.get().about.load();
    void loadRooms();
  };
  return (
    <div class="ending">
      <p class="effect">{archived ? words['unarchive-sure'] : words['archive-sure']}</p>
      <button type="button" class="plain" aria-busy={saving.busy} onClick={() => void archive()}>
        {archived ? words.unarchive : words.archive}
      </button>
      <Outcome {...saving} />
      <DeleteRoom room={room} />
    </div>
  );
}
