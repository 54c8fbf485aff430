import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { MAIN_ROOM } from '../../domain/room-title';
import type { PushSubscriptions } from '../../push/push-subscriptions';
import { requireViewer, type RequestContext } from '../context';
import { PushInputObject } from '../inputs/inputs';

@Resolver()
export class PushResolver {
  constructor(private readonly pushes: PushSubscriptions) {}

  @Query(() => String, {
    nullable: true,
    description:
      'Public. The VAPID key that a browser needs for subscribing to notifications, in base64url; null where they are not set up (setting PUSH_CONTACT).',
  })
  pushKey(): Promise<string | null> {
    return this.pushes.publicKey();
  }

  @Mutation(() => Boolean, {
    description:
      'Notifies a browser when a letter of the room arrives, in Korean or English according to Accept-Language: once a day at most, and not from 22:00 to 7:00 (time zone of INSIGHT_TZ). The notification contains no message. The endpoint belongs to the account that subscribed it last. FORBIDDEN where notifications are not set up.',
  })
  async subscribePush(
    @Arg('subscription', () => PushInputObject, { description: 'What the browser handed out.' }) subscription: PushInputObject,
    @Arg('room', () => ID, { defaultValue: MAIN_ROOM, description: 'Id of the room.' }) room: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.pushes.subscribe(requireViewer(context), context.locale, room, subscription);
    return true;
  }

  @Mutation(() => Boolean, {
    description: 'Ends the notifications of a browser, for all rooms. False if the viewer has not subscribed the endpoint.',
  })
  unsubscribePush(
    @Arg('endpoint', () => String, { description: 'Endpoint of the subscription.' }) endpoint: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    return this.pushes.unsubscribe(requireViewer(context), endpoint);
  }
}
