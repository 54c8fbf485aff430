import { useState } from 'preact/hooks';
import { MeDocument } from '../../generated/graphql';
import { usePage, useWords } from '../../state/page';
import { useStore } from '../../state/use-store';
import { dateFormat } from '../../view/time';
import { useQuery } from '../../view/use-query';
import { fill } from '../../words/words';
import { Waiting } from '../waiting';

/** Who the person is to the server, and the way out. */
export function AccountCard() {
  const words = useWords();
  const { session, settings, outbox, logOut } = usePage();
  const person = useStore(session.person);
  const waiting = useStore(outbox.pending).filter(({ owner, progress }) => owner === person && progress.kind !== 'sent').length;
  /** Whether the logout, which waits for the person's answer, is one of all devices. */
  const [asking, setAsking] = useState<{ everywhere: boolean } | null>(null);
  const isGuest = useStore(session.login)?.isGuest ?? false;
  const ask = (everywhere: boolean) => {
    if (waiting > 0 || isGuest) setAsking({ everywhere });
    else void logOut(everywhere);
  };
  const locale = useStore(settings.locale);
  const query = useQuery(async () => (await session.run(MeDocument, {})).me, []);
  const me = query.data;
  return (
    <section class="card">
      <h1>{session.login.get()?.username}</h1>
      <p class="quiet">{words['my-lead']}</p>
      {me ? (
        <ul class="facts">
          {!isGuest && <li>{me.email ?? words['no-email']}</li>}
          <li>
            {fill(words.joined, {
              month: dateFormat(locale, { year: 'numeric', month: 'long' }).format(Date.parse(me.joinedAt)),
            })}
          </li>
          <li>{fill(words['my-count'], { n: me.messageCount })}</li>
        </ul>
      ) : query.failed ? (
        <Waiting query={query} />
      ) : (
        <p class="facts" aria-hidden="true">
          {'\u00a0'}
        </p>
      )}
      <p class="row">
        <button type="button" class="plain" onClick={() => ask(false)}>
          {words['log-out']}
        </button>
        {!isGuest && (
          <button type="button" class="plain" title={words['logout-sure']} onClick={() => ask(true)}>
            {words['log-out-everywhere']}
          </button>
        )}
      </p>
      {asking && (waiting > 0 || isGuest) && (
        <div class="row" role="alert">
          {waiting > 0 && <p class="problem">{fill(words['logout-waiting'], { n: waiting })}</p>}
          {isGuest && <p class="problem">{words['guest-logout']}</p>}
          <button type="button" onClick={() => void logOut(asking.everywhere)}>
            {waiting > 0 ? words['logout-anyway'] : words['guest-logout-anyway']}
          </button>
          <button type="button" class="plain" onClick={() => setAsking(null)}>
            {words.cancel}
          </button>
        </div>
      )}
    </section>
  );
}
