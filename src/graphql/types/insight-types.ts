import { Field, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Insight } from '../../domain/insight';
import { MoodObject } from './mood-types';

export enum InsightSourceEnum {
  LOCAL = 'LOCAL',
  OPENAI = 'OPENAI',
}
registerEnumType(InsightSourceEnum, {
  name: 'InsightSource',
  description: 'Who wrote the letter.',
  valuesConfig: {
    LOCAL: { description: 'The local analyser; nothing left the server.' },
    OPENAI: { description: 'A GPT model.' },
  },
});

@ObjectType('Insight', { description: 'The analysis of one room over one window of the schedule.' })
export class InsightObject {
  @Field(() => ID, { description: 'The same for every reader.' })
  id!: string;

  @Field(() => ID, { description: 'The room it speaks of.' })
  room!: string;

  @Field(() => GraphQLISODateTime, { description: 'Start of the window, inclusive.' })
  windowStart!: Date;

  @Field(() => GraphQLISODateTime, { description: 'End of the window, exclusive.' })
  windowEnd!: Date;

  @Field(() => GraphQLISODateTime, { description: 'When it was written.' })
  createdAt!: Date;

  @Field(() => String, { description: 'The letter, Markdown. Quotes nobody.' })
  letter!: string;

  @Field(() => String, { description: 'ko or en.' })
  locale!: string;

  @Field(() => MoodObject, { description: 'The mood of the window.' })
  mood!: MoodObject;

  @Field(() => [String], { description: 'What the room spoke about, most telling first.' })
  topics!: string[];

  @Field(() => Int, { description: 'How many messages the window held.' })
  messageCount!: number;

  @Field(() => Int, { description: 'How many accounts wrote in it.' })
  participantCount!: number;

  @Field(() => Boolean, { description: 'True for a run of the schedule, false for one an administrator asked for.' })
  scheduled!: boolean;

  @Field(() => InsightSourceEnum, { description: 'Who wrote the letter.' })
  source!: InsightSourceEnum;

  @Field(() => String, {
    description: 'The model that wrote the letter, e.g. gpt-4o-mini, or the local model’s name and version.',
  })
  model!: string;

  static of(insight: Insight): InsightObject {
    return Object.assign(new InsightObject(), {
      id: insight.id,
      room: insight.room,
      windowStart: new Date(insight.window.start),
      windowEnd: new Date(insight.window.end),
      createdAt: new Date(insight.createdAt),
      letter: insight.letter,
      locale: insight.locale,
      mood: MoodObject.of(insight.mood),
      topics: [...insight.topics],
      messageCount: insight.messageCount,
      participantCount: insight.participantCount,
      scheduled: insight.scheduled,
      source: InsightSourceEnum[insight.source],
      model: insight.model,
    });
  }
}

@ObjectType('InsightEdge', { description: 'An analysis and its place in the list.' })
export class InsightEdgeObject {
  @Field(() => String, { description: 'Hand it to insights(after:).' })
  cursor!: string;

  @Field(() => InsightObject, { description: 'The analysis.' })
  node!: InsightObject;
}

@ObjectType('InsightPageInfo', { description: 'Whether older analyses follow.' })
export class InsightPageInfoObject {
  @Field(() => Boolean, { description: 'Whether older analyses follow.' })
  hasNextPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the last edge.' })
  endCursor!: string | null;
}

@ObjectType('InsightConnection', { description: 'Analyses of a room, newest first.' })
export class InsightConnectionObject {
  @Field(() => [InsightEdgeObject], { description: 'Newest first.' })
  edges!: InsightEdgeObject[];

  @Field(() => InsightPageInfoObject, { description: 'Whether there is more.' })
  pageInfo!: InsightPageInfoObject;
}
