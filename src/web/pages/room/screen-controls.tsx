import { useState } from 'preact/hooks';
import { SetScreenDocument, type RoomRulesFragment, type ScreenState } from '../../generated/graphql';
import { usePage } from '../../state/page';
import { useRoomWords } from '../../view/use-room-words';
import { Outcome } from './outcome';
import { ScreenLink } from './screen-link';
import { useSaving } from './use-saving';

const STATES: readonly ScreenState[] = ['SHOW', 'PAUSE', 'BLANK'];

/** What the screens of a hall show of the room. */
export function ScreenControls({ room }: { room: Pick<RoomRulesFragment, 'id' | 'screen' | 'visibility'> }) {
  const words = useRoomWords();
  const { session } = usePage();
  const [state, setState] = useState<ScreenState>(room.screen);
  const saving = useSaving();
  const set = async (next: ScreenState) => {
    if (await saving.run(() => session.run(SetScreenDocument, { room: room.id, state: next }), words[`${next}-said`]))
      setState(next);
  };
  return (
    <div class="ending">
      <p class="quiet">{words['screen-lead']}</p>
      <div class="choice" role="group" aria-label={words.screen}>
        {STATES.map((name) => (
          <button
            key={name}
            type="button"
            class={state === name ? undefined : 'plain'}
            aria-pressed={state === name}
            onClick={() => void set(name)}
          >
            {words[name]}
          </button>
        ))}
      </div>
      <Outcome {...saving} />
      {room.visibility === 'PRIVATE' ? (
        <ScreenLink room={room.id} />
      ) : (
        <a href={`/rooms/${room.id}/screen`} target="_blank" rel="noreferrer">
          {words['open-screen']}
        </a>
      )}
    </div>
  );
}
