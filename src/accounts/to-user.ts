import type { User } from '../domain/user';
import type { UserRecord } from '../ports/user-store';

/** The user without the fields that only accounts/ may see. */
export const toUser = ({ id, username, email, joinedAt, passwordHash }: UserRecord): User => ({
  ...{ id, username, email, joinedAt, isGuest: passwordHash === null },
});
