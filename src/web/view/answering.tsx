import { usePage, useWords } from '../state/page';
import type { Question } from '../state/room-question';
import { useStore } from '../state/use-store';
import { Icon } from './icons';

/** The question of this room that the note in the composer answers. */
export function useAnswering(room: string): { answered: Question | null; setAnswered: (question: Question | null) => void } {
  const { answering } = usePage();
  const question = useStore(answering);
  return { answered: question?.room === room ? question : null, setAnswered: answering.set };
}

/** What the note in the composer answers, with a button that cancels it. */
export function Answering({ question, onCancel }: { question: Question; onCancel: () => void }) {
  const words = useWords();
  return (
    <p class="answering">
      <span dir="auto">
        <Icon name="answer" /> {question.text}
      </span>
      <button type="button" class="round" aria-label={words['answer-cancel']} onClick={onCancel}>
        <Icon name="close" />
      </button>
    </p>
  );
}

/** The mark of a note that answers a question. */
export function AnswersQuestion() {
  const words = useWords();
  return (
    <span class="answers">
      <Icon name="answer" /> {words['answers-question']}
    </span>
  );
}
