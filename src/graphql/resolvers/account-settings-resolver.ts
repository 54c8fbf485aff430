import { GraphQLJSONObject } from 'graphql-scalars';
import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { AccountSettings } from '../../accounts/account-settings';
import type { Viewer } from '../../domain/user';
import { requireViewer, type RequestContext } from '../context';
import { SessionObject } from '../types/account-types';
import { Cost, FULL_READ_WORK, PASSWORD_WORK } from '../cost';

/** One page of the viewer's data as JSON. @throws DomainError BAD_USER_INPUT, UNAUTHENTICATED */
export type ExportData = (viewer: Viewer, page: number) => Promise<Record<string, unknown>>;

@Resolver()
export class AccountSettingsResolver {
  constructor(
    private readonly settings: AccountSettings,
    private readonly exportData: ExportData,
  ) {}

  @Query(() => [SessionObject], { description: 'Open sessions of the viewer, oldest first.' })
  @Cost({ length: 100 })
  async sessions(@Ctx() context: RequestContext): Promise<SessionObject[]> {
    const viewer = requireViewer(context);
    return (await this.settings.sessions(viewer)).map((session) => SessionObject.of(session, viewer.sessionId));
  }

  @Query(() => GraphQLJSONObject, {
    description:
      'The viewer’s account, sessions, memberships and messages as JSON. Messages are newest first, 1,000 a page; hasMore says whether another page follows. Reports and mutes are not included.',
  })
  @Cost({ work: FULL_READ_WORK })
  exportMyData(
    @Arg('page', () => Int, { defaultValue: 1, description: 'Page of the messages, starting at 1.' }) page: number,
    @Ctx() context: RequestContext,
  ): Promise<Record<string, unknown>> {
    return this.exportData(requireViewer(context), page);
  }

  @Mutation(() => Boolean, {
    description: 'Ends one of the viewer’s sessions. Its tokens stop working and its sockets are closed.',
  })
  async endSession(
    @Arg('id', () => ID, { description: 'Id of a session listed by sessions.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.settings.endSession(requireViewer(context), id);
    return true;
  }

  @Mutation(() => Boolean, {
    description:
      'Deletes the account: its sessions, its e-mail address, and either the texts of its messages or their author (setting DELETED_ACCOUNT_TEXTS). This cannot be undone. The username stays reserved.',
  })
  @Cost({ work: PASSWORD_WORK })
  async deleteAccount(
    @Arg('password', () => String, { description: 'The password of the account. For a guest, who has none, any text.' })
    password: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.settings.deleteAccount(requireViewer(context), password);
    return true;
  }

  @Mutation(() => Boolean, { description: 'Changes the password and ends all other sessions of the account.' })
  @Cost({ work: PASSWORD_WORK })
  async changePassword(
    @Arg('currentPassword', () => String, { description: 'The current password.' }) currentPassword: string,
    @Arg('newPassword', () => String, { description: '8 to 72 bytes in UTF-8, with at least one letter and one digit.' })
    newPassword: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.settings.changePassword(requireViewer(context), currentPassword, newPassword);
    return true;
  }
}
