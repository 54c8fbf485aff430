import { useState } from 'preact/hooks';
import { codeOf } from '../../api';
import { MembersDocument, type RoomRulesFragment } from '../../generated/graphql';
import { usePage, useWords } from '../../state/page';
import { Fold } from '../../view/fold';
import { useQuery } from '../../view/use-query';
import { useRoomWords } from '../../view/use-room-words';
import { Waiting } from '../waiting';
import { LetBack } from './let-back';
import { MemberLine, type Member, type OnAct } from './member-line';
import { Outcome } from './outcome';
import { useSaving } from './use-saving';

interface Page {
  readonly members: readonly Member[];
  readonly after: string | null;
}

/** Hosts and members, longest membership first. */
export function Members({ room }: { room: Pick<RoomRulesFragment, 'id' | 'anonymous'> }) {
  const words = useWords();
  const roomWords = useRoomWords();
  const { session } = usePage();
  const saving = useSaving();
  const [older, setOlder] = useState<Page | null>(null);
  const load = async (after: string | null): Promise<Page> => {
    const { edges, pageInfo } = (await session.run(MembersDocument, { room: room.id, after })).members;
    return { members: edges.map(({ node }) => node), after: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null };
  };
  const query = useQuery(async () => {
    const first = await load(null);
    setOlder(null);
    return first;
  }, [room.id]);
  const { after } = older ?? query.data ?? { after: null };
  const members = [...(query.data?.members ?? []), ...(older?.members ?? [])];
  const loadMore = async () => {
    const next = await load(after);
    setOlder({ members: [...(older?.members ?? []), ...next.members], after: next.after });
  };
  const act: OnAct = async (work, done, conflict = roomWords['last-host']) => {
    await saving.run(work, done, (error) => {
      if (codeOf(error) === 'CONFLICT') return conflict;
      return codeOf(error) === 'NOT_FOUND' ? roomWords['let-back-none'] : undefined;
    });
    query.again();
  };
  return (
    <section class="card">
      <h2>{roomWords.members}</h2>
      {room.anonymous && <p class="quiet">{roomWords['members-anonymous']}</p>}
      <Outcome {...saving} />
      {!query.data && <Waiting query={query} />}
      <ul class="lines members">
        {members.map((member) => (
          <MemberLine key={member.username} room={room.id} member={member} onAct={act} />
        ))}
      </ul>
      {after !== null && (
        <button type="button" class="plain" onClick={() => void loadMore().catch(() => undefined)}>
          {words.more}
        </button>
      )}
      <Fold title={roomWords['let-back']}>
        <LetBack room={room.id} onAct={act} />
      </Fold>
    </section>
  );
}
