import { useState } from 'preact/hooks';
import { codeOf } from '../../api';
import { JoinAsGuestDocument, JoinRoomDocument, type InvitePreviewQuery } from '../../generated/graphql';
import { usePage, useWords } from '../../state/page';
import { useStore } from '../../state/use-store';
import { Icon } from '../../view/icons';
import { Phrase } from '../../view/phrase';
import { useRoomWords } from '../../view/use-room-words';
import { fill, sayError } from '../../words/words';

interface InvitationProps {
  readonly code: string;
  readonly preview: NonNullable<InvitePreviewQuery['invitePreview']>;
}

/** What the room is like, and the ways in. */
export function Invitation({ code, preview }: InvitationProps) {
  const words = useRoomWords();
  const { title, anonymous, guestsMayWrite } = preview;
  return (
    <section class="card narrow invitation">
      <p class="quiet">{words['join-invited']}</p>
      <h1 dir="auto">{title}</h1>
      <ul>
        <li>
          <Icon name="me" /> {anonymous ? words['join-anonymous'] : words['join-named']}
        </li>
        <li>
          <Icon name="wall" /> {words['join-history']}
        </li>
        <li>
          <Icon name="lock" /> {words['join-members']}
        </li>
        <li>
          <Icon name="send" /> {guestsMayWrite ? words['join-guests'] : words['join-no-guests']}
        </li>
      </ul>
      <WaysIn code={code} room={preview.room} />
    </section>
  );
}

function WaysIn({ code, room }: { code: string; room: string }) {
  const words = useWords();
  const roomWords = useRoomWords();
  const { session, guests, askForAccount, go, loadRooms } = usePage();
  const login = useStore(session.login);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const enter = async (join: () => Promise<unknown>) => {
    if (busy) return;
    setBusy(true);
    try {
      await join();
      await loadRooms();
      go({ view: 'wall', room });
    } catch (error) {
      setProblem(codeOf(error) === 'NOT_FOUND' ? roomWords['join-bad'] : sayError(words, error));
      setBusy(false);
    }
  };
  const joinAsMyself = () => enter(() => session.run(JoinRoomDocument, { code }));
  const joinAsGuest = () => enter(async () => session.accept((await session.run(JoinAsGuestDocument, { code })).enterAsGuest));
  return (
    <div class="ways-in">
      {login ? (
        <button type="button" aria-busy={busy} onClick={() => void joinAsMyself()}>
          <Phrase>{fill(roomWords['join-as'], { name: login.username })}</Phrase>
        </button>
      ) : (
        <>
          {guests && (
            <button type="button" aria-busy={busy} onClick={() => void joinAsGuest()}>
              {roomWords['join-as-guest']}
            </button>
          )}
          <button
            type="button"
            class={guests ? 'plain' : undefined}
            onClick={() => askForAccount('join', () => void joinAsMyself())}
          >
            {roomWords['join-with-account']}
          </button>
        </>
      )}
      <p class="problem" role="alert">
        <Phrase>{problem}</Phrase>
      </p>
    </div>
  );
}
