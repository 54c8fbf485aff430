import { Arg, Ctx, GraphQLISODateTime, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { DomainError } from '../../domain/errors';
import type { Viewer } from '../../domain/user';
import type { Moderation } from '../../flow/moderation';
import { requireViewer, type RequestContext } from '../context';
import { ChatObject } from '../types/chat-types';
import { AuditEntryObject, ReportedChatObject } from '../types/moderation-types';
import { RoomObject, WordFilterEnum } from '../types/room-types';
import { Cost, PAGE_WORK } from '../cost';

const CHAT_ID = { description: 'Of the message.' };
const REASON = { description: '1 to 500 characters on one line.' };

@Resolver()
export class ModerationResolver {
  constructor(
    private readonly moderation: Moderation,
    private readonly isModerator: (username: string) => boolean,
    /** @throws DomainError RATE_LIMITED */
    private readonly admitReportOf: (viewer: Viewer) => Promise<void>,
  ) {}

  @Mutation(() => Boolean, { description: 'Tells the moderators of a message; whoever is logged in may, once per message.' })
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

  @Query(() => [ReportedChatObject], { description: 'Moderators. Messages with open reports, the oldest first.' })
  @Cost({ work: PAGE_WORK })
  async reports(
    @Arg('first', () => Int, { defaultValue: 20, description: '1 to 100.' }) first: number,
    @Ctx() context: RequestContext,
  ): Promise<ReportedChatObject[]> {
    this.requireModerator(context);
    return (await this.moderation.queue(first)).map((reported) => ReportedChatObject.of(reported));
  }

  @Mutation(() => Boolean, { description: 'Moderators. Closes the reports of a message and leaves it as it is.' })
  async dismissReports(@Arg('id', () => ID, CHAT_ID) id: string, @Ctx() context: RequestContext): Promise<boolean> {
    await this.moderation.dismiss(this.requireModerator(context), id);
    return true;
  }

  @Mutation(() => ChatObject, {
    description: 'Moderators. Erases the text of a message for good: its id, cursor and place stay. Closes its reports.',
  })
  async hideChat(
    @Arg('id', () => ID, CHAT_ID) id: string,
    @Arg('reason', () => String, REASON) reason: string,
    @Ctx() context: RequestContext,
  ): Promise<ChatObject> {
    return ChatObject.of(await this.moderation.hide(this.requireModerator(context), id, reason));
  }

  @Mutation(() => GraphQLISODateTime, {
    description: 'Moderators. The author of the message may not write in any room until the time that is answered.',
  })
  async muteAuthor(
    @Arg('chatId', () => ID, CHAT_ID) chatId: string,
    @Arg('minutes', () => Int, { description: '1 to 527,040, which is 366 days.' }) minutes: number,
    @Arg('reason', () => String, REASON) reason: string,
    @Ctx() context: RequestContext,
  ): Promise<Date> {
    return new Date(await this.moderation.mute(this.requireModerator(context), chatId, minutes, reason));
  }

  @Mutation(() => Boolean, { description: 'Moderators. The author of the message may write again.' })
  async unmuteAuthor(@Arg('chatId', () => ID, CHAT_ID) chatId: string, @Ctx() context: RequestContext): Promise<boolean> {
    await this.moderation.unmute(this.requireModerator(context), chatId);
    return true;
  }

  @Mutation(() => RoomObject, { description: 'Moderators. Changes what is given about a room, and leaves the rest.' })
  async updateRoom(
    @Arg('id', () => ID, { description: 'The room to change.' }) id: string,
    @Ctx() context: RequestContext,
    @Arg('wordFilter', () => WordFilterEnum, { nullable: true, description: 'What happens to words on the list.' })
    wordFilter?: WordFilterEnum | null,
    @Arg('slowModeSeconds', () => Int, { nullable: true, description: '0 to 3,600; 0 ends slow mode.' })
    slowModeSeconds?: number | null,
  ): Promise<RoomObject> {
    const changes = { ...(wordFilter != null && { wordFilter }), ...(slowModeSeconds != null && { slowModeSeconds }) };
    return RoomObject.of(await this.moderation.updateRoom(this.requireModerator(context), id, changes));
  }

  @Query(() => [AuditEntryObject], { description: 'Moderators. What was done, the newest first.' })
  @Cost({ work: PAGE_WORK })
  async auditLog(
    @Arg('first', () => Int, { defaultValue: 20, description: '1 to 100.' }) first: number,
    @Ctx() context: RequestContext,
    @Arg('before', () => ID, { nullable: true, description: 'Only entries older than the one with this id.' })
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
