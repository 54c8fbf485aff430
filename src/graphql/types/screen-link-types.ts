import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import type { ScreenLink } from '../../flow/screen-links';

@ObjectType('ScreenLink', { description: 'A link that shows one private room on the screen of a hall, and can do nothing else.' })
export class ScreenLinkObject {
  @Field(() => String, { description: 'Address of the screen, with its token behind `#`. Whoever has it reads the room.' })
  url!: string;

  @Field(() => GraphQLISODateTime, { description: 'When the link ends.' })
  expiresAt!: Date;

  /** @param pageUrl address of the page, without a path */
  static of({ room, token, expiresAt }: ScreenLink, pageUrl: string): ScreenLinkObject {
    const url = `${pageUrl}/rooms/${room}/screen#${token}`;
    return Object.assign(new ScreenLinkObject(), { url, expiresAt: new Date(expiresAt) });
  }
}
