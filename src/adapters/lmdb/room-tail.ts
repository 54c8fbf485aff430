import type { Chat } from '../../domain/chat';
import type { LogPosition } from '../../domain/position';
import type { RoomTail, RoomTailListener } from '../../ports/chat-log';

/** A log that calls the listeners of this process with every entry when it is durable and visible. */
export interface LocalLog {
  head(): Promise<LogPosition>;
  /** Calls the listener with every entry after the position until it is stopped. */
  tail(listener: Pick<RoomTailListener, 'entries' | 'epoch'>): Promise<{ readonly from: LogPosition; stop(): void }>;
}

/** The tail of some rooms of a log: it leaves out the entries of the others. It is never behind the head. */
export async function roomTailOf(log: LocalLog, listener: RoomTailListener): Promise<RoomTail> {
  const rooms = new Set<string>();
  let position = { epoch: '', offset: 0 };
  const tail = await log.tail({
    entries: (entries: readonly Chat[]) => {
      const last = entries.at(-1);
      if (last) position = { epoch: last.epoch, offset: last.offset };
      const followed = entries.filter(({ room }) => rooms.has(room));
      if (followed.length > 0) listener.entries(followed);
    },
    epoch: (start) => {
      position = start;
      listener.epoch(start);
    },
  });
  if (position.epoch === '') position = tail.from;
  return {
    from: tail.from,
    follow: (room) => {
      if (!rooms.has(room)) {
        rooms.add(room);
        listener.following(room, position);
      }
      return Promise.resolve();
    },
    unfollow: (room) => void rooms.delete(room),
    head: () => log.head(),
    stop: () => {
      tail.stop();
    },
  };
}
