import type { Viewer } from '../../domain/user';
import type { LiveSource } from '../live-source';
import type { Operation } from '../operations';
import { OutboundQueue } from './outbound-queue';
import type { Transport } from './transport';

/** Close code 1013 (try again later). Clients that keep a cursor reconnect and miss nothing. */
export const TOO_SLOW = 1013;

/** Source and operation of one subscription. */
export interface Subscribed {
  readonly source: LiveSource;
  readonly operation: Operation;
  /** Whether it makes its client present in the room. */
  readonly isPresent: boolean;
}

/** A socket or event stream as the hub sees it. */
export class Connection {
  /** Null before connection_init, and for clients without a token. */
  viewer: Viewer | null = null;
  readonly queue: OutboundQueue;
  readonly subscriptions = new Set<Subscribed>();

  /**
   * @param id unique in all processes
   * @param close closes the connection with a WebSocket close code
   */
  constructor(
    readonly id: string,
    transport: Transport,
    readonly close: (code: number, reason: string) => void,
  ) {
    this.queue = new OutboundQueue(transport, () => {
      this.close(TOO_SLOW, 'Too slow, resume from your cursor');
    });
  }

  /** Identifies the client to presence: one member per session, and one per anonymous connection. */
  get memberId(): string {
    return this.viewer ? `session:${this.viewer.sessionId}` : `socket:${this.id}`;
  }
}
