import { Field, GraphQLISODateTime, ID, ObjectType } from 'type-graphql';
import type { Question } from '../../domain/question';

@ObjectType('Question', { description: 'A question to a room. It stands above the notes until the next one.' })
export class QuestionObject {
  @Field(() => ID, { description: 'Id to answer it by. The question of a letter has the id of the letter.' })
  id!: string;

  @Field(() => ID, { description: 'Id of the room.' })
  room!: string;

  @Field(() => String, { description: 'Text of 1 to 200 characters on one line.' })
  text!: string;

  @Field(() => GraphQLISODateTime, { description: 'When it was asked.' })
  askedAt!: Date;

  static of({ askedAt, ...question }: Question): QuestionObject {
    return Object.assign(new QuestionObject(), { ...question, askedAt: new Date(askedAt) });
  }
}
