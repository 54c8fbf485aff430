import { Field, GraphQLISODateTime, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { AuditEntry } from '../../domain/moderation';
import type { ReportedChat } from '../../flow/moderation';
import { ChatObject } from './chat-types';

@ObjectType('ReportedChat', { description: 'A message that was reported, for moderators.' })
export class ReportedChatObject {
  @Field(() => ChatObject, { description: 'The message as it is now.' })
  chat!: ChatObject;

  @Field(() => [String], { description: 'What was said about it, the oldest first; who said it is not told.' })
  reasons!: string[];

  @Field(() => GraphQLISODateTime, { description: 'When it was reported first.' })
  reportedAt!: Date;

  static of({ chat, reasons, reportedAt }: ReportedChat): ReportedChatObject {
    return Object.assign(new ReportedChatObject(), {
      chat: ChatObject.of(chat),
      reasons: [...reasons],
      reportedAt: new Date(reportedAt),
    });
  }
}

export enum AuditActionEnum {
  REPORT_CHAT = 'REPORT_CHAT',
  DISMISS_REPORTS = 'DISMISS_REPORTS',
  HIDE_CHAT = 'HIDE_CHAT',
  MUTE_AUTHOR = 'MUTE_AUTHOR',
  UNMUTE_AUTHOR = 'UNMUTE_AUTHOR',
  UPDATE_ROOM = 'UPDATE_ROOM',
  DELETE_ACCOUNT = 'DELETE_ACCOUNT',
  RETENTION = 'RETENTION',
}
registerEnumType(AuditActionEnum, {
  name: 'AuditAction',
  description: 'What was done.',
  valuesConfig: {
    REPORT_CHAT: { description: 'Somebody reported a message.' },
    DISMISS_REPORTS: { description: 'A moderator closed the reports of a message.' },
    HIDE_CHAT: { description: 'A moderator hid a message.' },
    MUTE_AUTHOR: { description: 'A moderator muted the author of a message.' },
    UNMUTE_AUTHOR: { description: 'A moderator ended that.' },
    UPDATE_ROOM: { description: 'A moderator changed the settings of a room.' },
    DELETE_ACCOUNT: { description: 'Somebody deleted their account.' },
    RETENTION: { description: 'Old texts were erased.' },
  },
});

@ObjectType('AuditEntry', { description: 'Who did what, and when.' })
export class AuditEntryObject {
  @Field(() => ID, { description: 'For auditLog(before:).' })
  id!: string;

  @Field(() => GraphQLISODateTime, { description: 'When it was done.' })
  at!: Date;

  @Field(() => String, { description: 'The username of who did it, then; empty for the service itself.' })
  actor!: string;

  @Field(() => AuditActionEnum, { description: 'What was done.' })
  action!: AuditActionEnum;

  @Field(() => ID, { description: 'What it was done to: a message, a room, or nothing.' })
  subject!: string;

  @Field(() => String, { description: 'The reason given, or the new value.' })
  details!: string;

  static of({ id, at, actor, action, subject, details }: AuditEntry): AuditEntryObject {
    return Object.assign(new AuditEntryObject(), {
      ...{ id, at: new Date(at), actor, action: AuditActionEnum[action], subject, details },
    });
  }
}
