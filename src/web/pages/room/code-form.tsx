import { useState } from 'preact/hooks';
import { MAIN_ROOM } from '../../../domain/room-title';
import { usePage } from '../../state/page';
import { Field } from '../../view/field';
import { useRoomWords } from '../../view/use-room-words';

const LENGTH = 8;

/** Takes the code of an invitation, typed in any case and with spaces or hyphens. */
export function CodeForm({ given = '' }: { given?: string }) {
  const words = useRoomWords();
  const { go } = usePage();
  const [typed, setTyped] = useState(given);
  const [problem, setProblem] = useState('');
  const find = () => {
    const code = typed.replace(/[^a-z0-9]/gi, '').toUpperCase();
    if (code.length === LENGTH) go({ view: 'join', room: MAIN_ROOM, code });
    else setProblem(words['join-short']);
  };
  return (
    <form
      class="code-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        find();
      }}
    >
      <Field
        label={words['join-code']}
        value={typed}
        onInput={(value) => {
          setTyped(value);
          setProblem('');
        }}
        autofocus={given === ''}
        problem={problem}
      />
      <button type="submit">{words['join-find']}</button>
    </form>
  );
}
