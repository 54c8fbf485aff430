/**
 * A client of the live stream. It keeps the last cursor, reconnects until it is closed, and asks for the messages it missed. For
 * browsers and Node; depends on graphql-ws only.
 *
 * ```ts
 * const live = connectLive({ url: 'ws://localhost:4001/graphql', onState: (state) => console.log(state) });
 * const stop = live.watchRoom({
 *   room: 'main',
 *   query: 'subscription ($room: ID!, $after: ChatCursor) { newChat(room: $room, after: $after) { id author text sentAt cursor } }',
 *   load: async () => (await query('{ recentChats { items { id author text sentAt cursor } cursor } }')).recentChats,
 *   onLoaded: (chats) => show(chats),
 *   onChats: (chats) => append(chats),
 * });
 * ```
 */
export { connectLive } from './live-client';
export type { LiveClient, LiveDocument, LiveError, LiveOptions, LiveState, Loaded, RoomWatch, Watch } from './types';
