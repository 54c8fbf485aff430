import { usePage, useWords } from '../state/page';
import { useStore } from '../state/use-store';
import { sayRefusal } from '../words/words';
import { Phrase } from './phrase';

/** Says that the connection is lost, catching up or back, or that a change was refused. Hidden while nothing is wrong. */
export function Banner() {
  const words = useWords();
  const page = usePage();
  const notice = useStore(page.notice);
  const refused = useStore(page.refused);
  const text = notice ? words[notice] : refused ? sayRefusal(words, refused) : '';
  return (
    <p class={`banner ${text ? 'shown' : ''}`} role="status">
      <Phrase>{text}</Phrase>
    </p>
  );
}
