import type { ChatLog, RoomTail, RoomTailListener } from '../../ports/chat-log';

/**
 * The tail of some rooms of a log that calls its tails in this process: it leaves out the entries of other rooms. An entry is durable
 * and visible when the tail is called with it, so the tail is never behind the head.
 */
export async function roomTailOf(log: Pick<ChatLog, 'head' | 'tail'>, listener: RoomTailListener): Promise<RoomTail> {
  const rooms = new Set<string>();
  let position = { epoch: '', offset: 0 };
  const tail = await log.tail({
    entries: (entries) => {
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
