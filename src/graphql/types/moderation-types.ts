import { Field, GraphQLISODateTime, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { AuditEntry } from '../../domain/moderation';
import type { ReportedChat } from '../../flow/moderation';
import { ChatObject } from './chat-types';

@ObjectType('ReportedChat', { description: 'A reported message, as hosts and moderators see it.' })
export class ReportedChatObject {
  @Field(() => ChatObject, { description: 'The message as it is now.' })
  chat!: ChatObject;

  @Field(() => [String], { description: 'Reasons of the reports, oldest first. The reporters are not shown.' })
  reasons!: string[];

  @Field(() => GraphQLISODateTime, { description: 'When the message was first reported.' })
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
  ASK_QUESTION = 'ASK_QUESTION',
  DELETE_ROOM = 'DELETE_ROOM',
  DELETE_ACCOUNT = 'DELETE_ACCOUNT',
  CREATE_PASSWORD_RESET = 'CREATE_PASSWORD_RESET',
  RETENTION = 'RETENTION',
}
registerEnumType(AuditActionEnum, {
  name: 'AuditAction',
  description: 'An action that the audit log records.',
  valuesConfig: {
    REPORT_CHAT: { description: 'An account reported a message.' },
    DISMISS_REPORTS: { description: 'A host or moderator closed the reports of a message.' },
    HIDE_CHAT: { description: 'A host or moderator hid a message.' },
    MUTE_AUTHOR: { description: 'A host or moderator muted the author of a message.' },
    UNMUTE_AUTHOR: { description: 'A host or moderator ended the mute of the author of a message.' },
    UPDATE_ROOM: { description: 'A host or moderator changed a room.' },
    ASK_QUESTION: { description: 'A host or moderator asked a room a question.' },
    DELETE_ROOM: { description: 'A host deleted a room.' },
    DELETE_ACCOUNT: { description: 'An account was deleted by its owner, or, of a guest, because it was no longer used.' },
    CREATE_PASSWORD_RESET: {
      description: 'An administrator, or the command line, made a link that sets the password of the account named in details.',
    },
    RETENTION: { description: 'Texts older than RETENTION_DAYS were erased.' },
  },
});

@ObjectType('AuditEntry', { description: 'An entry of the audit log.' })
export class AuditEntryObject {
  @Field(() => ID, { description: 'Id for auditLog(before:).' })
  id!: string;

  @Field(() => GraphQLISODateTime, { description: 'When the action happened.' })
  at!: Date;

  @Field(() => String, {
    description: 'Username of the acting account at that time; empty for the service itself, and for who reported a message.',
  })
  actor!: string;

  @Field(() => AuditActionEnum, { description: 'The action.' })
  action!: AuditActionEnum;

  @Field(() => ID, { description: 'Id of the affected message or room; empty if there is none.' })
  subject!: string;

  @Field(() => ID, { nullable: true, description: 'Id of the room that the action belongs to; null if there is none.' })
  room!: string | null;

  @Field(() => String, { description: 'Reason given, or new value.' })
  details!: string;

  static of({ id, at, actor, action, subject, room, details }: AuditEntry): AuditEntryObject {
    return Object.assign(new AuditEntryObject(), {
      ...{ id, at: new Date(at), actor, action: AuditActionEnum[action], subject, room: room ?? null, details },
    });
  }
}
