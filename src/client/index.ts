/**
 * A client of the live stream that survives what networks do: it keeps the last cursor, tries again for ever, and asks for what it
 * missed. For browsers and Node; needs nothing but graphql-ws.
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
