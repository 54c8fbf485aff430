import { useState } from 'preact/hooks';
import { EndSessionDocument, SessionsDocument, type SessionsQuery } from '../../generated/graphql';
import { usePage, useWords } from '../../state/page';
import { useStore } from '../../state/use-store';
import { Phrase } from '../../view/phrase';
import { dateFormat } from '../../view/time';
import { useQuery } from '../../view/use-query';
import { fill, sayError } from '../../words/words';
import { Waiting } from '../waiting';

type OpenSession = SessionsQuery['sessions'][number];

/** The open sessions of the account, this one first. Every other one can be ended. */
export function Sessions() {
  const words = useWords();
  const { session } = usePage();
  const [said, setSaid] = useState('');
  const query = useQuery(async () => (await session.run(SessionsDocument, {})).sessions, []);
  const end = async (id: string) => {
    try {
      await session.run(EndSessionDocument, { id });
      setSaid(words['session-ended']);
    } catch (error) {
      setSaid(sayError(words, error));
    }
    query.again();
  };
  if (!query.data) return <Waiting query={query} />;
  const sorted = [...query.data].sort((a, b) => Number(b.current) - Number(a.current));
  return (
    <>
      <ul class="lines">
        {sorted.map((one) => (
          <SessionLine key={one.id} one={one} onEnd={() => void end(one.id)} />
        ))}
      </ul>
      <p class="quiet" role="status">
        <Phrase>{said}</Phrase>
      </p>
    </>
  );
}

function SessionLine({ one, onEnd }: { one: OpenSession; onEnd: () => void }) {
  const words = useWords();
  const locale = useStore(usePage().settings.locale);
  const since = dateFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(one.createdAt));
  const until = dateFormat(locale, { dateStyle: 'medium' }).format(Date.parse(one.expiresAt));
  return (
    <li>
      <span>
        <strong>{one.current ? words['session-here'] : words['session-other']}</strong>
        <small>{fill(words['session-since'], { since, until })}</small>
      </span>
      {!one.current && (
        <button type="button" class="plain" onClick={onEnd}>
          {words['session-end']}
        </button>
      )}
    </li>
  );
}
