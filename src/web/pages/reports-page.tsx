import { useRef, useState } from 'preact/hooks';
import { ReportsDocument } from '../generated/graphql';
import { usePage, useWords } from '../state/page';
import { useStore } from '../state/use-store';
import { Icon } from '../view/icons';
import { Main } from '../view/main';
import { useQuery } from '../view/use-query';
import { AdminTabs } from './admin/admin-tabs';
import { ReportedNote, type Outcome } from './admin/reported-note';
import { Waiting } from './waiting';

/** Reported notes, oldest first, until a moderator keeps or erases them. */
export default function ReportsPage() {
  const words = useWords();
  const moderates = useStore(usePage().isModerator);
  return (
    <Main>
      {moderates ? (
        <>
          <AdminTabs />
          <Queue />
        </>
      ) : (
        <p class="empty">{words['reports-only']}</p>
      )}
    </Main>
  );
}

function Queue() {
  const words = useWords();
  const { session } = usePage();
  const heading = useRef<HTMLHeadingElement>(null);
  const query = useQuery(async () => (await session.run(ReportsDocument, {})).reports, []);
  const [decided, setDecided] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<Outcome | null>(null);
  const list = query.data?.filter(({ chat }) => !decided.has(chat.id));
  const decide = (id: string, outcome: Outcome) => {
    setDecided(new Set([...decided, id]));
    setLast(outcome);
    // The button that had the focus disappears with its note.
    heading.current?.focus();
    query.again();
  };
  return (
    <>
      <header>
        <h1 ref={heading} tabIndex={-1}>
          {words.reports}
        </h1>
        <p class="quiet">{words['reports-lead']}</p>
      </header>
      <p class="quiet" role="status">
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
          <ReportedNote key={reported.chat.id} reported={reported} onDecided={(outcome) => decide(reported.chat.id, outcome)} />
        ))}
      </ol>
    </>
  );
}
