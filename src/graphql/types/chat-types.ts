import { Field, GraphQLISODateTime, ID, Int, ObjectType } from 'type-graphql';
import { shownEmotion, type Chat } from '../../domain/chat';
import type { EmpathyCounts } from '../../domain/empathy';
import { EMOTIONS, fromPercents, type Emotion } from '../../domain/emotion';
import { encodeCursor } from '../../domain/position';
import { EmotionEnum, EmotionScoreObject } from './mood-types';
import { ChatCursorScalar } from './scalars';
import { Cost } from '../cost';

@ObjectType('Chat', { description: 'One message of a room.' })
export class ChatObject {
  @Field(() => ID, { description: 'Never changes and is the same for every reader.' })
  id!: string;

  @Field(() => ID, { description: 'Id of the room.' })
  room!: string;

  @Field(() => String, {
    description:
      'Author to show: the username, or in an anonymous room the alias of the day. Never an e-mail address or an account id.',
  })
  author!: string;

  @Field(() => String, { description: 'Text of 1 to 1,000 characters; empty when hidden.' })
  text!: string;

  @Field(() => GraphQLISODateTime, { description: 'When the message was accepted. Never earlier than the previous message.' })
  sentAt!: Date;

  @Field(() => ChatCursorScalar, { description: 'Cursor just after this message.' })
  cursor!: string;

  @Field(() => [EmotionScoreObject], {
    description: 'Scores of all eight emotions as the local model reads them, in the order of the enum.',
  })
  @Cost({ length: EMOTIONS.length })
  get emotions(): EmotionScoreObject[] {
    return EmotionScoreObject.listOf(fromPercents(this.percents));
  }

  @Field(() => EmotionEnum, {
    nullable: true,
    description: 'The strongest emotion that the model reads, or null if none is clearly present.',
  })
  dominantEmotion!: Emotion | null;

  @Field(() => EmotionEnum, {
    nullable: true,
    description: 'What the writer says they feel; null if they leave it to the model.',
  })
  feeling!: Emotion | null;

  @Field(() => EmotionEnum, {
    nullable: true,
    description: 'The emotion to show: `feeling`, else `dominantEmotion`.',
  })
  shownEmotion!: Emotion | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the question that the message answers; a question of a letter has the id of the letter.',
  })
  answers!: string | null;

  @Field(() => Boolean, {
    description: 'Whether the message was hidden by a moderator or erased. It keeps its id, cursor and place; its text is empty.',
  })
  hidden!: boolean;

  /** Known counts, for the field `empathies`; undefined if it has to read them. */
  counts?: EmpathyCounts | undefined;

  /** The scores in whole percents. Most answers do not contain `emotions`. */
  private percents!: readonly number[];

  static of(chat: Chat, counts?: EmpathyCounts): ChatObject {
    const object = new ChatObject();
    object.id = chat.id;
    object.room = chat.room;
    object.author = chat.author;
    object.text = chat.text;
    object.sentAt = new Date(chat.sentAt);
    object.cursor = encodeCursor(chat);
    object.percents = chat.emotions;
    object.dominantEmotion = chat.dominant;
    object.feeling = chat.feeling;
    object.shownEmotion = shownEmotion(chat);
    object.answers = chat.answers;
    object.hidden = chat.hidden;
    object.counts = counts;
    return object;
  }
}

@ObjectType('ChatPage', { description: 'A numbered page of messages.' })
export class ChatPageObject {
  @Field(() => [ChatObject], { description: 'The messages, newest first.' })
  items!: ChatObject[];

  @Field(() => Int, { description: 'Number of this page, starting at 1.' })
  page!: number;

  @Field(() => Int, { description: 'Largest number of messages on a page.' })
  pageSize!: number;

  @Field(() => Boolean, { description: 'Whether another page follows.' })
  hasMore!: boolean;
}

@ObjectType('RecentChats', {
  description:
    'The newest messages of a room, oldest first, and the cursor just after them. A subscription to newChat from that cursor misses nothing.',
})
export class RecentChatsObject {
  @Field(() => [ChatObject], { description: 'The messages, oldest first.' })
  items!: ChatObject[];

  @Field(() => ChatCursorScalar, { description: 'Cursor for newChat(after:).' })
  cursor!: string;
}

@ObjectType('PageInfo', { description: 'Position of a page in the list, as defined by Relay.' })
export class PageInfoObject {
  @Field(() => Boolean, { description: 'Whether older messages follow.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether newer messages precede.' })
  hasPreviousPage!: boolean;

  @Field(() => ChatCursorScalar, { nullable: true, description: 'Cursor of the first edge.' })
  startCursor!: string | null;

  @Field(() => ChatCursorScalar, { nullable: true, description: 'Cursor of the last edge.' })
  endCursor!: string | null;
}

@ObjectType('ChatEdge', { description: 'A message and its cursor.' })
export class ChatEdgeObject {
  @Field(() => ChatCursorScalar, { description: 'Cursor of the message.' })
  cursor!: string;

  @Field(() => ChatObject, { description: 'The message.' })
  node!: ChatObject;
}

@ObjectType('ChatConnection', { description: 'A page of a room’s history, newest first.' })
export class ChatConnectionObject {
  @Field(() => [ChatEdgeObject], { description: 'The messages with their cursors, newest first.' })
  edges!: ChatEdgeObject[];

  @Field(() => PageInfoObject, { description: 'Position of this page in the history.' })
  pageInfo!: PageInfoObject;
}
