import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { Access } from '../../flow/access';
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
    private readonly access: Pick<Access, 'readable' | 'requireReader'>,
  ) {}

  @Mutation(() => ChatObject, {
    description:
      'Sends a message. The answer means that the message is stored durably: it survives kill -9 of every process of the service.',
  })
  async sendChat(
    @Arg('input', () => SendChatInputObject, { description: 'The message and its room.' }) input: SendChatInputObject,
    @Ctx() context: RequestContext,
  ): Promise<ChatObject> {
    return ChatObject.of(await this.sendChatFlow.send(requireViewer(context), context.address, input));
  }

  @Query(() => ChatPageObject, { description: 'Messages of the viewer from all rooms, newest first.' })
  @Cost({ work: PAGE_WORK })
  async chatLogs(
    @Arg('page', () => Int, { defaultValue: 1, description: 'Number of the page, starting at 1.' }) page: number,
    @Arg('pageSize', () => Int, { defaultValue: 10, description: 'Messages on a page, 1 to 100.' }) pageSize: number,
    @Ctx() context: RequestContext,
  ): Promise<ChatPageObject> {
    const { items, hasMore } = await this.history.ownLog(requireViewer(context).userId, page, pageSize);
    return Object.assign(new ChatPageObject(), { items: items.map((chat) => ChatObject.of(chat)), page, pageSize, hasMore });
  }

  @Query(() => ChatObject, {
    nullable: true,
    description: 'Public where the room is. A message by its id; null if there is none that the viewer can read.',
  })
  async chat(
    @Arg('id', () => ID, { description: 'Id of the message.' }) id: string,
    @Ctx() { viewer }: RequestContext,
  ): Promise<ChatObject | null> {
    const chat = await this.history.byId(id);
    return chat && (await this.access.readable(viewer, chat.room)) ? ChatObject.of(chat) : null;
  }

  @Query(() => RecentChatsObject, {
    description: 'Public where the room is. The newest messages of a room and the cursor just after them.',
  })
  @Cost({ work: PAGE_WORK })
  async recentChats(
    @Arg('room', () => ID, { defaultValue: 'main', description: 'Id of the room.' }) room: string,
    @Arg('first', () => Int, { defaultValue: 20, description: '1 to 100.' }) first: number,
    @Ctx() { viewer }: RequestContext,
  ): Promise<RecentChatsObject> {
    const { id } = await this.access.requireReader(viewer, room);
    const { chats, cursor } = await this.history.recent(id, first);
    return Object.assign(new RecentChatsObject(), { items: chats.map((chat) => ChatObject.of(chat)), cursor });
  }

  @Query(() => ChatConnectionObject, {
    description:
      'Public where the room is. History of a room as a Relay connection, newest first: forward pages go back in time. ' +
      'Without first and last the answer is the newest 20.',
  })
  @Cost({ work: PAGE_WORK })
  async chats(
    @Arg('room', () => ID, { defaultValue: 'main', description: 'Id of the room.' }) room: string,
    @Ctx() { viewer }: RequestContext,
    @Arg('first', () => Int, { nullable: true, description: 'Number of messages from the newest end, 1 to 100.' }) first?: number,
    @Arg('after', () => ChatCursorScalar, { nullable: true, description: 'Cursor; only messages older than it.' })
    after?: string,
    @Arg('last', () => Int, { nullable: true, description: 'Number of messages from the oldest end, 1 to 100.' }) last?: number,
    @Arg('before', () => ChatCursorScalar, { nullable: true, description: 'Cursor; only messages newer than it.' })
    before?: string,
  ): Promise<ChatConnectionObject> {
    const { id } = await this.access.requireReader(viewer, room);
    const { chats, hasNext, hasPrevious } = await this.history.chats(id, { first, after, last, before });
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
