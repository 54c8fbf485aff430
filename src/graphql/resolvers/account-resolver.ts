import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { AccountService } from '../../accounts/account-service';
import type { History } from '../../flow/history';
import { requireViewer, type RequestContext } from '../context';
import { LoginInputObject, RegisterInputObject } from '../inputs/inputs';
import { AuthPayloadObject, UserObject } from '../types/account-types';
import { Cost, PASSWORD_WORK } from '../cost';

@Resolver(() => UserObject)
export class AccountResolver {
  constructor(
    private readonly accounts: AccountService,
    private readonly history: History,
    private readonly isAdmin: (username: string) => boolean,
    private readonly isModerator: (username: string) => boolean,
  ) {}

  @Query(() => UserObject, {
    nullable: true,
    description:
      'The viewer’s account, or null without a token. An invalid or expired token fails every operation with UNAUTHENTICATED, except those that lead to a valid one: register, login, refresh, enterAsGuest, requestPasswordReset and resetPassword.',
  })
  async me(@Ctx() context: RequestContext): Promise<UserObject | null> {
    const user = context.viewer && (await this.accounts.userOf(context.viewer));
    return user ? UserObject.of(user) : null;
  }

  @Query(() => Boolean, { description: 'Whether the username is free.' })
  usernameAvailable(
    @Arg('username', () => String, { description: 'Username to check.' }) username: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    return this.accounts.usernameAvailable(username, context);
  }

  @Mutation(() => AuthPayloadObject, { description: 'Creates an account and opens a session.' })
  @Cost({ work: PASSWORD_WORK })
  async register(
    @Arg('input', () => RegisterInputObject, { description: 'The new account.' }) input: RegisterInputObject,
    @Ctx() context: RequestContext,
  ): Promise<AuthPayloadObject> {
    return AuthPayloadObject.of(await this.accounts.register(input, context));
  }

  @Mutation(() => AuthPayloadObject, { description: 'Opens a new session. Other sessions of the account stay open.' })
  @Cost({ work: PASSWORD_WORK })
  async login(
    @Arg('input', () => LoginInputObject, { description: 'Credentials of the account.' }) input: LoginInputObject,
    @Ctx() context: RequestContext,
  ): Promise<AuthPayloadObject> {
    return AuthPayloadObject.of(await this.accounts.login(input.login, input.password, context));
  }

  @Mutation(() => AuthPayloadObject, { description: 'Exchanges a refresh token for a new pair of tokens.' })
  async refresh(
    @Arg('refreshToken', () => String, { description: 'The newest refresh token of the session.' }) refreshToken: string,
    @Ctx() context: RequestContext,
  ): Promise<AuthPayloadObject> {
    return AuthPayloadObject.of(await this.accounts.refresh(refreshToken, context));
  }

  @Mutation(() => Boolean, {
    description: 'Ends the session of the request. Its tokens stop working and its sockets are closed.',
  })
  async logout(@Ctx() context: RequestContext): Promise<boolean> {
    await this.accounts.logout(requireViewer(context));
    return true;
  }

  @Mutation(() => Boolean, { description: 'Ends all sessions of the account, including the one of the request.' })
  async logoutEverywhere(@Ctx() context: RequestContext): Promise<boolean> {
    await this.accounts.logoutEverywhere(requireViewer(context));
    return true;
  }

  @FieldResolver(() => Int, { description: 'Number of messages that the account has sent.' })
  messageCount(@Root() user: UserObject): Promise<number> {
    return this.history.ownCount(user.id);
  }

  @FieldResolver(() => Boolean, {
    name: 'isAdmin',
    description: 'Whether the account is an administrator, who may run an analysis by hand (setting ADMINS).',
  })
  admin(@Root() user: UserObject): boolean {
    return this.isAdmin(user.username);
  }

  @FieldResolver(() => Boolean, {
    name: 'isModerator',
    description:
      'Whether the account is a moderator, who may read reports, hide messages, mute authors and change rooms (setting MODERATORS).',
  })
  moderator(@Root() user: UserObject): boolean {
    return this.isModerator(user.username);
  }
}
