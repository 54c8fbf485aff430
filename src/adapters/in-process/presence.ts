import type { Presence } from '../../ports/presence';
import { JoinCounts } from '../../util/join-counts';

/** Presence in an installation with one process. It ends with the process, as the sockets do. */
export class InProcessPresence implements Presence {
  private readonly joins = new JoinCounts();

  join(room: string, memberId: string): Promise<boolean> {
    return Promise.resolve(this.joins.add(room, memberId));
  }

  leave(room: string, memberId: string): Promise<boolean> {
    const isGone = this.joins.remove(room, memberId);
    this.joins.dropIfEmpty(room);
    return Promise.resolve(isGone);
  }

  online(room: string): Promise<number> {
    return Promise.resolve(this.joins.size(room));
  }
}
