import { useState } from 'preact/hooks';
import { RequestPasswordResetDocument } from '../generated/graphql';
import { usePage, useWords } from '../state/page';
import { sayError } from '../words/words';
import { Field } from './field';
import { Phrase } from './phrase';

interface ForgotPasswordProps {
  readonly login: string;
  readonly onLogin: (login: string) => void;
  readonly onBack: () => void;
}

/** Asks for a link by e-mail. What it says does not depend on whether there is such an account. */
export function ForgotPassword({ login, onLogin, onBack }: ForgotPasswordProps) {
  const words = useWords();
  const { session } = usePage();
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    if (login.trim() === '') {
      setProblem(words.required);
      return;
    }
    if (busy) return;
    setBusy(true);
    try {
      await session.run(RequestPasswordResetDocument, { login });
      setAsked(true);
    } catch (error) {
      setProblem(sayError(words, error));
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
      {asked ? (
        <>
          <p role="status">{words['forgot-sent']}</p>
          <p class="quiet">{words['forgot-none']}</p>
        </>
      ) : (
        <>
          <p class="quiet">{words['forgot-lead']}</p>
          <Field
            label={words.login}
            value={login}
            onInput={(value) => {
              onLogin(value);
              setProblem('');
            }}
            autocomplete="username"
            autofocus
            problem={problem}
          />
          <button type="submit" aria-busy={busy}>
            <Phrase>{words['forgot-send']}</Phrase>
          </button>
        </>
      )}
      <button type="button" class="link" onClick={onBack}>
        {words['back-to-log-in']}
      </button>
    </form>
  );
}
