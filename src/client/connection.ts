import type { LiveError } from './types';

export interface Sink {
  next(data: unknown): void;
  /** The server refused or ended this subscription. The connection stays open. */
  error(errors: readonly LiveError[]): void;
}

export interface ConnectionEvents {
  /** The server accepts subscriptions. Called at most once. */
  opened(): void;
  /**
   * The connection was lost or could not be opened. Called once, unless `close` was called before.
   * @param forbidden the server refused the access token or ended the session
   */
  lost(forbidden: boolean): void;
}

/** One attempt at a connection. It never reconnects. */
export interface Connection {
  /** @returns unsubscribe */
  subscribe(query: string, variables: Readonly<Record<string, unknown>>, sink: Sink): () => void;
  /** Calls `done` when everything that the server had to send at the time of the call has arrived; never if the connection is lost before. */
  roundTrip(done: () => void): void;
  close(): void;
}
