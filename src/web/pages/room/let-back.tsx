import { useState } from 'preact/hooks';
import { SetRoleDocument } from '../../generated/graphql';
import { usePage } from '../../state/page';
import { Field } from '../../view/field';
import { useRoomWords } from '../../view/use-room-words';
import { fill } from '../../words/words';
import type { OnAct } from './member-line';

/** Lets an account in again that was removed. */
export function LetBack({ room, onAct }: { room: string; onAct: OnAct }) {
  const words = useRoomWords();
  const { session } = usePage();
  const [username, setUsername] = useState('');
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (username.trim() === '') return;
        const name = username.trim();
        const letIn = () => session.run(SetRoleDocument, { room, username: name, role: 'MEMBER' });
        void onAct(letIn, fill(words['let-back-done'], { name })).then(() => setUsername(''));
      }}
    >
      <Field label={words['let-back-name']} value={username} onInput={setUsername} />
      <button type="submit" class="plain">
        {words['let-back-run']}
      </button>
    </form>
  );
}
