import type { LiveError } from './types';

export interface Sink {
  next(data: unknown): void;
  /** The server refused or ended this subscription; the connection stays. */
  error(errors: readonly LiveError[]): void;
}

export interface LineEvents {
  /** The server takes subscriptions. */
  up(): void;
  /** It is over, or never came about. Called once. @param forbidden the server refused the token or ended the log-in */
  down(forbidden: boolean): void;
}

/** One attempt at a connection, by whatever transport: up at most once, down once unless it is closed before. */
export interface Line {
  /** @returns undo */
  subscribe(query: string, variables: Readonly<Record<string, unknown>>, sink: Sink): () => void;
  /** Calls back when the server has sent everything that it had to send so far; never if the connection goes first. */
  roundTrip(done: () => void): void;
  close(): void;
}
