import type { Chat } from '../domain/chat';
import type { Insight, Mood } from '../domain/insight';
import type { Position } from '../domain/position';
import type { RoomActivity } from '../domain/room-activity';

/** The fields of Subscription, and the value that each event of theirs carries as the root of its execution. */
export interface TopicEvents {
  newChat: Chat;
  roomActivity: RoomActivity;
  moodChanged: Mood;
  insightReady: Insight;
  /** The tombstone. */
  chatHidden: Chat;
}
export type Topic = keyof TopicEvents;

/**
 * What a subscription field's `subscribe` answers: a description of what is wanted, which the hub fulfils. It is an
 * AsyncIterable only because graphql-js asks for one; iterating it would be a second path to the client, so it refuses.
 */
export class LiveSource implements AsyncIterable<never> {
  /** @param after only for newChat: the place after which to begin; without it, with the first chat appended from now on */
  constructor(
    readonly topic: Topic,
    readonly room: string,
    readonly after?: Position,
  ) {}

  [Symbol.asyncIterator](): never {
    throw new Error('subscriptions are delivered by the live hub only');
  }
}
