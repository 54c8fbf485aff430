import { MAIN_ROOM } from '../../domain/room-title';
import { usePage, useWords } from '../state/page';
import { Main } from './main';

/** For an address that leads nowhere: no such page, or no such room. */
export function Missing({
  what,
  class: name = 'page',
}: {
  what: 'page-gone' | 'room-gone' | 'room-left';
  class?: 'page' | 'wall';
}) {
  const words = useWords();
  const { go } = usePage();
  return (
    <Main class={name}>
      <div class="empty">
        <p class={what === 'room-left' ? 'big' : undefined} role="status">
          {words[what]}
        </p>
        {what === 'room-left' && <p>{words['room-left-why']}</p>}
        <button type="button" onClick={() => go({ view: 'wall', room: MAIN_ROOM })}>
          {words['to-main']}
        </button>
      </div>
    </Main>
  );
}
