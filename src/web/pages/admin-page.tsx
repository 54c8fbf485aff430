import { usePage, useWords } from '../state/page';
import { useStore } from '../state/use-store';
import { Main } from '../view/main';
import { AdminTabs } from './admin/admin-tabs';
import { AllRooms } from './admin/all-rooms';
import { AuditLog } from './admin/audit-log';
import { Mutes } from './admin/mutes';
import { PasswordLinks } from './admin/password-links';

const PARTS = { rooms: AllRooms, mutes: Mutes, log: AuditLog, passwords: PasswordLinks } as const;

/** For moderators: the rooms, the mutes and the audit log. For administrators also letters on request and password links. */
export default function AdminPage() {
  const words = useWords();
  const { route, isModerator } = usePage();
  const { tab = 'rooms' } = useStore(route);
  const moderates = useStore(isModerator);
  const Part = PARTS[tab];
  return (
    <Main>
      {moderates ? (
        <>
          <AdminTabs />
          <Part />
        </>
      ) : (
        <p class="empty">{words['reports-only']}</p>
      )}
    </Main>
  );
}
