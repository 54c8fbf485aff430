import type { FeelingChange } from '../domain/chat';

/** An announcement from one process to all. It may be lost, so a receiver reads the truth from a store or the log. */
export type BusEvent =
  | { readonly type: 'session-ended'; readonly sessionId: string }
  | {
      readonly type: 'typing';
      readonly room: string;
      readonly memberId: string;
      readonly author: string;
      readonly typing: boolean;
    }
  | { readonly type: 'presence'; readonly room: string; readonly joined: boolean; readonly author: string | null }
  /** The settings of the room, or its question, may have changed. */
  | { readonly type: 'room-changed'; readonly room: string }
  /** The account became a member of the room, is no longer one, or has another role. */
  | { readonly type: 'membership-changed'; readonly room: string; readonly userId: string }
  | { readonly type: 'mutes-changed' }
  /** The message was replaced by its tombstone. */
  | { readonly type: 'chat-hidden'; readonly room: string; readonly chatId: string; readonly offset: number }
  /** What is shown of the message changed: its text, its feeling or the counts of its empathies. `feeling` is the change of the feeling. */
  | {
      readonly type: 'chat-changed';
      readonly room: string;
      readonly chatId: string;
      readonly feeling?: FeelingChange & { readonly offset: number };
    }
  /** Many messages changed: whoever keeps messages in memory reads them again. */
  | { readonly type: 'chats-changed' }
  /** The local model has a new correction, or none any more. */
  | { readonly type: 'correction-changed' }
  | { readonly type: 'insight'; readonly room: string; readonly insightId: string }
  /** The partitions that a process moves to the store; once a second. One that is stopping takes no more. */
  | { readonly type: 'writer'; readonly worker: string; readonly partitions: readonly number[]; readonly isStopping: boolean };

/** Publish and subscribe between the processes of one installation. Delivery is at most once. */
export interface Bus {
  /** Events of one publisher arrive in order. Never throws: an event that cannot be sent is dropped. */
  publish(event: BusEvent): void;
  /** Calls the listener for every event of every process, including this one. @returns a function that unsubscribes */
  subscribe(listener: (event: BusEvent) => void): () => void;
  /** Calls the listener after each reconnect: events may have been missed before it. @returns a function that unsubscribes */
  onReconnect(listener: () => void): () => void;
}
