import { useState } from 'preact/hooks';
import { codeOf } from '../../api';
import { CreateRoomDocument, type CreateRoomInput, type Visibility } from '../../generated/graphql';
import { checkRoomId, checkTitle } from '../../state/account-rules';
import { usePage, useWords } from '../../state/page';
import { Field } from '../../view/field';
import { Modal } from '../../view/modal';
import { Phrase } from '../../view/phrase';
import { useRoomWords } from '../../view/use-room-words';
import { sayError } from '../../words/words';
import { VisibilityChoice } from './visibility-choice';

/** An address that only a few letters of the title are left of says nothing. */
const MIN_LETTERS = 3;

/** Proposed from the Latin letters of a title; empty where it has too few. */
function addressOf(title: string): string {
  const slug = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-|-$/g, '');
  return slug.replace(/[^a-z]/g, '').length < MIN_LETTERS ? '' : slug;
}

/** Makes a room of one's own. Without an address the server finds one. */
export function MakeRoom() {
  const words = useWords();
  const roomWords = useRoomWords();
  const { session, dialog, go, loadRooms } = usePage();
  const [title, setTitle] = useState('');
  const [visibility, setVisibility] = useState<Visibility>('PUBLIC');
  // The address follows the title until somebody writes one.
  const [ownId, setOwnId] = useState<string | null>(null);
  const [anonymous, setAnonymous] = useState(true);
  const [guestsMayWrite, setGuestsMayWrite] = useState(true);
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  const id = visibility === 'PRIVATE' ? '' : (ownId ?? addressOf(title));

  const create = async () => {
    const wrong = {
      ...(!checkTitle(title) && { title: words['room-title-rule'] }),
      ...(id !== '' && !checkRoomId(id) && { id: words['room-id-rule'] }),
    };
    setProblems(wrong);
    if (Object.keys(wrong).length > 0 || busy) return;
    setBusy(true);
    const make = async (input: CreateRoomInput) => (await session.run(CreateRoomDocument, { input })).createRoom;
    try {
      const input = { title, anonymous, visibility, guestsMayWrite };
      const room = await make({ ...input, ...(id !== '' && { id }) }).catch((error: unknown) => {
        // An address that nobody asked for is taken: any other will do.
        if (codeOf(error) === 'CONFLICT' && ownId === null && id !== '') return make(input);
        throw error;
      });
      await loadRooms();
      go({ view: 'wall', room: room.id });
      dialog.set({ about: 'invite', room: room.id });
    } catch (error) {
      setProblems({ [codeOf(error) === 'CONFLICT' ? 'id' : 'form']: sayError(words, error) });
      setBusy(false);
    }
  };
  return (
    <Modal title={words['new-room']} onClose={() => dialog.set(null)}>
      <form
        class="make-room"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <Field
          label={words['room-title']}
          value={title}
          onInput={setTitle}
          autofocus
          hint={roomWords['make-lead']}
          problem={problems['title'] ?? ''}
        />
        <VisibilityChoice value={visibility} onChange={setVisibility} />
        <label class="check">
          <input type="checkbox" checked={anonymous} onChange={(event) => setAnonymous(event.currentTarget.checked)} />
          {words['room-anonymous']}
        </label>
        <label class="check">
          <input type="checkbox" checked={guestsMayWrite} onChange={(event) => setGuestsMayWrite(event.currentTarget.checked)} />
          {roomWords['guests-write']}
        </label>
        {visibility !== 'PRIVATE' && (
          <Field
            label={roomWords['address-own']}
            value={id}
            onInput={(value) => setOwnId(value === '' ? null : value)}
            hint={id === '' ? roomWords['address-hint'] : words['room-id-hint']}
            problem={problems['id'] ?? ''}
          />
        )}
        <p class="problem" role="alert">
          <Phrase>{problems['form'] ?? ''}</Phrase>
        </p>
        <button type="submit" aria-busy={busy}>
          {words.create}
        </button>
      </form>
    </Modal>
  );
}
