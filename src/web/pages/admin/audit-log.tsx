import { usePage, useWords } from '../../state/page';
import { useStore } from '../../state/use-store';
import { dateFormat } from '../../view/time';
import type { Words } from '../../words/words';
import { Waiting } from '../waiting';
import { useAuditLog, type Entry } from './use-audit-log';

/** What moderators and administrators have done, newest first. */
export function AuditLog() {
  const words = useWords();
  return (
    <>
      <header>
        <h1>{words.log}</h1>
        <p class="quiet">{words['log-lead']}</p>
      </header>
      <LogLines />
    </>
  );
}

/** @param room only what concerns this room */
export function LogLines({ room }: { room?: string }) {
  const words = useWords();
  const { query, entries, hasMore, loadMore } = useAuditLog(room);
  return (
    <>
      {!query.data && <Waiting query={query} />}
      {query.data && entries.length === 0 && <p class="empty">{words['log-nothing']}</p>}
      {entries.length > 0 && (
        <ol class="lines card">
          {entries.map((entry) => (
            <EntryLine key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      {hasMore && (
        <button type="button" class="plain" onClick={() => void loadMore().catch(() => undefined)}>
          {words.more}
        </button>
      )}
    </>
  );
}

function actorOf(words: Words, { action, actor }: Entry): string {
  if (action === 'REPORT_CHAT') return words['log-hidden'];
  return actor === '' ? words['log-service'] : actor;
}

/** An action that this version of the page has no words for is shown by its name in the API. */
function actionOf(words: Words, action: string): string {
  const key = `action-${action}`;
  return key in words ? words[key as keyof Words] : action;
}

function EntryLine({ entry }: { entry: Entry }) {
  const words = useWords();
  const locale = useStore(usePage().settings.locale);
  return (
    <li>
      <span>
        <strong>{actionOf(words, entry.action)}</strong>
        {entry.details !== '' && <span dir="auto">{entry.details}</span>}
        <small>
          <time dateTime={entry.at}>
            {dateFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(entry.at))}
          </time>
          {' · '}
          <span dir="auto">{actorOf(words, entry)}</span>
        </small>
      </span>
    </li>
  );
}
