import { ApiError, codeOf } from '../api';
import { checkEmail, checkPassword, checkUsername } from '../state/account-rules';
import { sayError, type Words } from '../words/words';

/** What is wrong, by the field it is about; `form` where it is about none. */
export type Problems = Readonly<Record<string, string>>;

/** @param rules what to say of a field that the server refuses. Default: those of a new account */
export function problemsOf(
  words: Words,
  error: unknown,
  rules: Problems = { username: words['username-rule'], password: words['password-rule'], email: words['email-rule'] },
): Problems {
  const field = error instanceof ApiError ? error.details.field : undefined;
  if (codeOf(error) === 'USERNAME_TAKEN') return { username: words.USERNAME_TAKEN };
  if (codeOf(error) === 'CONFLICT') return field === 'email' ? { email: words['email-taken'] } : { form: words.failed };
  if (field !== undefined && rules[field] !== undefined) return { [field]: rules[field] };
  return { form: sayError(words, error) };
}

/** @param email empty for none */
export const checkNewAccount = (words: Words, name: string, password: string, email: string): Problems => ({
  ...(!checkUsername(name) && { username: words['username-rule'] }),
  ...(email !== '' && !checkEmail(email) && { email: words['email-rule'] }),
  ...(!checkPassword(password) && { password: words['password-rule'] }),
});
