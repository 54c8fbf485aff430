import { usePage, useWords } from '../state/page';
import { useStore } from '../state/use-store';
import { Phrase } from './phrase';

/** Says that the connection is lost, catching up or back. Hidden while nothing is wrong. */
export function Banner() {
  const words = useWords();
  const notice = useStore(usePage().notice);
  return (
    <p class={`banner ${notice ? 'shown' : ''}`} role="status">
      <Phrase>{notice ? words[notice] : ''}</Phrase>
    </p>
  );
}
