import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Room } from '../../domain/room';

export enum WordFilterEnum {
  OFF = 'OFF',
  MASK = 'MASK',
  REFUSE = 'REFUSE',
}
registerEnumType(WordFilterEnum, {
  name: 'WordFilter',
  description: 'What happens to words on the list of insults.',
  valuesConfig: {
    OFF: { description: 'Nothing.' },
    MASK: { description: 'Asterisks stand in their place.' },
    REFUSE: { description: 'The message is refused.' },
  },
});

@ObjectType('Room', { description: 'A wall of its own.' })
export class RoomObject {
  @Field(() => ID, { description: 'Slug, 1-40 of a-z, 0-9 and "-". The room main always exists and is anonymous.' })
  id!: string;

  @Field(() => String, { description: 'What the room is called.' })
  title!: string;

  @Field(() => Boolean, {
    description: 'In an anonymous room authors appear under an alias that changes daily and cannot be linked to the account.',
  })
  anonymous!: boolean;

  @Field(() => WordFilterEnum, { description: 'What happens to words on the list of insults.' })
  wordFilter!: WordFilterEnum;

  @Field(() => Int, { description: 'Seconds that an author waits between two messages; 0: none.' })
  slowModeSeconds!: number;

  static of(room: Room): RoomObject {
    return Object.assign(new RoomObject(), {
      ...{ id: room.id, title: room.title, anonymous: room.anonymous },
      wordFilter: WordFilterEnum[room.settings.wordFilter],
      slowModeSeconds: room.settings.slowModeSeconds,
    });
  }
}

export enum ActivityKindEnum {
  JOINED = 'JOINED',
  LEFT = 'LEFT',
  TYPING = 'TYPING',
  STOPPED_TYPING = 'STOPPED_TYPING',
}
registerEnumType(ActivityKindEnum, {
  name: 'ActivityKind',
  description: 'What somebody in a room just did.',
  valuesConfig: {
    JOINED: { description: 'Came into the room.' },
    LEFT: { description: 'Left the room.' },
    TYPING: { description: 'Is writing.' },
    STOPPED_TYPING: { description: 'Stopped writing, sent or not.' },
  },
});

@ObjectType('RoomActivity', { description: 'Somebody came, left, or is writing.' })
export class RoomActivityObject {
  @Field(() => ActivityKindEnum, { description: 'What happened.' })
  kind!: ActivityKindEnum;

  @Field(() => ID, { description: 'The room it happened in.' })
  room!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Alias or username as in Chat.author; null for a reader who is not logged in.',
  })
  author!: string | null;

  @Field(() => Int, { description: 'How many are in the room now.' })
  online!: number;
}
