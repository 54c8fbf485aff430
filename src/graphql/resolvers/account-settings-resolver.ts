import { GraphQLJSONObject } from 'graphql-scalars';
import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { AccountSettings } from '../../accounts/account-settings';
import type { Viewer } from '../../domain/user';
import { requireViewer, type RequestContext } from '../context';
import { SessionObject } from '../types/account-types';
import { Cost, FULL_READ_WORK, PASSWORD_WORK } from '../cost';

/** A page of all that is kept about the viewer, ready for JSON. @throws DomainError BAD_USER_INPUT, UNAUTHENTICATED */
export type ExportData = (viewer: Viewer, page: number) => Promise<Record<string, unknown>>;

@Resolver()
export class AccountSettingsResolver {
  constructor(
    private readonly care: AccountSettings,
    private readonly exportData: ExportData,
  ) {}

  @Query(() => [SessionObject], { description: 'The viewer’s log-ins that are not over, oldest first.' })
  @Cost({ length: 100 })
  async sessions(@Ctx() context: RequestContext): Promise<SessionObject[]> {
    const viewer = requireViewer(context);
    return (await this.care.sessions(viewer)).map((session) => SessionObject.of(session, viewer.sessionId));
  }

  @Query(() => GraphQLJSONObject, {
    description:
      'The viewer’s account, log-ins, and messages, newest first, 1,000 a page; not the reports they filed, nor a mute. hasMore tells whether there is another page.',
  })
  @Cost({ work: FULL_READ_WORK })
  exportMyData(
    @Arg('page', () => Int, { defaultValue: 1, description: 'Page of the messages, from 1.' }) page: number,
    @Ctx() context: RequestContext,
  ): Promise<Record<string, unknown>> {
    return this.exportData(requireViewer(context), page);
  }

  @Mutation(() => Boolean, { description: 'Ends one of the viewer’s log-ins: its tokens stop working and its sockets close.' })
  async endSession(
    @Arg('id', () => ID, { description: 'Of a log-in that sessions lists.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.care.endSession(requireViewer(context), id);
    return true;
  }

  @Mutation(() => Boolean, {
    description:
      'Ends the account for good: its log-ins, its e-mail, and, as the installation is set, the texts of its messages or the tie to them. The name stays reserved.',
  })
  @Cost({ work: PASSWORD_WORK })
  async deleteAccount(
    @Arg('password', () => String, { description: 'The password of the account.' }) password: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.care.deleteAccount(requireViewer(context), password);
    return true;
  }

  @Mutation(() => Boolean, { description: 'Replaces the password and ends every other log-in of the account.' })
  @Cost({ work: PASSWORD_WORK })
  async changePassword(
    @Arg('currentPassword', () => String, { description: 'The password until now.' }) currentPassword: string,
    @Arg('newPassword', () => String, { description: '8-72 bytes with a letter and a digit.' }) newPassword: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.care.changePassword(requireViewer(context), currentPassword, newPassword);
    return true;
  }
}
