import { Field, GraphQLISODateTime, ID, Int, ObjectType } from 'type-graphql';
import type { Chat } from '../../domain/chat';
import { EMOTIONS, fromPercents, type Emotion } from '../../domain/emotion';
import { encodeCursor } from '../../domain/position';
import { EmotionEnum, EmotionScoreObject } from './mood-types';
import { ChatCursorScalar } from './scalars';
import { Cost } from '../cost';

@ObjectType('Chat', { description: 'One message of a room.' })
export class ChatObject {
  @Field(() => ID, { description: 'The same for every copy of the message, for ever.' })
  id!: string;

  @Field(() => ID, { description: 'The room it was written in.' })
  room!: string;

  @Field(() => String, {
    description:
      'What to show as the author: the username, or the day’s alias in an anonymous room. Never an e-mail, never an account id.',
  })
  author!: string;

  @Field(() => String, { description: '1 to 1,000 characters; empty when hidden.' })
  text!: string;

  @Field(() => GraphQLISODateTime, { description: 'When the log took it; never before the message before it.' })
  sentAt!: Date;

  @Field(() => ChatCursorScalar, { description: 'The place just after this message.' })
  cursor!: string;

  @Field(() => [EmotionScoreObject], { description: 'All eight emotions, in the order of the enum.' })
  @Cost({ length: EMOTIONS.length })
  emotions!: EmotionScoreObject[];

  @Field(() => EmotionEnum, { nullable: true, description: 'The strongest emotion, or null where none is clearly present.' })
  dominantEmotion!: Emotion | null;

  @Field(() => Boolean, {
    description: 'Hidden by a moderator, or erased: the message keeps its id, cursor and place, and its text is empty.',
  })
  hidden!: boolean;

  static of(chat: Chat): ChatObject {
    return Object.assign(new ChatObject(), {
      id: chat.id,
      room: chat.room,
      author: chat.author,
      text: chat.text,
      sentAt: new Date(chat.sentAt),
      cursor: encodeCursor(chat),
      emotions: EmotionScoreObject.listOf(fromPercents(chat.emotions)),
      dominantEmotion: chat.dominant,
      hidden: chat.hidden,
    });
  }
}

@ObjectType('ChatPage', { description: 'A page of messages by number.' })
export class ChatPageObject {
  @Field(() => [ChatObject], { description: 'Newest first.' })
  items!: ChatObject[];

  @Field(() => Int, { description: 'The number of this page, from 1.' })
  page!: number;

  @Field(() => Int, { description: 'How many messages a page holds at most.' })
  pageSize!: number;

  @Field(() => Boolean, { description: 'Whether the next page has any.' })
  hasMore!: boolean;
}

@ObjectType('RecentChats', {
  description: 'A room’s newest messages, oldest first, and the place just after them: subscribe from it and nothing is missed.',
})
export class RecentChatsObject {
  @Field(() => [ChatObject], { description: 'Oldest first.' })
  items!: ChatObject[];

  @Field(() => ChatCursorScalar, { description: 'Hand it to newChat(after:).' })
  cursor!: string;
}

@ObjectType('PageInfo', { description: 'Where a page stands in the list, by Relay’s rules.' })
export class PageInfoObject {
  @Field(() => Boolean, { description: 'Whether older messages follow.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether newer messages come before.' })
  hasPreviousPage!: boolean;

  @Field(() => ChatCursorScalar, { nullable: true, description: 'Cursor of the first edge.' })
  startCursor!: string | null;

  @Field(() => ChatCursorScalar, { nullable: true, description: 'Cursor of the last edge.' })
  endCursor!: string | null;
}

@ObjectType('ChatEdge', { description: 'A message and its place.' })
export class ChatEdgeObject {
  @Field(() => ChatCursorScalar, { description: 'The place of the message in the list.' })
  cursor!: string;

  @Field(() => ChatObject, { description: 'The message.' })
  node!: ChatObject;
}

@ObjectType('ChatConnection', { description: 'A stretch of a room’s history, newest first.' })
export class ChatConnectionObject {
  @Field(() => [ChatEdgeObject], { description: 'Newest first.' })
  edges!: ChatEdgeObject[];

  @Field(() => PageInfoObject, { description: 'Where this stretch stands.' })
  pageInfo!: PageInfoObject;
}
