import { useState } from 'preact/hooks';
import { MAIN_ROOM } from '../../../domain/room-title';
import { codeOf } from '../../api';
import { LeaveRoomDocument } from '../../generated/graphql';
import { usePage, useWords } from '../../state/page';
import { useStore } from '../../state/use-store';
import { Modal } from '../../view/modal';
import { useRoomWords } from '../../view/use-room-words';
import { sayError } from '../../words/words';

/** Ends one's own membership, after saying what that means. */
export function LeaveRoom({ room }: { room: string }) {
  const words = useWords();
  const roomWords = useRoomWords();
  const { session, dialog, feed, go, loadRooms } = usePage();
  const { about } = useStore(feed);
  const isPrivate = useStore(about.info)?.visibility === 'PRIVATE';
  const [problem, setProblem] = useState('');
  const leave = async () => {
    try {
      await session.run(LeaveRoomDocument, { room });
      dialog.set(null);
      go({ view: 'wall', room: MAIN_ROOM });
      await loadRooms();
    } catch (error) {
      setProblem(codeOf(error) === 'CONFLICT' ? roomWords['leave-last'] : sayError(words, error));
    }
  };
  return (
    <Modal title={roomWords['leave-title']} onClose={() => dialog.set(null)}>
      <p>{isPrivate ? roomWords['leave-sure'] : roomWords['leave-open']}</p>
      <p class="problem" role="alert">
        {problem}
      </p>
      <div class="row">
        <button type="button" onClick={() => void leave()}>
          {roomWords['leave-run']}
        </button>
        <button type="button" class="plain" onClick={() => dialog.set(null)}>
          {words.cancel}
        </button>
      </div>
    </Modal>
  );
}
