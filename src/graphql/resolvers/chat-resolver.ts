import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { History } from '../../flow/history';
import type { SendChat } from '../../flow/send-chat';
import { requireViewer, type RequestContext } from '../context';
import { SendChatInputObject } from '../inputs/inputs';
import {
  ChatConnectionObject,
  ChatEdgeObject,
  ChatObject,
  ChatPageObject,
  PageInfoObject,
  RecentChatsObject,
} from '../types/chat-types';
import { ChatCursorScalar } from '../types/scalars';
import { Cost, PAGE_WORK } from '../cost';

@Resolver()
export class ChatResolver {
  constructor(
    private readonly sendChatFlow: SendChat,
    private readonly history: History,
  ) {}

  @Mutation(() => ChatObject, {
    description: 'Returns once the message would survive a kill -9 of every process of the service.',
  })
  async sendChat(
    @Arg('input', () => SendChatInputObject, { description: 'What to send, and where.' }) input: SendChatInputObject,
    @Ctx() context: RequestContext,
  ): Promise<ChatObject> {
    return ChatObject.of(await this.sendChatFlow.send(requireViewer(context), context.address, input));
  }

  @Query(() => ChatPageObject, { description: 'The viewer’s own messages, newest first.' })
  @Cost({ work: PAGE_WORK })
  async chatLogs(
    @Arg('page', () => Int, { defaultValue: 1, description: 'From 1.' }) page: number,
    @Arg('pageSize', () => Int, { defaultValue: 10, description: '1 to 100.' }) pageSize: number,
    @Ctx() context: RequestContext,
  ): Promise<ChatPageObject> {
    const { items, hasMore } = await this.history.ownLog(requireViewer(context).userId, page, pageSize);
    return Object.assign(new ChatPageObject(), { items: items.map((chat) => ChatObject.of(chat)), page, pageSize, hasMore });
  }

  @Query(() => RecentChatsObject, { description: 'Public.' })
  @Cost({ work: PAGE_WORK })
  async recentChats(
    @Arg('room', () => ID, { defaultValue: 'main', description: 'The room to read.' }) room: string,
    @Arg('first', () => Int, { defaultValue: 20, description: '1 to 100.' }) first: number,
  ): Promise<RecentChatsObject> {
    const { chats, cursor } = await this.history.recent(room, first);
    return Object.assign(new RecentChatsObject(), { items: chats.map((chat) => ChatObject.of(chat)), cursor });
  }

  @Query(() => ChatConnectionObject, {
    description:
      'Public. A room’s history by cursor, Relay’s rules in both directions, newest first: forward pages go back in time. ' +
      'Without first and last: first 20.',
  })
  @Cost({ work: PAGE_WORK })
  async chats(
    @Arg('room', () => ID, { defaultValue: 'main', description: 'The room to read.' }) room: string,
    @Arg('first', () => Int, { nullable: true, description: 'So many of the newest, 1 to 100.' }) first?: number,
    @Arg('after', () => ChatCursorScalar, { nullable: true, description: 'Only messages older than this place.' })
    after?: string,
    @Arg('last', () => Int, { nullable: true, description: 'So many of the oldest, 1 to 100.' }) last?: number,
    @Arg('before', () => ChatCursorScalar, { nullable: true, description: 'Only messages newer than this place.' })
    before?: string,
  ): Promise<ChatConnectionObject> {
    const { chats, hasNext, hasPrevious } = await this.history.chats(room, { first, after, last, before });
    const edges = chats.map((chat) => {
      const node = ChatObject.of(chat);
      return Object.assign(new ChatEdgeObject(), { cursor: node.cursor, node });
    });
    const pageInfo = Object.assign(new PageInfoObject(), {
      hasNextPage: hasNext,
      hasPreviousPage: hasPrevious,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    });
    return Object.assign(new ChatConnectionObject(), { edges, pageInfo });
  }
}
