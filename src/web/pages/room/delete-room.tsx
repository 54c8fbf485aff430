import { useState } from 'preact/hooks';
import { MAIN_ROOM } from '../../../domain/room-title';
import { DeleteRoomDocument, type RoomRulesFragment } from '../../generated/graphql';
import { usePage } from '../../state/page';
import { Field } from '../../view/field';
import { useRoomWords } from '../../view/use-room-words';
import { fill } from '../../words/words';
import { useSaving } from './use-saving';

/** Deletes the room, once its title has been typed. */
export function DeleteRoom({ room }: { room: Pick<RoomRulesFragment, 'id' | 'title'> }) {
  const words = useRoomWords();
  const { session, go, loadRooms } = usePage();
  const [typed, setTyped] = useState('');
  const saving = useSaving();
  const remove = async () => {
    const title = typed.trim().normalize('NFC');
    if (title !== room.title) {
      saving.fail(words['delete-wrong']);
      return;
    }
    if (!(await saving.run(() => session.run(DeleteRoomDocument, { room: room.id, title }), ''))) return;
    go({ view: 'wall', room: MAIN_ROOM });
    await loadRooms();
  };
  return (
    <form
      class="delete-room"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void remove();
      }}
    >
      <p class="effect">{words['delete-sure']}</p>
      <Field
        label={fill(words['delete-title'], { title: room.title })}
        value={typed}
        onInput={(value) => {
          setTyped(value);
          saving.fail('');
        }}
        problem={saving.problem}
      />
      <button type="submit" class="danger" aria-busy={saving.busy}>
        {words['delete-run']}
      </button>
    </form>
  );
}
