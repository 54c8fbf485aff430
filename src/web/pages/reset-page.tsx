import { useState } from 'preact/hooks';
import { MAIN_ROOM } from '../../domain/room-title';
import { ResetPasswordDocument } from '../generated/graphql';
import { checkPassword } from '../state/account-rules';
import { usePage, useWords } from '../state/page';
import { useStore } from '../state/use-store';
import { problemsOf, type Problems } from '../view/account-problems';
import { Main } from '../view/main';
import { PasswordField } from '../view/password-field';
import { Phrase } from '../view/phrase';

/** Where the link for a new password leads. */
export default function ResetPage() {
  const words = useWords();
  const { resetToken, go, dialog } = usePage();
  const token = useStore(resetToken);
  const [done, setDone] = useState(false);
  return (
    <Main>
      <section class="card narrow">
        <h1>{words.reset}</h1>
        {done ? (
          <>
            <p role="status">{words['reset-done']}</p>
            <button type="button" onClick={() => go({ view: 'wall', room: MAIN_ROOM })}>
              {words['to-main']}
            </button>
          </>
        ) : token === null ? (
          <>
            <p>{words['reset-none']}</p>
            <button type="button" onClick={() => dialog.set({ form: 'forgot' })}>
              {words['reset-again']}
            </button>
          </>
        ) : (
          <ResetForm token={token} onDone={() => setDone(true)} />
        )}
      </section>
    </Main>
  );
}

function ResetForm({ token, onDone }: { token: string; onDone: () => void }) {
  const words = useWords();
  const { session, resetToken, dialog } = usePage();
  const [password, setPassword] = useState('');
  const [problems, setProblems] = useState<Problems>({});
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    if (!checkPassword(password)) {
      setProblems({ newPassword: words['password-rule'] });
      return;
    }
    if (busy) return;
    setBusy(true);
    try {
      session.accept((await session.run(ResetPasswordDocument, { token, newPassword: password })).resetPassword);
      onDone();
      resetToken.set(null);
    } catch (error) {
      setProblems(problemsOf(words, error, { newPassword: words['password-rule'], token: words['reset-bad'] }));
      setBusy(false);
    }
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p class="quiet">{words['reset-lead']}</p>
      <PasswordField
        label={words['new-password']}
        value={password}
        onInput={(value) => {
          setPassword(value);
          setProblems({});
        }}
        isNew
        autofocus
        problem={problems['newPassword'] ?? ''}
      />
      <p class="problem" role="alert">
        <Phrase>{problems['token'] ?? problems['form'] ?? ''}</Phrase>
      </p>
      <p class="row">
        <button type="submit" aria-busy={busy}>
          {words['reset-save']}
        </button>
        {problems['token'] && (
          <button type="button" class="plain" onClick={() => dialog.set({ form: 'forgot' })}>
            {words['reset-again']}
          </button>
        )}
      </p>
    </form>
  );
}
