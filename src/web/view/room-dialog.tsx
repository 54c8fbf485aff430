import { useState } from 'preact/hooks';
import { ApiError } from '../api';
import { CreateRoomDocument } from '../generated/graphql';
import { usePage, useWords } from '../state/page';
import { checkRoomId, checkTitle } from '../state/account-rules';
import { sayError } from '../words/words';
import { Field } from './field';
import { Modal } from './modal';
import { Phrase } from './phrase';

const slug = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);

export function RoomDialog() {
  const words = useWords();
  const { session, dialog, go, loadRooms } = usePage();
  const [title, setTitle] = useState('');
  // The address follows the title until somebody writes one.
  const [ownId, setOwnId] = useState<string | null>(null);
  const [anonymous, setAnonymous] = useState(true);
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const id = ownId ?? slug(title);

  const create = async () => {
    const wrong = {
      ...(!checkTitle(title) && { title: words['room-title-rule'] }),
      ...(!checkRoomId(id) && { id: words['room-id-rule'] }),
    };
    setProblems(wrong);
    if (Object.keys(wrong).length > 0) return;
    try {
      const { createRoom } = await session.run(CreateRoomDocument, { input: { id, title, anonymous } });
      await loadRooms();
      dialog.set(null);
      go({ view: 'wall', room: createRoom.id });
    } catch (error) {
      const taken = error instanceof ApiError && error.code === 'CONFLICT';
      setProblems({ [taken ? 'id' : 'form']: sayError(words, error) });
    }
  };
  return (
    <Modal title={words['new-room']} onClose={() => dialog.set(null)}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <Field label={words['room-title']} value={title} onInput={setTitle} autofocus problem={problems['title'] ?? ''} />
        <Field
          label={words['room-id']}
          value={id}
          onInput={setOwnId}
          hint={words['room-id-hint']}
          problem={problems['id'] ?? ''}
        />
        <label class="check">
          <input type="checkbox" checked={anonymous} onChange={(event) => setAnonymous(event.currentTarget.checked)} />
          {words['room-anonymous']}
        </label>
        <p class="problem" role="alert">
          <Phrase>{problems['form'] ?? ''}</Phrase>
        </p>
        <button type="submit">{words.create}</button>
      </form>
    </Modal>
  );
}
