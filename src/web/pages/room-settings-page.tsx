import { titleIn } from '../../domain/room-title';
import { unmask } from '../generated/fragment-masking';
import { RoomRulesDocument, RoomRulesFragmentDoc, type RoomRulesFragment } from '../generated/graphql';
import { usePage, useWords } from '../state/page';
import { useStore } from '../state/use-store';
import { Fold } from '../view/fold';
import { Link } from '../view/link';
import { Main } from '../view/main';
import { Missing } from '../view/missing';
import { Phrase } from '../view/phrase';
import { useQuery } from '../view/use-query';
import { useRoomWords } from '../view/use-room-words';
import { Basics } from './room/basics';
import { Ending } from './room/ending';
import { Invitations } from './room/invitations';
import { LookingAfter } from './room/looking-after';
import { Members } from './room/members';
import './room/room.css';
import { Rules } from './room/rules';
import { ScreenControls } from './room/screen-controls';
import { Waiting } from './waiting';

/** For the hosts of a room. */
export default function RoomSettingsPage() {
  const { session, route } = usePage();
  const { room } = useStore(route);
  const login = useStore(session.login);
  const words = useRoomWords();
  const query = useQuery(async () => {
    const { room: found, myRole } = await session.run(RoomRulesDocument, { room, known: login !== null });
    return { room: unmask(RoomRulesFragmentDoc, found) ?? null, isHost: myRole === 'HOST' };
  }, [room, login?.username]);
  if (!query.data)
    return (
      <Main>
        <Waiting query={query} />
      </Main>
    );
  if (!query.data.room) return <Missing what="room-gone" />;
  if (!query.data.isHost)
    return (
      <Main>
        <p class="empty">{words['settings-only']}</p>
      </Main>
    );
  return <RoomSettings key={room} room={query.data.room} onChanged={query.again} />;
}

function RoomSettings({ room, onChanged }: { room: RoomRulesFragment; onChanged: () => void }) {
  const words = useWords();
  const roomWords = useRoomWords();
  const locale = useStore(usePage().settings.locale);
  return (
    <Main>
      <header>
        <h1>{words['room-settings']}</h1>
        <p class="quiet">
          <span dir="auto">
            <Phrase>{titleIn(room, locale)}</Phrase>
          </span>
          {' · '}
          <Link to={{ view: 'wall', room: room.id }}>{roomWords['to-room']}</Link>
        </p>
      </header>
      <Basics room={room} onChanged={onChanged} />
      <Members room={room} />
      <Invitations room={room.id} />
      <LookingAfter room={room.id} />
      <section class="card folds">
        <Fold title={roomWords.rules}>
          <Rules room={room} onChanged={onChanged} />
        </Fold>
        <Fold title={roomWords.screen}>
          <ScreenControls room={room} />
        </Fold>
        <Fold title={roomWords.ending}>
          <Ending room={room} onChanged={onChanged} />
        </Fold>
      </section>
    </Main>
  );
}
