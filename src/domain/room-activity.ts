export type ActivityKind = 'JOINED' | 'LEFT' | 'TYPING' | 'STOPPED_TYPING';

/** What somebody in a room just did. */
export interface RoomActivity {
  readonly kind: ActivityKind;
  readonly room: string;
  /** As in Chat.author; null for a reader who is not logged in. */
  readonly author: string | null;
  /** Members in the room over all processes. */
  readonly online: number;
}
