import DataLoader from 'dataloader';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { EMPATHIES, NO_EMPATHIES, type EmpathyCounts } from '../../domain/empathy';
import type { RequestContext } from '../context';
import { Cost } from '../cost';
import { ChatObject } from '../types/chat-types';
import { EmpathyCountObject } from '../types/empathy-types';

/** Counts by message; messages without empathies are left out. */
export type ReadCounts = (chatIds: readonly string[]) => Promise<ReadonlyMap<string, EmpathyCounts>>;

type CountsLoader = DataLoader<string, EmpathyCounts>;

/** Fields of Chat that are read only if they are selected. */
@Resolver(() => ChatObject)
export class ChatFieldResolver {
  /** One loader for each request, so that the counts of all its messages are read together. */
  private readonly loaders = new WeakMap<RequestContext, CountsLoader>();

  constructor(private readonly readCounts: ReadCounts) {}

  /** Synchronous for payloads of subscriptions, which come with their counts. */
  @FieldResolver(() => [EmpathyCountObject], {
    description:
      'How many persons pressed each empathy, in the order of the enum. All zero on a hidden message, and while the store is ' +
      'unavailable. newChat always answers zeros; recentChats, chats, chat and chatChanged answer the current counts.',
  })
  @Cost({ length: EMPATHIES.length })
  empathies(@Root() chat: ChatObject, @Ctx() context: RequestContext): EmpathyCountObject[] | Promise<EmpathyCountObject[]> {
    const known = chat.hidden ? NO_EMPATHIES : chat.counts;
    if (known) return EmpathyCountObject.listOf(known);
    return this.loaderOf(context)
      .load(chat.id)
      .then((counts) => EmpathyCountObject.listOf(counts));
  }

  private loaderOf(context: RequestContext): CountsLoader {
    const known = this.loaders.get(context);
    if (known) return known;
    const loader: CountsLoader = new DataLoader(async (ids) => {
      const counts = await this.readCounts(ids);
      return ids.map((id) => counts.get(id) ?? NO_EMPATHIES);
    });
    this.loaders.set(context, loader);
    return loader;
  }
}
