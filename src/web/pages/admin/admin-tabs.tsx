import { usePage, useWords } from '../../state/page';
import { ADMIN_TABS } from '../../state/router';
import { useStore } from '../../state/use-store';
import { Link } from '../../view/link';

const NAMES = { rooms: 'all-rooms', mutes: 'mutes', log: 'log', passwords: 'password-links' } as const;

/** Leads from one part of the place for moderators to the others. Password links are for administrators. */
export function AdminTabs() {
  const words = useWords();
  const { route, isAdmin } = usePage();
  const { view, room, tab } = useStore(route);
  const administrates = useStore(isAdmin);
  return (
    <nav class="tabs" aria-label={words['admin-tabs']}>
      <Link to={{ view: 'reports', room }} current={view === 'reports'}>
        {words.reports}
      </Link>
      {ADMIN_TABS.filter((name) => name !== 'passwords' || administrates).map((name) => (
        <Link key={name} to={{ view: 'admin', room, tab: name }} current={view === 'admin' && tab === name}>
          {words[NAMES[name]]}
        </Link>
      ))}
    </nav>
  );
}
