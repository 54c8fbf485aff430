/**
 * connecting: not connected yet. catching-up: connected, and messages of the time away are coming in. live: up to date.
 * offline: the connection was lost; it is tried again for as long as it takes.
 */
export type LiveState = 'connecting' | 'catching-up' | 'live' | 'offline';

/** An entry of a GraphQL `errors` list. */
export interface LiveError {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly retryAfter?: number; readonly [key: string]: unknown };
}

export interface LiveOptions {
  /** Where subscriptions are served, e.g. `wss://example.org/graphql`. */
  readonly url: string;
  /**
   * Where subscriptions are served as server-sent events, which take over where no WebSocket gets through. Default: `url` by http,
   * with /stream after its path.
   */
  readonly streamUrl?: string;
  /** The access token to connect with, or null for a reader who is not logged in. Asked before each attempt. */
  readonly accessToken?: () => string | null | Promise<string | null>;
  /**
   * Called when the server refused the token or ended the log-in (close code 4403). Refresh it here, or forget it: the next
   * attempt asks `accessToken` again. It may reject; the attempt is made all the same.
   */
  readonly onForbidden?: () => void | Promise<void>;
  readonly onState?: (state: LiveState) => void;
  /** A WebSocket class, where there is no global one (Node 20: `import { WebSocket } from 'ws'`). */
  readonly webSocketImpl?: unknown;
}

/** A room's newest messages, oldest first, and the place just after them: what the query recentChats answers. */
export interface Loaded<TChat> {
  readonly items: readonly TChat[];
  readonly cursor: string;
}

/** A document as text: a string, or a typed one as codegen makes it with `documentMode: 'string'`. */
export interface LiveDocument<TData, TVariables> extends Pick<string, 'length' | 'toString'> {
  /** For types only. */
  readonly __apiType?: (variables: TVariables) => TData;
}

export interface RoomWatch<TChat extends { readonly cursor: string }> {
  readonly room: string;
  /**
   * A subscription to newChat with the variables `$room` and `$after`. The same fields of Chat as in `load`, so that all chats look
   * alike, `cursor` among them.
   */
  readonly query: LiveDocument<{ readonly newChat: TChat }, { room: string; after: string }>;
  /** Loads the room's newest messages, by recentChats. Called at the start and when the gap has become too long to fill. */
  readonly load: () => Promise<Loaded<TChat>>;
  /** What to show instead of everything shown so far: at the start, and after each later `load`. */
  readonly onLoaded: (chats: readonly TChat[]) => void;
  /** Messages that came after those, in order, each once. Many at a time while catching up. */
  readonly onChats: (chats: readonly TChat[]) => void;
  /** The room cannot be watched, and trying again would not help (no such room, a field that does not exist). */
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
  /** Keeps a room's messages complete over every interruption. @returns stops watching */
  watchRoom<TChat extends { readonly cursor: string }>(watch: RoomWatch<TChat>): () => void;
  /** Takes the subscription up again after every interruption; what happened meanwhile is not made up for. @returns stops watching */
  watch<TData, TVariables extends object = Readonly<Record<string, unknown>>>(watch: Watch<TData, TVariables>): () => void;
  /** Connects again at once: after a log-in or log-out, so that the socket acts for the right person, or when the network is back. */
  reconnect(): void;
  /** Ends everything. */
  close(): void;
}
