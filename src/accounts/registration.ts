import { parseEmail, parsePassword, parseUsername } from '../domain/user';
import type { UserRecord } from '../ports/user-store';

export interface RegisterInput {
  readonly username: string;
  readonly password: string;
  readonly email?: string | null | undefined;
}

type Registration = Pick<UserRecord, 'username' | 'usernameKey' | 'email' | 'emailKey'> & { readonly password: string };

/** @throws DomainError BAD_USER_INPUT */
export function parseRegistration(input: RegisterInput): Registration {
  const username = parseUsername(input.username);
  const password = parsePassword(input.password);
  const email = input.email == null || input.email === '' ? null : parseEmail(input.email);
  return {
    ...{ username: username.display, usernameKey: username.key, password },
    ...{ email: email?.display ?? null, emailKey: email?.key ?? null },
  };
}
