import type { Chat } from '../domain/chat';
import type { EmpathyCounts } from '../domain/empathy';
import type { Insight, Mood } from '../domain/insight';
import type { Position } from '../domain/position';
import type { RoomActivity } from '../domain/room-activity';
import type { RoomState } from '../domain/room-state';

/** A chat and the counts of its empathies at one moment. */
export interface ChatState {
  readonly chat: Chat;
  readonly empathies: EmpathyCounts;
}

/** The fields of Subscription, with the root value of each event's execution. */
export interface TopicEvents {
  newChat: Chat;
  roomActivity: RoomActivity;
  moodChanged: Mood;
  insightReady: Insight;
  roomChanged: RoomState;
  /** The tombstone of the hidden chat. */
  chatHidden: Chat;
  chatChanged: ChatState;
}
export type Topic = keyof TopicEvents;

export const TOPICS = [
  'newChat',
  'roomActivity',
  'moodChanged',
  'insightReady',
  'roomChanged',
  'chatHidden',
  'chatChanged',
] as const satisfies readonly Topic[];

/**
 * What the `subscribe` function of a subscription field returns: a description of the events that the hub has to deliver. It is
 * an AsyncIterable only because graphql-js requires one. Iterating it throws, because events reach clients through the hub only.
 */
export class LiveSource implements AsyncIterable<never> {
  /** @param after for newChat: the position after which to begin; undefined: begin with the first chat appended from now on */
  constructor(
    readonly topic: Topic,
    readonly room: string,
    readonly after?: Position,
  ) {}

  [Symbol.asyncIterator](): never {
    throw new Error('a LiveSource cannot be iterated: subscriptions are delivered by LiveHub');
  }
}
