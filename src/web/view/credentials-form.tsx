import { useState } from 'preact/hooks';
import { ClaimAccountDocument, LoginDocument, RegisterDocument } from '../generated/graphql';
import { usePage, useWords, type AccountForm } from '../state/page';
import { checkNewAccount, problemsOf, type Problems } from './account-problems';
import { Field } from './field';
import { PasswordField } from './password-field';
import { Phrase } from './phrase';
import { useUsernameHint } from './use-username-hint';

interface CredentialsFormProps {
  readonly form: 'log-in' | 'sign-up' | 'claim';
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly password: string;
  readonly onPassword: (password: string) => void;
  readonly onDone: () => void;
  readonly onSwitch: (form: AccountForm['form']) => void;
}

/** Name and password of an account, new or known. */
export function CredentialsForm({ form, name, onName, password, onPassword, onDone, onSwitch }: CredentialsFormProps) {
  const isNew = form !== 'log-in';
  const words = useWords();
  const { session } = usePage();
  const [email, setEmail] = useState('');
  const [problems, setProblems] = useState<Problems>({});
  const [busy, setBusy] = useState(false);
  const hint = useUsernameHint(isNew ? name : '');

  const send = async () => {
    const input = { username: name, password, ...(email !== '' && { email }) };
    if (form === 'log-in') session.accept((await session.run(LoginDocument, { input: { login: name, password } })).login);
    else if (form === 'sign-up') session.accept((await session.run(RegisterDocument, { input })).register);
    else {
      await session.run(ClaimAccountDocument, { input });
      // The account is claimed. If this fails, the next renewal brings the new name.
      await session.renewNow().catch(() => undefined);
    }
  };
  const submit = async () => {
    const empty: Problems = {
      ...(name.trim() === '' && { login: words.required }),
      ...(password === '' && { password: words.required }),
    };
    const wrong = isNew ? checkNewAccount(words, name, password, email) : empty;
    setProblems(wrong);
    if (Object.keys(wrong).length > 0 || busy) return;
    setBusy(true);
    try {
      await send();
      onDone();
    } catch (error) {
      setProblems(problemsOf(words, error));
      setBusy(false);
    }
  };
  const edit = (field: string, set: (value: string) => void) => (value: string) => {
    set(value);
    setProblems(({ [field]: _, form: __, ...rest }) => rest);
  };
  const label = <Phrase>{words[form === 'claim' ? 'claim-send' : form]}</Phrase>;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {form === 'claim' && <p class="quiet">{words['claim-lead']}</p>}
      <Field
        key={isNew ? 'new' : 'known'}
        label={isNew ? words.username : words.login}
        value={name}
        onInput={edit(isNew ? 'username' : 'login', onName)}
        autocomplete="username"
        autofocus
        hint={isNew ? (hint.free ? words['username-free'] : words['username-rule']) : ''}
        problem={problems[isNew ? 'username' : 'login'] ?? (hint.taken ? words.USERNAME_TAKEN : '')}
      />
      <PasswordField
        label={words.password}
        value={password}
        onInput={edit('password', onPassword)}
        isNew={isNew}
        problem={problems['password'] ?? ''}
      />
      {isNew && (
        <Field
          label={words.email}
          type="email"
          value={email}
          onInput={edit('email', setEmail)}
          autocomplete="email"
          hint={words['email-hint']}
          problem={problems['email'] ?? ''}
        />
      )}
      <p class="problem" role="alert">
        <Phrase>{problems['form'] ?? ''}</Phrase>
      </p>
      <button type="submit" aria-busy={busy}>
        {label}
      </button>
      {form !== 'claim' && (
        <p class="quiet">
          <Phrase>{isNew ? words['has-account'] : words['no-account']}</Phrase>{' '}
          <button
            class="link"
            type="button"
            onClick={() => {
              setProblems({});
              onSwitch(isNew ? 'log-in' : 'sign-up');
            }}
          >
            <Phrase>{isNew ? words['log-in'] : words['sign-up']}</Phrase>
          </button>
          {!isNew && (
            <button class="link" type="button" onClick={() => onSwitch('forgot')}>
              <Phrase>{words['forgot-link']}</Phrase>
            </button>
          )}
        </p>
      )}
    </form>
  );
}
