import { useEffect, useState } from 'preact/hooks';
import { UnmuteDocument } from '../../generated/graphql';
import { usePage, useWords } from '../../state/page';
import { useStore } from '../../state/use-store';
import { Icon } from '../../view/icons';
import { dateFormat, useMinute } from '../../view/time';
import { fill, sayError } from '../../words/words';
import { Waiting } from '../waiting';
import { useAuditLog, type Entry } from './use-audit-log';

const MINUTE_MS = 60_000;
/** A mute takes 366 days at most, but older ones than the newest entries are rare. */
const MAX_ENTRIES = 500;

interface Mute {
  readonly chatId: string;
  readonly until: number;
  readonly reason: string;
  readonly actor: string;
}

/** The mutes that still run, read from the audit log: of one note the newest entry counts. */
function runningMutes(entries: readonly Entry[], now: number): Mute[] {
  const seen = new Set<string>();
  return entries.flatMap(({ action, subject, details, at, actor }) => {
    if ((action !== 'MUTE_AUTHOR' && action !== 'UNMUTE_AUTHOR') || seen.has(subject)) return [];
    seen.add(subject);
    const [, minutes, reason = ''] = /^(\d+) minutes: (.*)$/s.exec(details) ?? [];
    const until = Date.parse(at) + Number(minutes ?? 0) * MINUTE_MS;
    return until > now ? [{ chatId: subject, until, reason, actor }] : [];
  });
}

export function Mutes() {
  const words = useWords();
  return (
    <>
      <header>
        <h1>{words.mutes}</h1>
        <p class="quiet">{words['mutes-lead']}</p>
      </header>
      <MuteLines />
    </>
  );
}

/**
 * The mutes that run, each with a way to end it.
 * @param room only those of this room
 */
export function MuteLines({ room }: { room?: string }) {
  const words = useWords();
  const { session, settings } = usePage();
  const locale = useStore(settings.locale);
  const now = useMinute();
  const { query, entries, hasMore, loadMore } = useAuditLog(room);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    if (hasMore && entries.length < MAX_ENTRIES) void loadMore().catch(() => undefined);
  }, [entries.length, hasMore]);
  const unmute = async (chatId: string) => {
    try {
      await session.run(UnmuteDocument, { chatId });
      setProblem('');
    } catch (error) {
      setProblem(sayError(words, error));
    }
    query.again();
  };
  const mutes = runningMutes(entries, now);
  const format = dateFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <>
      <p class="problem" role="alert">
        {problem}
      </p>
      {!query.data && <Waiting query={query} />}
      {query.data && mutes.length === 0 && (
        <div class="empty">
          <Icon name="CALM" />
          <p class="big">{words['mutes-empty']}</p>
        </div>
      )}
      {mutes.length > 0 && (
        <ul class="lines card">
          {mutes.map(({ chatId, until, reason, actor }) => (
            <li key={chatId}>
              <span>
                <strong>{fill(words['mute-until'], { time: format.format(until) })}</strong>
                <span dir="auto">{reason}</span>
                <small dir="auto">{actor}</small>
              </span>
              <button type="button" class="plain" onClick={() => void unmute(chatId)}>
                {words.unmute}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
