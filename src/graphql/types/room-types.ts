import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DEFAULT_ROOM_SETTINGS, type Room, type RoomSettings } from '../../domain/room';
import type { RoomState } from '../../domain/room-state';
import { QuestionObject } from './question-types';

export enum WordFilterEnum {
  OFF = 'OFF',
  MASK = 'MASK',
  REFUSE = 'REFUSE',
}
registerEnumType(WordFilterEnum, {
  name: 'WordFilter',
  description: 'What happens to words on the list of insults.',
  valuesConfig: {
    OFF: { description: 'The words are shown.' },
    MASK: { description: 'The words are replaced by asterisks.' },
    REFUSE: { description: 'The message is refused.' },
  },
});

export enum VisibilityEnum {
  PUBLIC = 'PUBLIC',
  UNLISTED = 'UNLISTED',
  PRIVATE = 'PRIVATE',
}
registerEnumType(VisibilityEnum, {
  name: 'Visibility',
  description: 'Who finds and reads a room.',
  valuesConfig: {
    PUBLIC: { description: 'The room is listed, and anybody reads it.' },
    UNLISTED: { description: 'The room is not listed. Whoever knows its id reads it.' },
    PRIVATE: { description: 'Members alone read and write. To all others the room does not exist.' },
  },
});

export enum ScreenStateEnum {
  SHOW = 'SHOW',
  PAUSE = 'PAUSE',
  BLANK = 'BLANK',
}
registerEnumType(ScreenStateEnum, {
  name: 'ScreenState',
  description: 'What screens of a room show.',
  valuesConfig: {
    SHOW: { description: 'The messages as they arrive.' },
    PAUSE: { description: 'The messages that were there when it was paused.' },
    BLANK: { description: 'No messages.' },
  },
});

const ARCHIVED = 'Whether the room is archived: it is still read by those who could, and no longer written to.';
const SCREEN = 'What screens of the room show.';

@ObjectType('Room', { description: 'A room: a wall of messages.' })
export class RoomObject {
  @Field(() => ID, { description: 'Id of 1 to 40 characters: a-z, 0-9 and "-". The room `main` always exists and is anonymous.' })
  id!: string;

  @Field(() => String, { description: 'Title of the room.' })
  title!: string;

  @Field(() => Boolean, {
    description: 'Whether authors appear under an alias, which changes every day and cannot be linked to the account.',
  })
  anonymous!: boolean;

  @Field(() => WordFilterEnum, { description: 'What happens to words on the list of insults.' })
  wordFilter!: WordFilterEnum;

  @Field(() => Int, { description: 'Seconds that an author has to wait between two messages; 0: slow mode is off.' })
  slowModeSeconds!: number;

  @Field(() => VisibilityEnum, { description: 'Who finds and reads the room.' })
  visibility!: VisibilityEnum;

  @Field(() => Boolean, { description: ARCHIVED })
  archived!: boolean;

  @Field(() => Boolean, { description: 'Whether accounts made by enterAsGuest may write.' })
  guestsMayWrite!: boolean;

  @Field(() => ScreenStateEnum, { description: SCREEN })
  screen!: ScreenStateEnum;

  /** Answered to hosts only, see RoomResolver. */
  settings!: Pick<RoomSettings, 'letterByModel' | 'ownWords'>;

  isReadable = true;

  /** What a moderator who may not read the room gets to know of it. */
  static unreadable({ settings: { visibility, archived }, ...room }: Room): RoomObject {
    const settings = { ...DEFAULT_ROOM_SETTINGS, visibility, archived };
    return Object.assign(RoomObject.of({ ...room, title: '', anonymous: false, settings }), { isReadable: false });
  }

  static of({ id, title, anonymous, settings }: Room): RoomObject {
    const { slowModeSeconds, archived, guestsMayWrite } = settings;
    return Object.assign(new RoomObject(), {
      ...{ id, title, anonymous, slowModeSeconds, archived, guestsMayWrite, settings },
      wordFilter: WordFilterEnum[settings.wordFilter],
      visibility: VisibilityEnum[settings.visibility],
      screen: ScreenStateEnum[settings.screen],
    });
  }
}

@ObjectType('RoomState', { description: 'What open pages need to know of a room; the same for every reader.' })
export class RoomStateObject {
  @Field(() => ID, { description: 'Id of the room.' })
  room!: string;

  @Field(() => String, { description: 'Title of the room.' })
  title!: string;

  @Field(() => Boolean, { description: ARCHIVED })
  archived!: boolean;

  @Field(() => Int, { description: 'Seconds that an author has to wait between two messages; 0: slow mode is off.' })
  slowModeSeconds!: number;

  @Field(() => WordFilterEnum, { description: 'What happens to words on the list of insults.' })
  wordFilter!: WordFilterEnum;

  @Field(() => ScreenStateEnum, { description: SCREEN })
  screen!: ScreenStateEnum;

  @Field(() => QuestionObject, { nullable: true, description: 'The question that stands in the room; null before the first.' })
  question!: QuestionObject | null;

  static of({ room: { id: room, title, settings }, question }: RoomState): RoomStateObject {
    return Object.assign(new RoomStateObject(), {
      ...{ room, title, archived: settings.archived, slowModeSeconds: settings.slowModeSeconds },
      wordFilter: WordFilterEnum[settings.wordFilter],
      screen: ScreenStateEnum[settings.screen],
      question: question && QuestionObject.of(question),
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
  description: 'What a person in a room did.',
  valuesConfig: {
    JOINED: { description: 'Entered the room.' },
    LEFT: { description: 'Left the room.' },
    TYPING: { description: 'Started writing.' },
    STOPPED_TYPING: { description: 'Stopped writing or sent the message.' },
  },
});

@ObjectType('RoomActivity', { description: 'A person entered, left, or is writing.' })
export class RoomActivityObject {
  @Field(() => ActivityKindEnum, { description: 'What happened.' })
  kind!: ActivityKindEnum;

  @Field(() => ID, { description: 'Id of the room.' })
  room!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Username or alias as in Chat.author. JOINED and LEFT have null in an anonymous room, and for a reader without a session.',
  })
  author!: string | null;

  @Field(() => Int, { description: 'Number of people in the room now.' })
  online!: number;
}
