import { Field, GraphQLISODateTime, ID, ObjectType } from 'type-graphql';
import type { AuthResult } from '../../accounts/account-service';
import type { Session } from '../../ports/session-store';
import type { User } from '../../domain/user';

@ObjectType('User', { description: 'An account, as its owner sees it.' })
export class UserObject {
  @Field(() => ID, { description: 'Never changes.' })
  id!: string;

  @Field(() => String, {
    description:
      'Public name, also used for logging in. 3 to 20 characters after NFKC: ASCII letters, digits, "_" or Hangul syllables; or 2 Hangul syllables. Unique regardless of case.',
  })
  username!: string;

  @Field(() => String, { nullable: true, description: 'E-mail address, only shown to its owner.' })
  email!: string | null;

  @Field(() => GraphQLISODateTime, { description: 'When the account was created.' })
  joinedAt!: Date;

  @Field(() => Boolean, { description: 'Whether enterAsGuest made the account and claimAccount has not been used.' })
  isGuest!: boolean;

  static of(user: User): UserObject {
    return Object.assign(new UserObject(), {
      id: user.id,
      username: user.username,
      email: user.email,
      joinedAt: new Date(user.joinedAt),
      isGuest: user.isGuest,
    });
  }
}

@ObjectType('AuthPayload', { description: 'A new pair of tokens.' })
export class AuthPayloadObject {
  @Field(() => String, {
    description: 'Send it as the header "Authorization: Bearer …", and as authorization in the payload of connection_init.',
  })
  accessToken!: string;

  @Field(() => GraphQLISODateTime, { description: 'When the access token expires.' })
  accessTokenExpiresAt!: Date;

  @Field(() => String, {
    description: 'Can be used once: each refresh returns the next one. Using an old one again ends the session.',
  })
  refreshToken!: string;

  @Field(() => UserObject, { description: 'The account.' })
  user!: UserObject;

  static of({ accessToken, accessTokenExpiresAt, refreshToken, user }: AuthResult): AuthPayloadObject {
    return Object.assign(new AuthPayloadObject(), {
      ...{ accessToken, accessTokenExpiresAt: new Date(accessTokenExpiresAt), refreshToken, user: UserObject.of(user) },
    });
  }
}

@ObjectType('PasswordReset', { description: 'A link that sets a new password once.' })
export class PasswordResetObject {
  @Field(() => String, { description: 'Address of the page that asks for the new password. It is answered only once.' })
  url!: string;

  @Field(() => GraphQLISODateTime, { description: 'When the link expires, one hour after it was made.' })
  expiresAt!: Date;
}

@ObjectType('Session', { description: 'A session of the viewer.' })
export class SessionObject {
  @Field(() => ID, { description: 'Id for endSession.' })
  id!: string;

  @Field(() => GraphQLISODateTime, { description: 'When the session was opened.' })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { description: 'When the session ends unless it is refreshed.' })
  expiresAt!: Date;

  @Field(() => Boolean, { description: 'Whether it is the session of the request.' })
  current!: boolean;

  static of(session: Session, currentId: string): SessionObject {
    return Object.assign(new SessionObject(), {
      id: session.id,
      createdAt: new Date(session.createdAt),
      expiresAt: new Date(session.expiresAt),
      current: session.id === currentId,
    });
  }
}
