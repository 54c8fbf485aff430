import { cacheExchange } from '@urql/exchange-graphcache';

const inParent = (): null => null;

/** Chats are stored by `id`. Types without an `id` are stored in their parent, except a mark, which belongs to a message. */
export const cache = cacheExchange({
  keys: {
    AuthPayload: inParent,
    ChatConnection: inParent,
    ChatEdge: inParent,
    ChatMark: ({ chatId }) => chatId as string,
    ChatPage: inParent,
    EmotionScore: inParent,
    EmpathyCount: inParent,
    PageInfo: inParent,
    RecentChats: inParent,
  },
});
