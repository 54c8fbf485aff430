import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { EMPATHIES, type Empathy, type EmpathyCounts } from '../../domain/empathy';
import type { ChatMark } from '../../flow/empathies';

export const EmpathyEnum = Object.fromEntries(EMPATHIES.map((name) => [name, name])) as { [E in Empathy]: E };
registerEnumType(EmpathyEnum, {
  name: 'Empathy',
  description: 'A kind word that a person presses on a message. Who pressed is answered to nobody but that person.',
  valuesConfig: {
    ME_TOO: { description: 'I know this too.' },
    HUG: { description: 'A hug.' },
    CHEER: { description: 'I am cheering for you.' },
  },
});

@ObjectType('EmpathyCount', { description: 'How many persons pressed one empathy on a message.' })
export class EmpathyCountObject {
  @Field(() => EmpathyEnum, { description: 'The empathy.' })
  empathy!: Empathy;

  @Field(() => Int, { description: 'Number of persons.' })
  count!: number;

  static listOf(counts: EmpathyCounts): EmpathyCountObject[] {
    return EMPATHIES.map((empathy, i) => Object.assign(new EmpathyCountObject(), { empathy, count: counts[i] ?? 0 }));
  }
}

@ObjectType('ChatMark', {
  description: 'What only the viewer knows of a message. It is not part of Chat, because a Chat looks the same to everybody.',
})
export class ChatMarkObject {
  @Field(() => ID, { description: 'Id of the message.' })
  chatId!: string;

  @Field(() => Boolean, { description: 'Whether the viewer wrote it.' })
  mine!: boolean;

  @Field(() => EmpathyEnum, { nullable: true, description: 'What the viewer pressed on it.' })
  empathy!: Empathy | null;

  static of(mark: ChatMark): ChatMarkObject {
    return Object.assign(new ChatMarkObject(), mark);
  }
}
