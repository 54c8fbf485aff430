import { Arg, Ctx, GraphQLISODateTime, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { DomainError } from '../../domain/errors';
import type { Viewer } from '../../domain/user';
import type { Moderation } from '../../flow/moderation';
import { requireViewer, type RequestContext } from '../context';
import { ChatObject } from '../types/chat-types';
import { AuditEntryObject, ReportedChatObject } from '../types/moderation-types';
import { Cost, PAGE_WORK } from '../cost';

const CHAT_ID = { description: 'Id of the message.' };
const REASON = { description: 'Reason of 1 to 500 characters on one line.' };

@Resolver()
export class ModerationResolver {
  constructor(
    private readonly moderation: Moderation,
    private readonly isModerator: (username: string) => boolean,
    /** @throws DomainError RATE_LIMITED */
    private readonly admitReportOf: (viewer: Viewer) => Promise<void>,
  ) {}

  @Mutation(() => Boolean, { description: 'Reports a message to the moderators. Every account may report a message once.' })
  async reportChat(
    @Arg('id', () => ID, CHAT_ID) id: string,
    @Arg('reason', () => String, REASON) reason: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    const viewer = requireViewer(context);
    await this.admitReportOf(viewer);
    await this.moderation.report(viewer, id, reason);
    return true;
  }

  @Query(() => [ReportedChatObject], { description: 'Moderators only. Messages with open reports, oldest report first.' })
  @Cost({ work: PAGE_WORK })
  async reports(
    @Arg('first', () => Int, { defaultValue: 20, description: 'Number of messages, 1 to 100.' }) first: number,
    @Ctx() context: RequestContext,
  ): Promise<ReportedChatObject[]> {
    this.requireModerator(context);
    return (await this.moderation.queue(first)).map((reported) => ReportedChatObject.of(reported));
  }

  @Mutation(() => Boolean, { description: 'Moderators only. Closes the reports of a message without changing it.' })
  async dismissReports(@Arg('id', () => ID, CHAT_ID) id: string, @Ctx() context: RequestContext): Promise<boolean> {
    await this.moderation.dismiss(this.requireModerator(context), id);
    return true;
  }

  @Mutation(() => ChatObject, {
    description:
      'Moderators only. Erases the text of a message and closes its reports. This cannot be undone. The message keeps its id, cursor and place.',
  })
  async hideChat(
    @Arg('id', () => ID, CHAT_ID) id: string,
    @Arg('reason', () => String, REASON) reason: string,
    @Ctx() context: RequestContext,
  ): Promise<ChatObject> {
    return ChatObject.of(await this.moderation.hide(this.requireModerator(context), id, reason));
  }

  @Mutation(() => GraphQLISODateTime, {
    description: 'Moderators only. Mutes the author of the message in all rooms. The answer is the time at which the mute ends.',
  })
  async muteAuthor(
    @Arg('chatId', () => ID, CHAT_ID) chatId: string,
    @Arg('minutes', () => Int, { description: 'Length of the mute in minutes, 1 to 527,040 (366 days).' }) minutes: number,
    @Arg('reason', () => String, REASON) reason: string,
    @Ctx() context: RequestContext,
  ): Promise<Date> {
    return new Date(await this.moderation.mute(this.requireModerator(context), chatId, minutes, reason));
  }

  @Mutation(() => Boolean, { description: 'Moderators only. Ends the mute of the author of the message.' })
  async unmuteAuthor(@Arg('chatId', () => ID, CHAT_ID) chatId: string, @Ctx() context: RequestContext): Promise<boolean> {
    await this.moderation.unmute(this.requireModerator(context), chatId);
    return true;
  }

  @Query(() => [AuditEntryObject], { description: 'Moderators only. The audit log, newest entry first.' })
  @Cost({ work: PAGE_WORK })
  async auditLog(
    @Arg('first', () => Int, { defaultValue: 20, description: '1 to 100.' }) first: number,
    @Ctx() context: RequestContext,
    @Arg('before', () => ID, { nullable: true, description: 'Id of an entry; only older entries.' })
    before?: string | null,
  ): Promise<AuditEntryObject[]> {
    this.requireModerator(context);
    return (await this.moderation.audit(first, before ?? undefined)).map((entry) => AuditEntryObject.of(entry));
  }

  private requireModerator(context: RequestContext): Viewer {
    const viewer = requireViewer(context);
    if (!this.isModerator(viewer.username)) throw new DomainError('FORBIDDEN', 'Only moderators may do this.');
    return viewer;
  }
}
