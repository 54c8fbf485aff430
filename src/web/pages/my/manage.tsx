import { useWords } from '../../state/page';
import { Fold } from '../../view/fold';
import { SettingsFields } from '../../view/settings-fields';
import { ChangePassword } from './change-password';
import { DeleteAccount } from './delete-account';
import { ExportData } from './export-data';
import { Sessions } from './sessions';

/** What the person can change about the account, each folded away. */
export function Manage({ isGuest }: { isGuest: boolean }) {
  const words = useWords();
  return (
    <section class="card folds">
      <h2>{words.manage}</h2>
      {!isGuest && (
        <Fold title={words['change-password']}>
          <ChangePassword />
        </Fold>
      )}
      <Fold title={words.sessions}>
        <Sessions />
      </Fold>
      <Fold title={words.look}>
        <div class="look">
          <SettingsFields />
        </div>
      </Fold>
      <Fold title={words.export}>
        <ExportData />
      </Fold>
      <Fold title={words['delete-account']}>
        <DeleteAccount isGuest={isGuest} />
      </Fold>
    </section>
  );
}
