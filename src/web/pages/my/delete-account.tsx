import { useState } from 'preact/hooks';
import { DeleteAccountDocument } from '../../generated/graphql';
import { usePage, useWords } from '../../state/page';
import { problemsOf, type Problems } from '../../view/account-problems';
import { PasswordField } from '../../view/password-field';
import { Phrase } from '../../view/phrase';

/** Deletes the account. A guest has no password to confirm it by. */
export function DeleteAccount({ isGuest }: { isGuest: boolean }) {
  const words = useWords();
  const { session, logOut } = usePage();
  const [password, setPassword] = useState('');
  const [sure, setSure] = useState(false);
  const [problems, setProblems] = useState<Problems>({});
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    if (!sure || busy) return;
    if (!isGuest && password === '') {
      setProblems({ password: words.required });
      return;
    }
    setBusy(true);
    try {
      await session.run(DeleteAccountDocument, { password });
      await logOut(false);
    } catch (error) {
      setProblems(problemsOf(words, error, { password: words['wrong-password'] }));
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
      <p>{words['delete-lead']}</p>
      {!isGuest && (
        <PasswordField
          label={words.password}
          value={password}
          onInput={setPassword}
          isNew={false}
          problem={problems['password'] ?? ''}
        />
      )}
      <label class="check">
        <input type="checkbox" checked={sure} onChange={(event) => setSure(event.currentTarget.checked)} />
        {words['delete-sure']}
      </label>
      <p class="problem" role="alert">
        <Phrase>{problems['form'] ?? ''}</Phrase>
      </p>
      <button type="submit" class="danger" disabled={!sure || busy}>
        {words['delete-run']}
      </button>
    </form>
  );
}
