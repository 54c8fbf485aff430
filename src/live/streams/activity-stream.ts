import type { ActivityKind } from '../../domain/room-activity';
import type { Viewer } from '../../domain/user';
import type { Bus } from '../../ports/bus';
import type { Logger } from '../../ports/logger';
import type { Presence } from '../../ports/presence';
import type { Connection } from '../delivery/connection';
import type { LiveHub, RoomObserver } from '../hub';

export interface RoomActivityOptions {
  readonly hub: LiveHub;
  readonly bus: Bus;
  readonly presence: Presence;
  /** The name under which others see that the viewer enters and leaves; null in a room whose authors are anonymous. */
  readonly nameIn: (room: string, viewer: Viewer) => Promise<string | null>;
  readonly logger: Logger;
}

/** Time between two roomActivity events of a room, in milliseconds: at most five events a second. */
const INTERVAL_MS = 200;
/** Time after which a TYPING announcement that is not repeated counts as STOPPED_TYPING, in milliseconds. */
export const TYPING_MS = 5_000;
/** Events of a room that may wait: one second of output. Older ones are dropped. */
const MAX_PENDING = 5;
const MAX_TYPING_PER_ROOM = 64;

interface Change {
  readonly kind: ActivityKind;
  readonly author: string | null;
}

/** Serves roomActivity from presence and typing announcements. Of several waiting changes of one author only the newest is sent. */
export class RoomActivityStream implements RoomObserver {
  /** Changes that wait to be sent, by room and author. */
  private readonly pending = new Map<string, Map<string | null, Change>>();
  /** Rooms that sent an event within the last INTERVAL_MS. */
  private readonly timers = new Map<string, NodeJS.Timeout>();
  /** Timers of the members who are typing, by room and member. */
  private readonly typing = new Map<string, Map<string, NodeJS.Timeout>>();
  private readonly unsubscribe: () => void;
  private stopped = false;

  constructor(private readonly options: RoomActivityOptions) {
    options.hub.observe(this);
    this.unsubscribe = options.bus.subscribe((event) => {
      if (event.type === 'presence') this.enqueue(event.room, { kind: event.joined ? 'JOINED' : 'LEFT', author: event.author });
      else if (event.type === 'typing') this.setTyping(event.room, event.memberId, event.author, event.typing);
    });
  }

  stop(): void {
    this.stopped = true;
    this.unsubscribe();
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const members of this.typing.values()) for (const timer of members.values()) clearTimeout(timer);
  }

  entered(room: string, connection: Connection): void {
    this.announce(room, connection, true, this.options.presence.join(room, connection.memberId));
  }

  left(room: string, connection: Connection): void {
    this.announce(room, connection, false, this.options.presence.leave(room, connection.memberId));
  }

  private announce(room: string, { viewer }: Connection, joined: boolean, changed: Promise<boolean>): void {
    const publish = async (): Promise<void> => {
      if (!(await changed) || this.stopped) return;
      const author = viewer && (await this.options.nameIn(room, viewer));
      this.options.bus.publish({ type: 'presence', room, joined, author });
    };
    publish().catch((err: unknown) => {
      this.options.logger.warn({ err, room }, 'presence could not be updated; the online count of the room may be wrong');
    });
  }

  private setTyping(room: string, memberId: string, author: string, isTyping: boolean): void {
    if (this.stopped || !this.options.hub.hasSubscribers('roomActivity', room)) return;
    const members = this.typing.get(room) ?? new Map<string, NodeJS.Timeout>();
    const known = members.get(memberId);
    if (isTyping && !known && members.size >= MAX_TYPING_PER_ROOM) return;
    clearTimeout(known);
    if (isTyping) {
      this.typing.set(room, members);
      members.set(
        memberId,
        setTimeout(() => {
          this.setTyping(room, memberId, author, false);
          this.removeTyping(room, memberId);
        }, TYPING_MS),
      );
    } else this.removeTyping(room, memberId);
    if (isTyping !== (known !== undefined)) this.enqueue(room, { kind: isTyping ? 'TYPING' : 'STOPPED_TYPING', author });
  }

  private removeTyping(room: string, memberId: string): void {
    const members = this.typing.get(room);
    if (members?.delete(memberId) && members.size === 0) this.typing.delete(room);
  }

  private enqueue(room: string, change: Change): void {
    if (this.stopped || !this.options.hub.hasSubscribers('roomActivity', room)) return;
    const waiting = this.pending.get(room) ?? new Map<string | null, Change>();
    this.pending.set(room, waiting);
    waiting.delete(change.author);
    waiting.set(change.author, change);
    for (const oldest of waiting.keys()) {
      if (waiting.size <= MAX_PENDING) break;
      waiting.delete(oldest);
    }
    if (!this.timers.has(room)) this.sendNext(room);
  }

  private sendNext(room: string): void {
    const waiting = this.pending.get(room);
    const [first] = waiting?.values() ?? [];
    if (!waiting || !first) {
      this.pending.delete(room);
      this.timers.delete(room);
      return;
    }
    waiting.delete(first.author);
    this.timers.set(
      room,
      setTimeout(() => {
        this.sendNext(room);
      }, INTERVAL_MS),
    );
    this.options.presence.online(room).then(
      (online) => {
        this.options.hub.publish('roomActivity', room, { ...first, room, online });
      },
      (err: unknown) => {
        this.options.logger.warn({ err, room }, 'presence could not be read; one roomActivity event was not sent');
      },
    );
  }
}
