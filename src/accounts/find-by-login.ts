import { MAX_EMAIL_LENGTH, emailKey, usernameKey } from '../domain/user';
import type { UserRecord, UserStore } from '../ports/user-store';

/**
 * Finds an account by what its owner enters as username or e-mail address.
 * @returns also the key that was looked up, under which tries for an unknown account are counted
 */
export async function findByLogin(
  users: Pick<UserStore, 'byEmailKey' | 'byUsernameKey'>,
  login: string,
): Promise<{ readonly key: string; readonly user: UserRecord | undefined }> {
  const isEmail = login.includes('@');
  const key = isEmail ? emailKey(login) : usernameKey(login);
  if (key.length > MAX_EMAIL_LENGTH) return { key, user: undefined };
  return { key, user: await (isEmail ? users.byEmailKey(key) : users.byUsernameKey(key)) };
}
