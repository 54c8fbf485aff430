import { useWords } from '../../state/page';
import { Fold } from '../../view/fold';
import { useRoomWords } from '../../view/use-room-words';
import { LogLines } from '../admin/audit-log';
import { MuteLines } from '../admin/mutes';
import { ReportQueue } from '../admin/report-queue';

/** Reports, mutes and the audit log of one room. */
export function LookingAfter({ room }: { room: string }) {
  const words = useWords();
  const roomWords = useRoomWords();
  return (
    <section class="card folds">
      <h2>{roomWords.moderation}</h2>
      <Fold title={words.reports}>
        <p class="quiet">{roomWords['reports-host']}</p>
        <ReportQueue room={room} />
      </Fold>
      <Fold title={words.mutes}>
        <p class="quiet">{roomWords['mutes-host']}</p>
        <MuteLines room={room} />
      </Fold>
      <Fold title={words.log}>
        <p class="quiet">{roomWords['log-host']}</p>
        <LogLines room={room} />
      </Fold>
    </section>
  );
}
