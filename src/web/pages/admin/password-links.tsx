import { useState } from 'preact/hooks';
import { codeOf } from '../../api';
import { CreatePasswordResetDocument, type CreatePasswordResetMutation } from '../../generated/graphql';
import { usePage, useWords } from '../../state/page';
import { useStore } from '../../state/use-store';
import { CopyField } from '../../view/copy-field';
import { Field } from '../../view/field';
import { dateFormat } from '../../view/time';
import { fill, sayError } from '../../words/words';

/** Makes links for a new password, for people without an e-mail address. A link is shown once. */
export function PasswordLinks() {
  const words = useWords();
  const { session, settings, isAdmin } = usePage();
  const locale = useStore(settings.locale);
  const administrates = useStore(isAdmin);
  const [username, setUsername] = useState('');
  const [problem, setProblem] = useState('');
  const [link, setLink] = useState<CreatePasswordResetMutation['createPasswordReset'] | null>(null);
  if (!administrates) return <p class="empty">{words['reports-only']}</p>;
  const make = async () => {
    setLink(null);
    if (username.trim() === '') {
      setProblem(words.required);
      return;
    }
    try {
      setLink((await session.run(CreatePasswordResetDocument, { username: username.trim() })).createPasswordReset);
    } catch (error) {
      const code = codeOf(error);
      setProblem(
        code === 'NOT_FOUND'
          ? words['no-account-there']
          : code === 'CONFLICT'
            ? words['password-link-guest']
            : sayError(words, error),
      );
    }
  };
  return (
    <>
      <header>
        <h1>{words['password-links']}</h1>
        <p class="quiet">{words['password-links-lead']}</p>
      </header>
      <form
        class="card"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <Field
          label={words.username}
          value={username}
          onInput={(value) => {
            setUsername(value);
            setProblem('');
          }}
          problem={problem}
        />
        <button type="submit">{words['password-link-make']}</button>
      </form>
      {link && (
        <section class="card notice">
          <CopyField label={words['password-link']} value={link.url} />
          <p class="quiet">
            {fill(words['password-link-once'], {
              time: dateFormat(locale, { timeStyle: 'short' }).format(Date.parse(link.expiresAt)),
            })}
          </p>
        </section>
      )}
    </>
  );
}
