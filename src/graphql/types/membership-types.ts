import { Field, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Invite } from '../../domain/membership';
import type { Room } from '../../domain/room';
import type { MemberPage, MemberView } from '../../flow/room-members';
import { InsightPageInfoObject } from './insight-types';

export enum RoomRoleEnum {
  HOST = 'HOST',
  MEMBER = 'MEMBER',
}
registerEnumType(RoomRoleEnum, {
  name: 'RoomRole',
  description: 'What an account is in a room.',
  valuesConfig: {
    HOST: { description: 'Looks after the room: settings, members, invitations, reports.' },
    MEMBER: { description: 'Reads and writes in the room, also if it is private.' },
  },
});

@ObjectType('Member', { description: 'A host or member of a room.' })
export class MemberObject {
  @Field(() => String, { description: 'Username of the account, also in an anonymous room.' })
  username!: string;

  @Field(() => RoomRoleEnum, { description: 'What the account is in the room.' })
  role!: RoomRoleEnum;

  @Field(() => GraphQLISODateTime, { description: 'Start of the membership; in an anonymous room only the day, at 00:00 UTC.' })
  since!: Date;

  static of({ username, role, since }: MemberView): MemberObject {
    return Object.assign(new MemberObject(), { username, role: RoomRoleEnum[role], since: new Date(since) });
  }
}

@ObjectType('MemberEdge', { description: 'A member in a page of members.' })
export class MemberEdgeObject {
  @Field(() => String, { description: 'Cursor of the member. Use it as `after`.' })
  cursor!: string;

  @Field(() => MemberObject, { description: 'The member.' })
  node!: MemberObject;
}

@ObjectType('MemberConnection', { description: 'A page of members, longest membership first.' })
export class MemberConnectionObject {
  @Field(() => [MemberEdgeObject], { description: 'The members with their cursors.' })
  edges!: MemberEdgeObject[];

  @Field(() => InsightPageInfoObject, { description: 'Whether and how the list goes on.' })
  pageInfo!: InsightPageInfoObject;

  static of({ edges, hasNextPage, endCursor }: MemberPage): MemberConnectionObject {
    return Object.assign(new MemberConnectionObject(), {
      edges: edges.map(({ cursor, member }) => Object.assign(new MemberEdgeObject(), { cursor, node: MemberObject.of(member) })),
      pageInfo: Object.assign(new InsightPageInfoObject(), { hasNextPage, endCursor }),
    });
  }
}

@ObjectType('Invite', { description: 'An invitation to a room: a code to type, or a link with it.' })
export class InviteObject {
  @Field(() => ID, {
    description: 'Code of 8 letters and digits that cannot be mistaken for others. Upper and lower case are the same.',
  })
  code!: string;

  @Field(() => ID, { description: 'Id of the room.' })
  room!: string;

  @Field(() => String, { description: 'Link to the page on which people join.' })
  url!: string;

  @Field(() => GraphQLISODateTime, { description: 'When the invitation ends.' })
  expiresAt!: Date;

  @Field(() => Int, { nullable: true, description: 'How many accounts may still join with it; null for any number.' })
  usesLeft!: number | null;

  /** @param pageUrl address of the page, without a path */
  static of({ code, room, expiresAt, usesLeft }: Invite, pageUrl: string): InviteObject {
    const url = `${pageUrl}/join/${code}`;
    return Object.assign(new InviteObject(), { code, room, url, expiresAt: new Date(expiresAt), usesLeft: usesLeft ?? null });
  }
}

@ObjectType('InvitePreview', { description: 'What somebody sees of a room before accepting the invitation.' })
export class InvitePreviewObject {
  @Field(() => ID, { description: 'Id of the room.' })
  room!: string;

  @Field(() => String, { description: 'Title of the room.' })
  title!: string;

  @Field(() => Boolean, { description: 'Whether authors appear under an alias.' })
  anonymous!: boolean;

  @Field(() => Boolean, { description: 'Whether guests may write.' })
  guestsMayWrite!: boolean;

  static of({ id: room, title, anonymous, settings: { guestsMayWrite } }: Room): InvitePreviewObject {
    return Object.assign(new InvitePreviewObject(), { room, title, anonymous, guestsMayWrite });
  }
}
