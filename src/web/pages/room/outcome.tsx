import { Phrase } from '../../view/phrase';

/** Says how an action ended, to screen readers too. */
export const Outcome = ({ said, problem }: { said: string; problem: string }) => (
  <>
    <p class="quiet outcome" role="status">
      <Phrase>{said}</Phrase>
    </p>
    <p class="problem outcome" role="alert">
      <Phrase>{problem}</Phrase>
    </p>
  </>
);
