import { useState } from 'preact/hooks';
import { MAIN_ROOM, titleIn } from '../../../domain/room-title';
import { codeOf } from '../../api';
import { UpdateRoomDocument, type RoomRulesFragment, type Visibility } from '../../generated/graphql';
import { checkTitle } from '../../state/account-rules';
import { usePage, useWords } from '../../state/page';
import { useStore } from '../../state/use-store';
import { Field } from '../../view/field';
import { useRoomWords } from '../../view/use-room-words';
import { Outcome } from './outcome';
import { useSaving } from './use-saving';
import { VisibilityChoice } from './visibility-choice';

const EFFECTS = { PUBLIC: 'to-public', UNLISTED: 'to-unlisted', PRIVATE: 'to-private' } as const;

/** Title, visibility and who may write. What a change does is said before it is saved. */
export function Basics({ room, onChanged }: { room: RoomRulesFragment; onChanged: () => void }) {
  const words = useWords();
  const roomWords = useRoomWords();
  const { session, loadRooms, feed, settings } = usePage();
  const shown = titleIn(room, useStore(settings.locale));
  const [title, setTitle] = useState(shown);
  const [visibility, setVisibility] = useState<Visibility>(room.visibility);
  const [guestsMayWrite, setGuestsMayWrite] = useState(room.guestsMayWrite);
  const [letterByModel, setLetterByModel] = useState(room.letterByModel);
  const [problem, setProblem] = useState('');
  const saving = useSaving();
  const isMain = room.id === MAIN_ROOM;
  const save = async () => {
    if (!checkTitle(title)) {
      setProblem(words['room-title-rule']);
      return;
    }
    setProblem('');
    const changes = {
      id: room.id,
      ...(title !== shown && { title }),
      ...(visibility !== room.visibility && { visibility }),
      ...(guestsMayWrite !== room.guestsMayWrite && { guestsMayWrite }),
      ...(letterByModel !== room.letterByModel && { letterByModel }),
    };
    const saved = await saving.run(
      () => session.run(UpdateRoomDocument, changes),
      roomWords.saved,
      (error) => (codeOf(error) === 'CONFLICT' ? roomWords[isMain ? 'main-public' : 'was-private'] : undefined),
    );
    if (!saved) return;
    onChanged();
    void feed.get().about.load();
    void loadRooms();
  };
  return (
    <section class="card">
      <h2>{roomWords.basics}</h2>
      <form
        class="settings-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field label={words['room-title']} value={title} onInput={setTitle} problem={problem} />
        {!isMain && <VisibilityChoice value={visibility} onChange={setVisibility} />}
        {visibility !== room.visibility && (
          <p class="effect" role="status" key={visibility}>
            {roomWords[EFFECTS[visibility]]}
          </p>
        )}
        <label class="check">
          <input type="checkbox" checked={guestsMayWrite} onChange={(event) => setGuestsMayWrite(event.currentTarget.checked)} />
          {roomWords['guests-write']}
        </label>
        {visibility === 'PRIVATE' && (
          <div>
            <label class="check">
              <input
                type="checkbox"
                checked={letterByModel}
                onChange={(event) => setLetterByModel(event.currentTarget.checked)}
              />
              {roomWords['by-model']}
            </label>
            <p class="quiet">{roomWords['by-model-hint']}</p>
          </div>
        )}
        <div class="row">
          <button type="submit" aria-busy={saving.busy}>
            {roomWords.save}
          </button>
          <Outcome {...saving} />
        </div>
      </form>
    </section>
  );
}
