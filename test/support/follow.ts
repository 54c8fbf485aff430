import type { Chat } from '../../src/domain/chat';
import type { LogPartition, RoomTail } from '../../src/ports/chat-log';

const nothing = (): void => undefined;

/** Follows rooms of a log. */
export async function follow(
  log: Pick<LogPartition, 'tailRooms'>,
  rooms: readonly string[],
  entries: (entries: readonly Chat[]) => void,
): Promise<RoomTail> {
  const tail = await log.tailRooms({ entries, epoch: nothing, following: nothing });
  for (const room of rooms) await tail.follow(room);
  return tail;
}
