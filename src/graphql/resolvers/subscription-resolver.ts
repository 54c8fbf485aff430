import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { Chat } from '../../domain/chat';
import { NO_EMPATHIES } from '../../domain/empathy';
import type { Insight, Mood } from '../../domain/insight';
import { decodeCursor } from '../../domain/position';
import { MAIN_ROOM } from '../../domain/room-title';
import type { RoomActivity } from '../../domain/room-activity';
import type { RoomState } from '../../domain/room-state';
import { LiveSource, type ChatState } from '../../live/live-source';
import { ChatObject } from '../types/chat-types';
import { InsightObject } from '../types/insight-types';
import { MoodObject } from '../types/mood-types';
import { ActivityKindEnum, RoomActivityObject, RoomStateObject } from '../types/room-types';
import { ChatCursorScalar } from '../types/scalars';

interface RoomArgs {
  readonly room: string;
}
interface NewChatArgs extends RoomArgs {
  readonly after?: string | null;
}

const ROOM_ARG = { defaultValue: MAIN_ROOM, description: 'Id of the room.' };

/**
 * `subscribe` names the source that the hub delivers; the method converts a domain value to the payload. The payload must not
 * depend on the viewer, because it is computed once for all subscribers (see payload-rule).
 */
@Resolver()
export class SubscriptionResolver {
  @Subscription(() => ChatObject, {
    description:
      'Public. Every message of the room, in order, without gaps or duplicates. With `after`, the messages since that cursor come first. ' +
      'The error CURSOR_EXPIRED means that these can no longer be replayed in full: load recentChats again.',
    subscribe: ({ args }) => {
      const { room, after } = args as NewChatArgs;
      return new LiveSource('newChat', room, typeof after === 'string' ? decodeCursor(after, 'after', room) : undefined);
    },
  })
  newChat(
    @Root() chat: Chat,
    @Arg('room', () => ID, ROOM_ARG) _room: string,
    @Arg('after', () => ChatCursorScalar, {
      nullable: true,
      description: 'Cursor after which the stream starts. Without it the stream starts with the next message.',
    })
    _after?: string,
  ): ChatObject {
    return ChatObject.of(chat, NO_EMPATHIES);
  }

  @Subscription(() => ChatObject, {
    description:
      'Public. Each message of the room that is hidden or erased, with the same id and an empty text. Best effort: events during a broken connection are lost, so load the messages again.',
    deprecationReason: 'Use chatChanged, which also has these messages. Removed on 2027-06-01.',
    subscribe: ({ args }) => new LiveSource('chatHidden', (args as RoomArgs).room),
  })
  chatHidden(@Root() chat: Chat, @Arg('room', () => ID, ROOM_ARG) _room: string): ChatObject {
    return ChatObject.of(chat, NO_EMPATHIES);
  }

  @Subscription(() => ChatObject, {
    description:
      'Public. Each message of the room whose text, feeling or empathies changed, as it is now. At most two events a second for one ' +
      'message: the newest state wins. Best effort: events during a broken connection are lost, so load the messages again.',
    subscribe: ({ args }) => new LiveSource('chatChanged', (args as RoomArgs).room),
  })
  chatChanged(@Root() { chat, empathies }: ChatState, @Arg('room', () => ID, ROOM_ARG) _room: string): ChatObject {
    return ChatObject.of(chat, empathies);
  }

  @Subscription(() => RoomActivityObject, {
    description: 'Public. Joins, leaves and typing, never unsent text. Best effort: only the newest state is delivered.',
    subscribe: ({ args }) => new LiveSource('roomActivity', (args as RoomArgs).room),
  })
  roomActivity(@Root() activity: RoomActivity, @Arg('room', () => ID, ROOM_ARG) _room: string): RoomActivityObject {
    return Object.assign(new RoomActivityObject(), { ...activity, kind: ActivityKindEnum[activity.kind] });
  }

  @Subscription(() => MoodObject, {
    description: 'Public. The mood of the last hour when it changes, at most once a second.',
    subscribe: ({ args }) => new LiveSource('moodChanged', (args as RoomArgs).room),
  })
  moodChanged(@Root() mood: Mood, @Arg('room', () => ID, ROOM_ARG) _room: string): MoodObject {
    return MoodObject.of(mood);
  }

  @Subscription(() => InsightObject, {
    description: 'Public. Each scheduled analysis when it is stored.',
    subscribe: ({ args }) => new LiveSource('insightReady', (args as RoomArgs).room),
  })
  insightReady(@Root() insight: Insight, @Arg('room', () => ID, ROOM_ARG) _room: string): InsightObject {
    return InsightObject.of(insight);
  }

  @Subscription(() => RoomStateObject, {
    description:
      'Public. The state of the room when it changes: its settings and the question that stands in it. Best effort: after a broken connection, load the room again.',
    subscribe: ({ args }) => new LiveSource('roomChanged', (args as RoomArgs).room),
  })
  roomChanged(@Root() state: RoomState, @Arg('room', () => ID, ROOM_ARG) _room: string): RoomStateObject {
    return RoomStateObject.of(state);
  }
}
