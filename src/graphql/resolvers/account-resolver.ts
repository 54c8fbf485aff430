import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { AccountService, AuthResult } from '../../accounts/account-service';
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
      'The viewer, or null without a token. (A bad or expired token fails every operation but register, login and refresh with UNAUTHENTICATED.)',
  })
  async me(@Ctx() context: RequestContext): Promise<UserObject | null> {
    const user = context.viewer && (await this.accounts.userOf(context.viewer));
    return user ? UserObject.of(user) : null;
  }

  @Query(() => Boolean, { description: 'Whether the name can be registered.' })
  usernameAvailable(
    @Arg('username', () => String, { description: 'The name to ask for.' }) username: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    return this.accounts.usernameAvailable(username, context);
  }

  @Mutation(() => AuthPayloadObject, { description: 'Makes an account and logs it in.' })
  @Cost({ work: PASSWORD_WORK })
  async register(
    @Arg('input', () => RegisterInputObject, { description: 'Who registers.' }) input: RegisterInputObject,
    @Ctx() context: RequestContext,
  ): Promise<AuthPayloadObject> {
    return payloadOf(await this.accounts.register(input, context));
  }

  @Mutation(() => AuthPayloadObject, { description: 'Opens a log-in of its own; others of the account go on.' })
  @Cost({ work: PASSWORD_WORK })
  async login(
    @Arg('input', () => LoginInputObject, { description: 'Who logs in.' }) input: LoginInputObject,
    @Ctx() context: RequestContext,
  ): Promise<AuthPayloadObject> {
    return payloadOf(await this.accounts.login(input.login, input.password, context));
  }

  @Mutation(() => AuthPayloadObject, { description: 'Exchanges a refresh token for the next pair.' })
  async refresh(
    @Arg('refreshToken', () => String, { description: 'The newest refresh token of the log-in.' }) refreshToken: string,
    @Ctx() context: RequestContext,
  ): Promise<AuthPayloadObject> {
    return payloadOf(await this.accounts.refresh(refreshToken, context));
  }

  @Mutation(() => Boolean, { description: 'Ends this log-in: its tokens stop working and its sockets close.' })
  async logout(@Ctx() context: RequestContext): Promise<boolean> {
    await this.accounts.logout(requireViewer(context));
    return true;
  }

  @Mutation(() => Boolean, { description: 'Ends every log-in of the account, this one included.' })
  async logoutEverywhere(@Ctx() context: RequestContext): Promise<boolean> {
    await this.accounts.logoutEverywhere(requireViewer(context));
    return true;
  }

  @FieldResolver(() => Int, { description: 'How many messages the account has written.' })
  messageCount(@Root() user: UserObject): Promise<number> {
    return this.history.ownCount(user.id);
  }

  @FieldResolver(() => Boolean, { name: 'isAdmin', description: 'Whether the account may run an analysis by hand.' })
  admin(@Root() user: UserObject): boolean {
    return this.isAdmin(user.username);
  }

  @FieldResolver(() => Boolean, { name: 'isModerator', description: 'Whether the account may see reports and hide messages.' })
  moderator(@Root() user: UserObject): boolean {
    return this.isModerator(user.username);
  }
}

const payloadOf = (result: AuthResult): AuthPayloadObject =>
  Object.assign(new AuthPayloadObject(), {
    accessToken: result.accessToken,
    accessTokenExpiresAt: new Date(result.accessTokenExpiresAt),
    refreshToken: result.refreshToken,
    user: UserObject.of(result.user),
  });
