import { useState } from 'preact/hooks';
import { ChangePasswordDocument } from '../../generated/graphql';
import { checkPassword } from '../../state/account-rules';
import { usePage, useWords } from '../../state/page';
import { problemsOf, type Problems } from '../../view/account-problems';
import { PasswordField } from '../../view/password-field';
import { Phrase } from '../../view/phrase';

export function ChangePassword() {
  const words = useWords();
  const { session } = usePage();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [problems, setProblems] = useState<Problems>({});
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    const wrong: Problems = {
      ...(current === '' && { currentPassword: words.required }),
      ...(!checkPassword(next) && { newPassword: words['password-rule'] }),
    };
    setProblems(wrong);
    setSaid('');
    if (Object.keys(wrong).length > 0 || busy) return;
    setBusy(true);
    try {
      await session.run(ChangePasswordDocument, { currentPassword: current, newPassword: next });
      setCurrent('');
      setNext('');
      setSaid(words['change-password-done']);
    } catch (error) {
      const rules = { currentPassword: words['wrong-password'], newPassword: words['password-rule'] };
      setProblems(problemsOf(words, error, rules));
    }
    setBusy(false);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <PasswordField
        label={words['current-password']}
        value={current}
        onInput={setCurrent}
        isNew={false}
        problem={problems['currentPassword'] ?? ''}
      />
      <PasswordField label={words['new-password']} value={next} onInput={setNext} isNew problem={problems['newPassword'] ?? ''} />
      <p class="problem" role="alert">
        <Phrase>{problems['form'] ?? ''}</Phrase>
      </p>
      <p class="row">
        <button type="submit" aria-busy={busy}>
          {words['change-password']}
        </button>
        <span class="quiet" role="status">
          <Phrase>{said}</Phrase>
        </span>
      </p>
    </form>
  );
}
