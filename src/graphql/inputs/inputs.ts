import { Field, ID, InputType } from 'type-graphql';

@InputType('RegisterInput', { description: 'A new account.' })
export class RegisterInputObject {
  @Field(() => String, { description: '3-20 ASCII letters, digits, "_" or Hangul syllables.' })
  username!: string;

  @Field(() => String, { description: '8-72 bytes with a letter and a digit.' })
  password!: string;

  @Field(() => String, { nullable: true, description: 'For logging in instead of the username; shown to nobody else.' })
  email?: string | null;
}

@InputType('LoginInput', { description: 'Who logs in.' })
export class LoginInputObject {
  @Field(() => String, { description: 'username or e-mail' })
  login!: string;

  @Field(() => String, { description: 'The password of the account.' })
  password!: string;
}

@InputType('SendChatInput', { description: 'A message to send.' })
export class SendChatInputObject {
  @Field(() => ID, {
    description: 'Made by the client, unique per user; sending it again returns the first message and stores nothing.',
  })
  clientMessageId!: string;

  @Field(() => ID, { defaultValue: 'main', description: 'The room to write in.' })
  room!: string;

  @Field(() => String, { description: '1 to 1,000 characters.' })
  text!: string;
}

@InputType('CreateRoomInput', { description: 'A new room.' })
export class CreateRoomInputObject {
  @Field(() => ID, { description: 'Slug, 1-40 of a-z, 0-9 and "-".' })
  id!: string;

  @Field(() => String, { description: '1 to 80 characters.' })
  title!: string;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether authors appear under a daily alias.' })
  anonymous!: boolean;
}
