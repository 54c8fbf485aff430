import { useWords } from '../state/page';
import { Icon } from './icons';

/** Says who reads a room that is not public. */
export function VisibilityMark({ visibility }: { visibility: 'UNLISTED' | 'PRIVATE' }) {
  const words = useWords();
  const isPrivate = visibility === 'PRIVATE';
  return (
    <span class="visibility" key={visibility} title={words[isPrivate ? 'private-room' : 'unlisted-room']}>
      <Icon name={isPrivate ? 'lock' : 'link'} />
      <span class="hidden-copy">{words[isPrivate ? 'private-room' : 'unlisted-room']}</span>
    </span>
  );
}
