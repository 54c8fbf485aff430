import { useState } from 'preact/hooks';
import { unmask } from '../generated/fragment-masking';
import { HideDocument, ReportDocument, NoteFieldsFragmentDoc } from '../generated/graphql';
import { usePage, useWords } from '../state/page';
import type { Note } from '../state/timeline';
import { useStore } from '../state/use-store';
import { sayError } from '../words/words';
import { Field } from './field';
import { Modal } from './modal';
import { MuteForm } from './mute-form';
import { useModerates } from './use-moderates';

/** Reports a note to the moderators. Moderators erase it here instead. */
export function NoteDialog({ note }: { note: Note }) {
  const words = useWords();
  const { session, dialog, askForAccount, feed, isModerator } = usePage();
  const login = useStore(session.login);
  const moderates = useModerates();
  const everywhere = useStore(isModerator);
  const [reason, setReason] = useState('');
  const [alsoModerators, setAlsoModerators] = useState(false);
  const isPrivate = useStore(useStore(feed).about.info)?.visibility === 'PRIVATE';
  const [problem, setProblem] = useState('');
  const [told, setTold] = useState(false);
  const act = async (hide: boolean) => {
    if (reason.trim() === '') {
      setProblem(words.required);
      return;
    }
    try {
      if (hide) {
        const { hideChat } = await session.run(HideDocument, { id: note.id, reason });
        feed.get().change([unmask(NoteFieldsFragmentDoc, hideChat)]);
        dialog.set(null);
      } else {
        await session.run(ReportDocument, { id: note.id, reason, alsoModerators });
        setTold(true);
      }
    } catch (error) {
      setProblem(sayError(words, error));
    }
  };
  return (
    <Modal title={words['about-note']} onClose={() => dialog.set(null)}>
      <blockquote dir="auto">{note.text}</blockquote>
      {!login && (
        <>
          <p>{words['why-report']}</p>
          <button type="button" onClick={() => askForAccount('report', () => dialog.set(note))}>
            {words['report-as']}
          </button>
        </>
      )}
      {login && told && <p role="status">{words.reported}</p>}
      {login && !told && (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void act(moderates);
          }}
        >
          <Field
            label={words.reason}
            value={reason}
            onInput={setReason}
            autofocus
            hint={moderates ? words['take-down-sure'] : words['reason-hint']}
            problem={problem}
          />
          {isPrivate && !moderates && (
            <label class="check">
              <input
                type="checkbox"
                checked={alsoModerators}
                onChange={(event) => setAlsoModerators(event.currentTarget.checked)}
              />
              {words['also-moderators']}
            </label>
          )}
          <button type="submit">{moderates ? words['take-down'] : words.report}</button>
        </form>
      )}
      {moderates && <MuteForm chatId={note.id} reason={reason} everywhere={everywhere} />}
    </Modal>
  );
}
