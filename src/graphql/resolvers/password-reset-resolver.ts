import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { PasswordResets } from '../../accounts/password-resets';
import { DomainError } from '../../domain/errors';
import { requireViewer, type RequestContext } from '../context';
import { Cost, PASSWORD_WORK } from '../cost';
import { AuthPayloadObject, PasswordResetObject } from '../types/account-types';

@Resolver()
export class PasswordResetResolver {
  constructor(
    private readonly resets: PasswordResets,
    private readonly isAdmin: (username: string) => boolean,
  ) {}

  @Mutation(() => Boolean, {
    description:
      'Sends a link for a new password to the e-mail address of the account, if the account exists and has one and a mail server is set up (setting SMTP_URL). The link works once, for one hour. The mail is in Korean or English, according to Accept-Language. The answer is always true.',
  })
  @Cost({ work: PASSWORD_WORK })
  async requestPasswordReset(
    @Arg('login', () => String, { description: 'Username or e-mail address.' }) login: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.resets.request(login, context.locale, context);
    return true;
  }

  @Mutation(() => PasswordResetObject, {
    description:
      'Administrators only. Makes a link that sets a new password, for people without an e-mail address. The audit log records it.',
  })
  async createPasswordReset(
    @Arg('username', () => String, { description: 'Username of the account.' }) username: string,
    @Ctx() context: RequestContext,
  ): Promise<PasswordResetObject> {
    const viewer = requireViewer(context);
    if (!this.isAdmin(viewer.username)) throw new DomainError('FORBIDDEN', 'Only administrators may make a password link.');
    const { url, expiresAt } = await this.resets.create(viewer, username, context.pageUrl);
    return Object.assign(new PasswordResetObject(), { url, expiresAt: new Date(expiresAt) });
  }

  @Mutation(() => AuthPayloadObject, {
    description:
      'Sets a new password and opens a session. All other sessions of the account end, and all its links are used up. A password that is refused does not use the link up.',
  })
  @Cost({ work: PASSWORD_WORK })
  async resetPassword(
    @Arg('token', () => String, { description: 'The value of token in the address of the link.' }) token: string,
    @Arg('newPassword', () => String, { description: '8 to 72 bytes in UTF-8, with at least one letter and one digit.' })
    newPassword: string,
    @Ctx() context: RequestContext,
  ): Promise<AuthPayloadObject> {
    return AuthPayloadObject.of(await this.resets.reset(token, newPassword, context));
  }
}
