import { Arg, Field, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { letterIn, type Insight } from '../../domain/insight';
import { questionOf } from '../../insights/question/choose-question';
import { MoodObject } from './mood-types';

export enum InsightSourceEnum {
  LOCAL = 'LOCAL',
  OPENAI = 'OPENAI',
}
registerEnumType(InsightSourceEnum, {
  name: 'InsightSource',
  description: 'What wrote the letter.',
  valuesConfig: {
    LOCAL: { description: 'The local analyser. No text left the server.' },
    OPENAI: { description: 'A model behind the OpenAI API.' },
  },
});

@ObjectType('Insight', { description: 'The analysis of one room over one window of time.' })
export class InsightObject {
  @Field(() => ID, { description: 'Never changes and is the same for every reader.' })
  id!: string;

  @Field(() => ID, { description: 'Id of the analysed room.' })
  room!: string;

  @Field(() => GraphQLISODateTime, { description: 'Start of the window, inclusive.' })
  windowStart!: Date;

  @Field(() => GraphQLISODateTime, { description: 'End of the window, exclusive.' })
  windowEnd!: Date;

  @Field(() => GraphQLISODateTime, { description: 'When the letter was written.' })
  createdAt!: Date;

  @Field(() => String, { description: 'The letter in Markdown. It quotes no message.' })
  letter!: string;

  @Field(() => String, { description: 'Language of the letter: ko or en.' })
  locale!: string;

  @Field(() => [String], {
    description:
      'Short facts about the window in the language of the letter, most telling first. At most 8; none quotes anybody.',
  })
  facts!: string[];

  @Field(() => MoodObject, { description: 'The mood of the window.' })
  mood!: MoodObject;

  @Field(() => [String], { description: 'Topics of the room, most characteristic first.' })
  topics!: string[];

  @Field(() => Int, { description: 'Number of messages in the window.' })
  messageCount!: number;

  @Field(() => Int, { description: 'Number of accounts that wrote in the window.' })
  participantCount!: number;

  @Field(() => Boolean, { description: 'True for a scheduled run, false for a run that an administrator started.' })
  scheduled!: boolean;

  @Field(() => InsightSourceEnum, { description: 'What wrote the letter.' })
  source!: InsightSourceEnum;

  @Field(() => String, {
    description: 'Name of the model that wrote the letter, for example gpt-4o-mini, or name and version of the local model.',
  })
  model!: string;

  @Field(() => String, {
    description: 'The question that the letter leaves the room for the day. Notes answer it by the id of the letter.',
  })
  question!: string;

  @Field(() => Int, { description: 'Number of messages in the window that answered a question which stood in it.' })
  answerCount!: number;

  private insight!: Insight;

  @Field(() => String, {
    nullable: true,
    description: 'The letter in a language, ko or en; null if it was not written in it.',
  })
  letterIn(@Arg('locale', () => String, { description: 'ko or en.' }) locale: string): string | null {
    return letterIn(this.insight, locale);
  }

  static of(insight: Insight): InsightObject {
    return Object.assign(new InsightObject(), {
      insight,
      id: insight.id,
      room: insight.room,
      windowStart: new Date(insight.window.start),
      windowEnd: new Date(insight.window.end),
      createdAt: new Date(insight.createdAt),
      letter: insight.letter,
      locale: insight.locale,
      facts: [...(insight.facts ?? [])],
      mood: MoodObject.of(insight.mood),
      topics: [...insight.topics],
      messageCount: insight.messageCount,
      participantCount: insight.participantCount,
      scheduled: insight.scheduled,
      source: InsightSourceEnum[insight.source],
      model: insight.model,
      question: questionOf(insight),
      answerCount: insight.answerCount ?? 0,
    });
  }
}

@ObjectType('InsightEdge', { description: 'An analysis and its cursor.' })
export class InsightEdgeObject {
  @Field(() => String, { description: 'Cursor for insights(after:).' })
  cursor!: string;

  @Field(() => InsightObject, { description: 'The analysis.' })
  node!: InsightObject;
}

@ObjectType('InsightPageInfo', { description: 'Position of a page in the list of analyses.' })
export class InsightPageInfoObject {
  @Field(() => Boolean, { description: 'Whether older analyses follow.' })
  hasNextPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the last edge.' })
  endCursor!: string | null;
}

@ObjectType('InsightConnection', { description: 'Analyses of a room, newest first.' })
export class InsightConnectionObject {
  @Field(() => [InsightEdgeObject], { description: 'The analyses with their cursors, newest first.' })
  edges!: InsightEdgeObject[];

  @Field(() => InsightPageInfoObject, { description: 'Position of this page in the list.' })
  pageInfo!: InsightPageInfoObject;
}
