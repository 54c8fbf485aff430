import { useRef, useState } from 'preact/hooks';
import { ReportsDocument } from '../../generated/graphql';
import { usePage, useWords } from '../../state/page';
import { Icon } from '../../view/icons';
import { useQuery } from '../../view/use-query';
import { Waiting } from '../waiting';
import { ReportedNote, type Outcome } from './reported-note';

/**
 * Reported notes, oldest first, each until it is kept or erased.
 * @param room only those of this room, for its hosts
 */
export function ReportQueue({ room }: { room?: string }) {
  const words = useWords();
  const { session } = usePage();
  const status = useRef<HTMLParagraphElement>(null);
  const query = useQuery(
    async () => (await session.run(ReportsDocument, { ...(room !== undefined && { room }) })).reports,
    [room],
  );
  const [decided, setDecided] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<Outcome | null>(null);
  const list = query.data?.filter(({ chat }) => !decided.has(chat.id));
  const decide = (id: string, outcome: Outcome) => {
    setDecided(new Set([...decided, id]));
    setLast(outcome);
    // The button that had the focus disappears with its note.
    status.current?.focus();
    query.again();
  };
  return (
    <>
      <p ref={status} class="quiet" role="status" tabIndex={-1}>
        {last && words[last]}
      </p>
      {!list && <Waiting query={query} />}
      {list?.length === 0 && (
        <div class="empty">
          <Icon name="CALM" />
          <p class="big">{words['reports-empty']}</p>
        </div>
      )}
      <ol class="reports">
        {list?.map((reported) => (
          <ReportedNote
            key={reported.chat.id}
            reported={reported}
            everywhere={room === undefined}
            onDecided={(outcome) => decide(reported.chat.id, outcome)}
          />
        ))}
      </ol>
    </>
  );
}
