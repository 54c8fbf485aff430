import { useState } from 'preact/hooks';
import { useWords } from '../state/page';
import type { RoomQuestion } from '../state/room-question';
import { sayError } from '../words/words';
import { Field } from './field';
import { Modal } from './modal';

const MAX_CHARACTERS = 200;

/** Lets moderators ask the room. */
export function AskDialog({ question, onClose }: { question: RoomQuestion; onClose: () => void }) {
  const words = useWords();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState('');
  const ask = async () => {
    const length = [...text.trim()].length;
    if (length === 0 || length > MAX_CHARACTERS) {
      setProblem(words['ask-rule']);
      return;
    }
    try {
      await question.ask(text);
      onClose();
    } catch (error) {
      setProblem(sayError(words, error));
    }
  };
  return (
    <Modal title={words['ask-title']} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <Field label={words['ask-label']} value={text} onInput={setText} autofocus hint={words['ask-hint']} problem={problem} />
        <button type="submit">{words['ask-send']}</button>
      </form>
    </Modal>
  );
}
