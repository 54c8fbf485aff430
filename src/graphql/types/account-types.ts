import { Field, GraphQLISODateTime, ID, ObjectType } from 'type-graphql';
import type { Session } from '../../ports/session-store';
import type { User } from '../../domain/user';

@ObjectType('User', { description: 'An account, as its owner sees it.' })
export class UserObject {
  @Field(() => ID, { description: 'Stays the same for the life of the account.' })
  id!: string;

  @Field(() => String, {
    description:
      'Public handle, also the log-in name. 3-20 ASCII letters, digits, "_" or Hangul syllables after NFKC; unique under case folding.',
  })
  username!: string;

  @Field(() => String, { nullable: true, description: 'Private: only ever answered to its owner.' })
  email!: string | null;

  @Field(() => GraphQLISODateTime, { description: 'When the account was made.' })
  joinedAt!: Date;

  static of(user: User): UserObject {
    return Object.assign(new UserObject(), {
      id: user.id,
      username: user.username,
      email: user.email,
      joinedAt: new Date(user.joinedAt),
    });
  }
}

@ObjectType('AuthPayload', { description: 'A fresh pair of tokens.' })
export class AuthPayloadObject {
  @Field(() => String, { description: 'Send it as "Authorization: Bearer …", and as authorization in connection_init.' })
  accessToken!: string;

  @Field(() => GraphQLISODateTime, { description: 'When the access token ends.' })
  accessTokenExpiresAt!: Date;

  @Field(() => String, {
    description: 'Single use: each refresh returns the next one; using an old one again ends that log-in everywhere.',
  })
  refreshToken!: string;

  @Field(() => UserObject, { description: 'Who logged in.' })
  user!: UserObject;
}

@ObjectType('Session', { description: 'A log-in of the viewer.' })
export class SessionObject {
  @Field(() => ID, { description: 'For endSession.' })
  id!: string;

  @Field(() => GraphQLISODateTime, { description: 'When it began.' })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { description: 'When it ends unless it is refreshed before.' })
  expiresAt!: Date;

  @Field(() => Boolean, { description: 'Whether it is the one that asks.' })
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
