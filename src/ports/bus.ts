/** What processes tell each other and may be lost: each message is an announcement, never the truth itself. */
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
  | { readonly type: 'room-changed'; readonly room: string }
  | { readonly type: 'mutes-changed' }
  /** A message became a tombstone. */
  | { readonly type: 'chat-hidden'; readonly room: string; readonly chatId: string; readonly offset: number }
  /** Many messages were changed: what is kept of them in memory is out of date. */
  | { readonly type: 'chats-changed' }
  | { readonly type: 'insight'; readonly room: string; readonly insightId: string };

export interface Bus {
  /** At most once, in order per publisher. Never throws; what cannot be sent is dropped. */
  publish(event: BusEvent): void;
  /** Called for every event of every process, this one included. @returns the undo */
  subscribe(listener: (event: BusEvent) => void): () => void;
  /** Called after each time the connection to the other processes came back: announcements may have been missed. */
  onReconnect(listener: () => void): () => void;
}
