import type { Viewer } from '../../domain/user';
import type { LiveSource } from '../live-source';
import type { Operation } from '../operations';
import { OutboundQueue } from './outbound-queue';
import type { Transport } from './transport';

/** Close code of the protocol, try again later: clients that keep a cursor come back and miss nothing. */
export const TOO_SLOW = 1013;

/** What one subscription of the socket asked for. */
export interface Subscribed {
  readonly source: LiveSource;
  readonly operation: Operation;
}

/** A socket as the hub sees it. */
export class Connection {
  /** Null until the log-in is known, and for readers who are not logged in. */
  viewer: Viewer | null = null;
  readonly wire: OutboundQueue;
  readonly subscriptions = new Set<Subscribed>();

  /**
   * @param id unique among all connections of all processes
   * @param close ends the socket with a close code of the protocol
   */
  constructor(
    readonly id: string,
    transport: Transport,
    readonly close: (code: number, reason: string) => void,
  ) {
    this.wire = new OutboundQueue(transport, () => {
      this.close(TOO_SLOW, 'Too slow, resume from your cursor');
    });
  }

  /** One member of a room per log-in, one per anonymous socket. */
  get memberId(): string {
    return this.viewer ? `session:${this.viewer.sessionId}` : `socket:${this.id}`;
  }
}
