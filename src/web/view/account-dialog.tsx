import { useEffect, useState } from 'preact/hooks';
import { ApiError, codeOf } from '../api';
import { LoginDocument, RegisterDocument, UsernameAvailableDocument } from '../generated/graphql';
import { usePage, useWords, type AccountForm } from '../state/page';
import { checkEmail, checkPassword, checkUsername } from '../state/account-rules';
import { sayError, type Words } from '../words/words';
import { Field } from './field';
import { Modal } from './modal';
import { Phrase } from './phrase';

const DEBOUNCE_MS = 350;

type Problems = Readonly<Record<string, string>>;

/** The server's refusal, by the field it is about; `form` where it is about none. */
function problemsOf(words: Words, error: unknown): Problems {
  const field = error instanceof ApiError ? error.details.field : undefined;
  const rules: Problems = { username: words['username-rule'], password: words['password-rule'], email: words['email-rule'] };
  if (codeOf(error) === 'USERNAME_TAKEN') return { username: words.USERNAME_TAKEN };
  if (codeOf(error) === 'CONFLICT' && field === 'email') return { email: words['email-taken'] };
  if (field !== undefined && rules[field] !== undefined) return { [field]: rules[field] };
  return { form: sayError(words, error) };
}

/** Logs in or signs up. Switching between the two keeps what was typed. */
export function AccountDialog({ form, why }: AccountForm) {
  const signUp = form === 'sign-up';
  const words = useWords();
  const { session, dialog } = usePage();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [visible, setVisible] = useState(false);
  const [problems, setProblems] = useState<Problems>({});
  const [busy, setBusy] = useState(false);
  const hint = useUsernameHint(signUp ? name : '');

  const submit = async () => {
    const wrong: Problems = signUp
      ? {
          ...(!checkUsername(name) && { username: words['username-rule'] }),
          ...(email !== '' && !checkEmail(email) && { email: words['email-rule'] }),
          ...(!checkPassword(password) && { password: words['password-rule'] }),
        }
      : { ...(name.trim() === '' && { login: words.required }), ...(password === '' && { password: words.required }) };
    setProblems(wrong);
    if (Object.keys(wrong).length > 0 || busy) return;
    setBusy(true);
    try {
      const input = { username: name, password, ...(email !== '' && { email }) };
      session.accept(
        signUp
          ? (await session.run(RegisterDocument, { input })).register
          : (await session.run(LoginDocument, { input: { login: name, password } })).login,
      );
      dialog.set(null);
    } catch (error) {
      setProblems(problemsOf(words, error));
      setBusy(false);
    }
  };
  const edit = (field: string, set: (value: string) => void) => (value: string) => {
    set(value);
    setProblems(({ [field]: _, form: __, ...rest }) => rest);
  };
  return (
    <Modal title={signUp ? words['sign-up'] : words['log-in']} onClose={() => dialog.set(null)}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {signUp ? (
          <p class="quiet" key="sign-up">
            {words['why-sign-up']}
          </p>
        ) : (
          why && <p class="quiet">{words[`why-${why}`]}</p>
        )}
        <Field
          key={form}
          label={signUp ? words.username : words.login}
          value={name}
          onInput={edit(signUp ? 'username' : 'login', setName)}
          autocomplete="username"
          autofocus
          hint={signUp ? (hint.free ? words['username-free'] : words['username-rule']) : ''}
          problem={problems[signUp ? 'username' : 'login'] ?? (hint.taken ? words.USERNAME_TAKEN : '')}
        />
        <Field
          label={words.password}
          type={visible ? 'text' : 'password'}
          value={password}
          onInput={edit('password', setPassword)}
          autocomplete={signUp ? 'new-password' : 'current-password'}
          hint={signUp ? words['password-rule'] : ''}
          problem={
            problems['password'] ?? (signUp && password.length > 7 && !checkPassword(password) ? words['password-rule'] : '')
          }
        />
        <label class="check">
          <input type="checkbox" checked={visible} onChange={(event) => setVisible(event.currentTarget.checked)} />
          {words['show-password']}
        </label>
        {signUp && (
          <Field
            label={words.email}
            type="email"
            value={email}
            onInput={edit('email', setEmail)}
            autocomplete="email"
            problem={problems['email'] ?? ''}
          />
        )}
        <p class="problem" role="alert">
          <Phrase>{problems['form'] ?? ''}</Phrase>
        </p>
        <button type="submit" aria-busy={busy}>
          <Phrase>{signUp ? words['sign-up'] : words['log-in']}</Phrase>
        </button>
        <p class="quiet">
          <Phrase>{signUp ? words['has-account'] : words['no-account']}</Phrase>{' '}
          <button
            class="link"
            type="button"
            onClick={() => {
              setProblems({});
              dialog.set({ ...(why && { why }), form: signUp ? 'log-in' : 'sign-up' });
            }}
          >
            <Phrase>{signUp ? words['log-in'] : words['sign-up']}</Phrase>
          </button>
        </p>
      </form>
    </Modal>
  );
}

/** Asks the server whether a username is free, once the person has stopped typing. */
function useUsernameHint(name: string): { free: boolean; taken: boolean } {
  const { session } = usePage();
  const [answer, setAnswer] = useState<{ name: string; available: boolean } | null>(null);
  useEffect(() => {
    if (!checkUsername(name)) return;
    let current = true;
    const timer = setTimeout(() => {
      session.run(UsernameAvailableDocument, { username: name }).then(
        ({ usernameAvailable }) => current && setAnswer({ name, available: usernameAvailable }),
        // Submitting the form checks the username again.
        () => undefined,
      );
    }, DEBOUNCE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [name, session]);
  const known = answer?.name === name && name !== '';
  return { free: known && answer.available, taken: known && !answer.available };
}
