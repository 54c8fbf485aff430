import { useEffect, useRef, useState } from 'preact/hooks';
import { RemoveMemberDocument, SetRoleDocument, type MembersQuery } from '../../generated/graphql';
import { usePage, useWords } from '../../state/page';
import { useStore } from '../../state/use-store';
import { dateFormat } from '../../view/time';
import { useRoomWords } from '../../view/use-room-words';
import { fill } from '../../words/words';

export type Member = MembersQuery['members']['edges'][number]['node'];
type Act = 'make-host' | 'make-member' | 'remove';
/** @param conflict what is said if the server answers CONFLICT */
export type OnAct = (work: () => Promise<unknown>, done: string, conflict?: string) => Promise<void>;

/** A member, and what can be done, which says what it does before it is done. */
export function MemberLine({ room, member, onAct }: { room: string; member: Member; onAct: OnAct }) {
  const words = useWords();
  const roomWords = useRoomWords();
  const { session, settings } = usePage();
  const locale = useStore(settings.locale);
  const [asking, setAsking] = useState<Act | null>(null);
  const line = useRef<HTMLLIElement>(null);
  const asked = useRef(false);
  useEffect(() => {
    // The buttons that had the focus are replaced.
    if (asking || asked.current) line.current?.querySelector('button')?.focus();
    asked.current = asking !== null;
  }, [asking]);
  const { username, role, since } = member;
  const name = { name: username };
  const isSelf = session.login.get()?.username === username;
  const run = (act: Act) => {
    setAsking(null);
    const remove = () => session.run(RemoveMemberDocument, { room, username });
    const change = () => session.run(SetRoleDocument, { room, username, role: act === 'make-host' ? 'HOST' : 'MEMBER' });
    if (act === 'remove') void onAct(remove, fill(roomWords.removed, name));
    else void onAct(change, fill(roomWords['role-changed'], name), act === 'make-host' ? roomWords['guest-host'] : undefined);
  };
  return (
    <li ref={line}>
      <span>
        <strong dir="auto">
          {username} {isSelf && <small>({roomWords.you})</small>}
        </strong>
        <small>
          {roomWords[role]}
          {' · '}
          {fill(roomWords['member-since'], { date: dateFormat(locale, { dateStyle: 'medium' }).format(Date.parse(since)) })}
        </small>
      </span>
      {asking ? (
        <div class="asking" role="group" aria-label={roomWords[asking]}>
          <p class="effect">{fill(roomWords[`${asking}-sure`], name)}</p>
          <div class="row">
            <button type="button" class={asking === 'remove' ? 'danger' : undefined} onClick={() => run(asking)}>
              {roomWords[asking]}
            </button>
            <button type="button" class="plain" onClick={() => setAsking(null)}>
              {words.cancel}
            </button>
          </div>
        </div>
      ) : (
        !isSelf && (
          <span class="row acts">
            <button type="button" class="plain" onClick={() => setAsking(role === 'HOST' ? 'make-member' : 'make-host')}>
              {roomWords[role === 'HOST' ? 'make-member' : 'make-host']}
            </button>
            <button
              type="button"
              class="plain"
              aria-label={`${roomWords.remove}: ${username}`}
              onClick={() => setAsking('remove')}
            >
              {roomWords.remove}
            </button>
          </span>
        )
      )}
    </li>
  );
}
