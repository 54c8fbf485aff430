import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { Chat } from '../../domain/chat';
import type { Insight, Mood } from '../../domain/insight';
import { decodeCursor } from '../../domain/position';
import { MAIN_ROOM } from '../../domain/room';
import type { RoomActivity } from '../../domain/room-activity';
import { LiveSource } from '../../live/live-source';
import { ChatObject } from '../types/chat-types';
import { InsightObject } from '../types/insight-types';
import { MoodObject } from '../types/mood-types';
import { ActivityKindEnum, RoomActivityObject } from '../types/room-types';
import { ChatCursorScalar } from '../types/scalars';

interface RoomArgs {
  readonly room: string;
}
interface NewChatArgs extends RoomArgs {
  readonly after?: string | null;
}

const ROOM_ARG = { defaultValue: MAIN_ROOM, description: 'The room to listen to.' };

/**
 * `subscribe` says what is wanted, the hub delivers it, and the method makes the payload of a domain value. The payload must not
 * depend on who asks: it is made once for everybody (see payload-rule).
 */
@Resolver()
export class SubscriptionResolver {
  @Subscription(() => ChatObject, {
    description:
      'Public. Every message of the room in one order, each exactly once. With `after`, first all that came since that place. ' +
      'Error CURSOR_EXPIRED where that gap can no longer be filled in full: load recentChats again.',
    subscribe: ({ args }) => {
      const { room, after } = args as NewChatArgs;
      return new LiveSource('newChat', room, typeof after === 'string' ? decodeCursor(after, 'after', room) : undefined);
    },
  })
  newChat(
    @Root() chat: Chat,
    @Arg('room', () => ID, ROOM_ARG) _room: string,
    @Arg('after', () => ChatCursorScalar, { nullable: true, description: 'The place after which to begin.' }) _after?: string,
  ): ChatObject {
    return ChatObject.of(chat);
  }

  @Subscription(() => ChatObject, {
    description:
      'Public. Each message of the room as it is hidden or erased: the same id, its text empty. Best effort: after a break, load again.',
    subscribe: ({ args }) => new LiveSource('chatHidden', (args as RoomArgs).room),
  })
  chatHidden(@Root() chat: Chat, @Arg('room', () => ID, ROOM_ARG) _room: string): ChatObject {
    return ChatObject.of(chat);
  }

  @Subscription(() => RoomActivityObject, {
    description: 'Public. Joins, leaves and typing; never unsent text. Best effort: the newest state wins.',
    subscribe: ({ args }) => new LiveSource('roomActivity', (args as RoomArgs).room),
  })
  roomActivity(@Root() activity: RoomActivity, @Arg('room', () => ID, ROOM_ARG) _room: string): RoomActivityObject {
    return Object.assign(new RoomActivityObject(), { ...activity, kind: ActivityKindEnum[activity.kind] });
  }

  @Subscription(() => MoodObject, {
    description: 'Public. The mood of the last hour, at most once a second while it changes.',
    subscribe: ({ args }) => new LiveSource('moodChanged', (args as RoomArgs).room),
  })
  moodChanged(@Root() mood: Mood, @Arg('room', () => ID, ROOM_ARG) _room: string): MoodObject {
    return MoodObject.of(mood);
  }

  @Subscription(() => InsightObject, {
    description: 'Public. Each scheduled analysis as it is stored.',
    subscribe: ({ args }) => new LiveSource('insightReady', (args as RoomArgs).room),
  })
  insightReady(@Root() insight: Insight, @Arg('room', () => ID, ROOM_ARG) _room: string): InsightObject {
    return InsightObject.of(insight);
  }
}
