import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { Emotion } from '../../domain/emotion';
import type { Feelings } from '../../flow/feelings';
import type { TakeBack } from '../../flow/take-back';
import { requireViewer, type RequestContext } from '../context';
import { ChatObject } from '../types/chat-types';
import { EmotionEnum } from '../types/mood-types';

/** What authors do with their own messages after sending them. */
@Resolver()
export class OwnChatResolver {
  constructor(
    private readonly feelings: Feelings,
    private readonly takeBackFlow: TakeBack,
  ) {}

  @Mutation(() => ChatObject, {
    description:
      'Erases a message of the viewer for good, at any time: the text is erased everywhere, and a tombstone keeps id, cursor and ' +
      'place. Taking it back again changes nothing. A message of somebody else is FORBIDDEN.',
  })
  async takeBack(
    @Arg('id', () => ID, { description: 'Id of the message.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<ChatObject> {
    return ChatObject.of(await this.takeBackFlow.takeBack(requireViewer(context), id));
  }

  @Mutation(() => ChatObject, {
    description:
      'Says or changes what the viewer felt when sending a message, within FEELING_WINDOW (10 minutes by default) of sending; later ' +
      'it is CONFLICT. The mood follows and counts the message once. A message of somebody else is FORBIDDEN.',
  })
  async setFeeling(
    @Arg('id', () => ID, { description: 'Id of the message.' }) id: string,
    @Arg('feeling', () => EmotionEnum, { nullable: true, description: 'The feeling; null leaves it to the model again.' })
    feeling: Emotion | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<ChatObject> {
    return ChatObject.of(await this.feelings.set(requireViewer(context), id, feeling ?? null));
  }
}
