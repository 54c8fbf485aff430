import { usePage, useWords } from '../state/page';
import { useStore } from '../state/use-store';
import { Main } from '../view/main';
import { AdminTabs } from './admin/admin-tabs';
import { ReportQueue } from './admin/report-queue';

/** Reported notes of all rooms that moderators may read. */
export default function ReportsPage() {
  const words = useWords();
  const moderates = useStore(usePage().isModerator);
  return (
    <Main>
      {moderates ? (
        <>
          <AdminTabs />
          <header>
            <h1>{words.reports}</h1>
            <p class="quiet">{words['reports-lead']}</p>
          </header>
          <ReportQueue />
        </>
      ) : (
        <p class="empty">{words['reports-only']}</p>
      )}
    </Main>
  );
}
