import { Arg, Ctx, GraphQLISODateTime, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { Viewer } from '../../domain/user';
import type { Moderation } from '../../flow/moderation';
import { requireViewer, type RequestContext } from '../context';
import { ChatObject } from '../types/chat-types';
import { AuditEntryObject, ReportedChatObject } from '../types/moderation-types';
import { Cost, PAGE_WORK } from '../cost';

const WHO = 'Hosts of the room, and moderators unless it is PRIVATE and no reporter shows them the message.';
const CHAT_ID = { description: 'Id of the message.' };
const REASON = { description: 'Reason of 1 to 500 characters on one line.' };

@Resolver()
export class ModerationResolver {
  constructor(
    private readonly moderation: Moderation,
    /** @throws DomainError RATE_LIMITED */
    private readonly admitReportOf: (viewer: Viewer) => Promise<void>,
  ) {}

  @Mutation(() => Boolean, {
    description:
      'Reports a message to the hosts of its room and, unless it is PRIVATE, to the moderators. Every account may report a message once. ' +
      'With `alsoModerators` the moderators see and decide about this one message of a PRIVATE room, too.',
  })
  async reportChat(
    @Arg('id', () => ID, CHAT_ID) id: string,
    @Arg('reason', () => String, REASON) reason: string,
    @Arg('alsoModerators', () => Boolean, {
      defaultValue: false,
      description: 'Whether a message of a PRIVATE room is shown to the moderators. In other rooms it always is.',
    })
    alsoModerators: boolean,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    const viewer = requireViewer(context);
    await this.admitReportOf(viewer);
    await this.moderation.report(viewer, id, reason, alsoModerators);
    return true;
  }

  @Query(() => [ReportedChatObject], {
    description:
      'Messages with open reports, oldest report first: with `room`, those of the room, for its hosts and, unless it is PRIVATE, for ' +
      'moderators; without it, for moderators, those of all rooms that are not PRIVATE and those that a reporter shows them.',
  })
  @Cost({ work: PAGE_WORK })
  async reports(
    @Arg('first', () => Int, { defaultValue: 20, description: 'Number of messages, 1 to 100.' }) first: number,
    @Ctx() context: RequestContext,
    @Arg('room', () => ID, { nullable: true, description: 'Id of the room.' }) room?: string | null,
  ): Promise<ReportedChatObject[]> {
    return (await this.moderation.queue(requireViewer(context), first, room ?? undefined)).map((reported) =>
      ReportedChatObject.of(reported),
    );
  }

  @Mutation(() => Boolean, { description: `${WHO} Closes the reports of a message without changing it.` })
  async dismissReports(@Arg('id', () => ID, CHAT_ID) id: string, @Ctx() context: RequestContext): Promise<boolean> {
    await this.moderation.dismiss(requireViewer(context), id);
    return true;
  }

  @Mutation(() => ChatObject, {
    description: `${WHO} Erases the text of a message and closes its reports. This cannot be undone. The message keeps its id, cursor and place.`,
  })
  async hideChat(
    @Arg('id', () => ID, CHAT_ID) id: string,
    @Arg('reason', () => String, REASON) reason: string,
    @Ctx() context: RequestContext,
  ): Promise<ChatObject> {
    return ChatObject.of(await this.moderation.hide(requireViewer(context), id, reason));
  }

  @Mutation(() => GraphQLISODateTime, {
    description:
      `${WHO} Mutes the author of the message: in all rooms if a moderator does it, in this room if a host does. The answer is the ` +
      'time at which the mute ends.',
  })
  async muteAuthor(
    @Arg('chatId', () => ID, CHAT_ID) chatId: string,
    @Arg('minutes', () => Int, { description: 'Length of the mute in minutes, 1 to 527,040 (366 days).' }) minutes: number,
    @Arg('reason', () => String, REASON) reason: string,
    @Ctx() context: RequestContext,
  ): Promise<Date> {
    return new Date(await this.moderation.mute(requireViewer(context), chatId, minutes, reason));
  }

  @Mutation(() => Boolean, { description: `${WHO} Ends the mute of the author of the message.` })
  async unmuteAuthor(@Arg('chatId', () => ID, CHAT_ID) chatId: string, @Ctx() context: RequestContext): Promise<boolean> {
    await this.moderation.unmute(requireViewer(context), chatId);
    return true;
  }

  @Query(() => [AuditEntryObject], {
    description:
      'The audit log, newest entry first: with `room`, entries of the room, for its hosts and, unless it is PRIVATE, for moderators; ' +
      'without it, all entries except those of PRIVATE rooms, for moderators.',
  })
  @Cost({ work: PAGE_WORK })
  async auditLog(
    @Arg('first', () => Int, { defaultValue: 20, description: '1 to 100.' }) first: number,
    @Ctx() context: RequestContext,
    @Arg('before', () => ID, { nullable: true, description: 'Id of an entry; only older entries.' })
    before?: string | null,
    @Arg('room', () => ID, { nullable: true, description: 'Id of the room.' }) room?: string | null,
  ): Promise<AuditEntryObject[]> {
    const viewer = requireViewer(context);
    return (await this.moderation.audit(viewer, first, before ?? undefined, room ?? undefined)).map((entry) =>
      AuditEntryObject.of(entry),
    );
  }
}
