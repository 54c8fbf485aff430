export type ActivityKind = 'JOINED' | 'LEFT' | 'TYPING' | 'STOPPED_TYPING';

/** An action of a member of a room. */
export interface RoomActivity {
  readonly kind: ActivityKind;
  readonly room: string;
  /** As in `Chat.author`; null for a reader who is not logged in. */
  readonly author: string | null;
  /** Members in the room over all processes. */
  readonly online: number;
}
