/**
 * connecting: the first attempt is under way. catching-up: connected, and missed messages are arriving. live: up to date.
 * offline: the connection was lost; the client keeps reconnecting.
 */
export type LiveState = 'connecting' | 'catching-up' | 'live' | 'offline';

/** An entry of a GraphQL `errors` list. */
export interface LiveError {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly retryAfter?: number; readonly [key: string]: unknown };
}

export interface LiveOptions {
  /** The address of the subscriptions, e.g. `wss://example.org/graphql`. */
  readonly url: string;
  /**
   * The address of the subscriptions as server-sent events, used where no WebSocket gets through. Default: `url` with the scheme
   * http(s) and `/stream` added to its path.
   */
  readonly streamUrl?: string;
  /** The access token to connect with, or null for a reader who is not logged in. Called before each attempt. */
  readonly accessToken?: () => string | null | Promise<string | null>;
  /**
   * Called when the server refused the access token or ended the session (close code 4403). Refresh the token here, or delete it:
   * the next attempt calls `accessToken` again. The client reconnects even if this rejects.
   */
  readonly onForbidden?: () => void | Promise<void>;
  readonly onState?: (state: LiveState) => void;
  /** Whether this is the screen of a hall, which is not counted among the people in a room. Default: false. */
  readonly isScreen?: boolean;
  /** A WebSocket class, needed where there is no global one (Node 20: `import { WebSocket } from 'ws'`). */
  readonly webSocketImpl?: unknown;
}

/** A room's newest messages, oldest first, and the cursor after the last of them: the result of the query recentChats. */
export interface Loaded<TChat> {
  readonly items: readonly TChat[];
  readonly cursor: string;
}

/** A GraphQL document: a string, or a typed document of GraphQL Code Generator with `documentMode: 'string'`. */
export interface LiveDocument<TData, TVariables> extends Pick<string, 'length' | 'toString'> {
  /** Carries types; has no value. */
  readonly __apiType?: (variables: TVariables) => TData;
}

export interface RoomWatch<TChat extends { readonly cursor: string }> {
  readonly room: string;
  /**
   * A subscription to newChat with the variables `$room` and `$after`. It selects the same fields of Chat as `load`, including
   * `cursor`.
   */
  readonly query: LiveDocument<{ readonly newChat: TChat }, { room: string; after: string }>;
  /** Queries recentChats. Called at the start, when the last cursor has expired, and with `changes` after each reconnect. */
  readonly load: () => Promise<Loaded<TChat>>;
  /** Replaces everything shown so far. Called after each `load`. */
  readonly onLoaded: (chats: readonly TChat[]) => void;
  /** Adds messages, in order, without gaps or duplicates. Messages that arrive together come in one call. */
  readonly onChats: (chats: readonly TChat[]) => void;
  /**
   * A subscription to chatChanged with the variable `$room`. It selects the same fields of Chat as `load`. Without it `onChanged` is
   * not called.
   */
  readonly changes?: LiveDocument<{ readonly chatChanged: TChat }, { room: string }>;
  /**
   * Shows messages as they are now: each one that changes, and after a broken connection those that `load` returns, because they may
   * have changed meanwhile. Ignore a message that is not shown. Without it `changes` is not subscribed.
   */
  readonly onChanged?: (chats: readonly TChat[]) => void;
  /** The room cannot be watched, and a retry would not help (no such room, no such field). */
  readonly onError?: (errors: readonly LiveError[]) => void;
}

export interface Watch<TData, TVariables extends object = Readonly<Record<string, unknown>>> {
  /** A subscription, for example to roomActivity, moodChanged or insightReady. */
  readonly query: LiveDocument<TData, TVariables>;
  readonly variables?: TVariables;
  readonly onData: (data: TData) => void;
  readonly onError?: (errors: readonly LiveError[]) => void;
}

export interface LiveClient {
  readonly state: LiveState;
  /** Delivers a room's messages in order, without gaps or duplicates, across reconnects. @returns stops watching */
  watchRoom<TChat extends { readonly cursor: string }>(watch: RoomWatch<TChat>): () => void;
  /** Subscribes again after each reconnect. Events of the time in between are not delivered. @returns stops watching */
  watch<TData, TVariables extends object = Readonly<Record<string, unknown>>>(watch: Watch<TData, TVariables>): () => void;
  /** Reconnects at once. Call it after a login or logout, so that the connection uses the right token, or when the network is back. */
  reconnect(): void;
  /** Ends all subscriptions and the connection. */
  close(): void;
}
