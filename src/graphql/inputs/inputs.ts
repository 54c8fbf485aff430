import { Field, ID, InputType } from 'type-graphql';
import type { Emotion } from '../../domain/emotion';
import { EmotionEnum } from '../types/mood-types';
import { VisibilityEnum } from '../types/room-types';

@InputType('RegisterInput', { description: 'A new account.' })
export class RegisterInputObject {
  @Field(() => String, {
    description: '3 to 20 characters: ASCII letters, digits, "_" or Hangul syllables; or 2 Hangul syllables.',
  })
  username!: string;

  @Field(() => String, { description: '8 to 72 bytes in UTF-8 after NFC, with at least one letter and one digit.' })
  password!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Optional e-mail address. It can be used for logging in and is only shown to its owner.',
  })
  email?: string | null;
}

@InputType('LoginInput', { description: 'Credentials of an account.' })
export class LoginInputObject {
  @Field(() => String, { description: 'Username or e-mail address.' })
  login!: string;

  @Field(() => String, { description: 'The password of the account.' })
  password!: string;
}

@InputType('PushInput', { description: 'A push subscription of a browser, as its PushManager hands it out.' })
export class PushInputObject {
  @Field(() => String, { description: 'https URL of a known push service (setting PUSH_HOSTS).' })
  endpoint!: string;

  @Field(() => String, { description: 'Public key of the browser: an uncompressed point of P-256 in base64url.' })
  p256dh!: string;

  @Field(() => String, { description: 'Secret of the browser: 16 bytes in base64url.' })
  auth!: string;
}

@InputType('SendChatInput', { description: 'A message to send.' })
export class SendChatInputObject {
  @Field(() => ID, {
    description:
      'Id chosen by the client, unique for the account, 1 to 128 bytes. Sending the same id again returns the first message and stores nothing.',
  })
  clientMessageId!: string;

  @Field(() => ID, { defaultValue: 'main', description: 'Id of the room to write to.' })
  room!: string;

  @Field(() => String, {
    description:
      'Text of 1 to 1,000 characters. Line breaks of all kinds become "\\n", tabs become spaces; other control characters are refused.',
  })
  text!: string;

  @Field(() => EmotionEnum, {
    nullable: true,
    description: 'What the writer feels. It counts in the mood in place of what the model reads.',
  })
  feeling?: Emotion | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the question that this answers. An unknown one, or one of another room, is BAD_USER_INPUT.',
  })
  answers?: string | null;
}

@InputType('CreateRoomInput', { description: 'A new room.' })
export class CreateRoomInputObject {
  @Field(() => ID, {
    nullable: true,
    description:
      'Id of 1 to 40 characters: a-z, 0-9 and "-". Without it a readable random one is made, as every private room gets.',
  })
  id?: string | null;

  @Field(() => String, { description: 'Title of 1 to 80 characters.' })
  title!: string;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether authors appear under an alias that changes every day.' })
  anonymous!: boolean;

  @Field(() => VisibilityEnum, { defaultValue: VisibilityEnum.PUBLIC, description: 'Who may read the room.' })
  visibility!: VisibilityEnum;

  @Field(() => Boolean, { defaultValue: true, description: 'Whether guests may write.' })
  guestsMayWrite!: boolean;
}
